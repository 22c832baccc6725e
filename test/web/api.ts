// The API with the session of one of the demo's people: to sign in once, and to make what pages then show.
import { setTimeout as sleep } from "node:timers/promises";

export const PASSWORD = "four words by chance";

/** Who there is (demo/serve.ts): two administrators, of whom Zoé reads French, an analyst, a maintainer who reads French, a guest. */
export const PEOPLE = ["ada", "zoe", "ann", "max", "gus"] as const;
export type Person = (typeof PEOPLE)[number];

export function addressOf(person: Person): string {
  return `${person}@example.org`;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
}

/** Signs in as the page does. */
export async function signedIn(url: string, person: Person): Promise<Cookie[]> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: new URL(url).origin },
    body: JSON.stringify({ email: addressOf(person), password: PASSWORD }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers.getSetCookie().map((it) => {
    const [pair] = it.split(";", 1);
    const at = pair!.indexOf("=");
    return { name: pair!.slice(0, at), value: pair!.slice(at + 1) };
  });
}

/** What an answer holds, as far as tests look at it. */
// oxlint-disable-next-line typescript/no-explicit-any -- Tests know what they asked for.
export type Answered = any;

export type Ask = (method: string, path: string, body?: object) => Promise<Answered>;

/** Calls below an org, which must be answered with success. */
export function asking(url: string, cookies: readonly Cookie[], org: string): Ask {
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  return async (method, path, body) => {
    const answer = await fetch(`${url}/${org}/v2/${path}`, {
      method,
      headers: {
        cookie,
        origin: new URL(url).origin,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${org}/${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
}

/** Waits until an export is over. @returns its state */
export async function over(ask: Ask, id: string): Promise<string> {
  for (let times = 0; times < 600; times++) {
    const { state } = await ask("GET", `exports/${id}`);
    if (state !== "pending" && state !== "running") return state;
    await sleep(50);
  }
  throw new Error("the export took too long");
}
