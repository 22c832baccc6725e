// The API as the web app calls it. Answers that are no success are thrown as `ApiProblem`.
import { BASE_PATH } from "../lib/base-path.ts";
import { Api, HttpClient } from "./generated.ts";
import { parseLossless } from "./lossless.ts";
import { ApiProblem, problemOf } from "./problem.ts";

/** Told when the server no longer knows who asks. */
const whenSignedOut = new Set<() => void>();

/** Calls `listener` each time that an answer says that nobody is signed in. @returns what takes it away again */
export function onSignedOut(listener: () => void): () => void {
  whenSignedOut.add(listener);
  return () => void whenSignedOut.delete(listener);
}

/** Told whether the server answers. */
const whenReachable = new Set<(isThere: boolean) => void>();

/** Calls `listener` with each answer, and with each that does not come. @returns what takes it away again */
export function onReachable(listener: (isThere: boolean) => void): () => void {
  whenReachable.add(listener);
  return () => void whenReachable.delete(listener);
}

function tellReachable(isThere: boolean): void {
  for (const listener of whenReachable) listener(isThere);
}

/** What a proxy says in the place of a service that is not there. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);

/**
 * Fetches what is no JSON: a file's text.
 * @throws ApiProblem, also where there was no answer; the abort's own error where it was aborted
 */
export async function fetchPlain(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (error) {
    if (init?.signal?.aborted === true) throw error;
    tellReachable(false);
    throw new ApiProblem({ status: 0, code: "offline", detail: "", errors: [] });
  }
  const isJson = response.headers.get("content-type")?.includes("json") === true;
  tellReachable(isJson || !AWAY.has(response.status));
  if (!response.ok) {
    const problem = await problemOf(response);
    if (problem.status === 401) for (const listener of whenSignedOut) listener();
    throw problem;
  }
  return response;
}

async function fetched(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  return new LosslessResponse(await fetchPlain(input, init));
}

/** Gives JSON in which no number has lost a digit. */
class LosslessResponse extends Response {
  readonly #text: Promise<string>;

  constructor(response: Response) {
    super(null, { status: response.status, headers: response.headers });
    this.#text = response.text();
  }

  override async json(): Promise<unknown> {
    const text = await this.#text;
    return text === "" ? null : parseLossless(text);
  }

  override clone(): this {
    return this;
  }
}

export const api = new Api(new HttpClient({ baseUrl: BASE_PATH, customFetch: fetched }));
