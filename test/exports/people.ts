// People who order exports with tokens, and a worker that runs when a test says so.
import type { InjectOptions, LightMyRequestResponse } from "fastify";
import { expect } from "vitest";
import { inOrg } from "../../src/control/in-org.ts";
import { findExport } from "../../src/control/queries/exports.ts";
import { addMember, putMember, putRole } from "../../src/control/queries/members.ts";
import type { Namespace, NamespaceRole } from "../../src/control/tables.ts";
import type { ExportParts } from "../../src/exports/parts.ts";
import { startWorker } from "../../src/exports/worker.ts";
import type { App } from "../../src/http/app.ts";
import { createPerson } from "../../src/identity/people.ts";
import { createToken, type Scope, SCOPES } from "../../src/identity/tokens.ts";
import type { World } from "../setup/service.ts";

/** Somebody of an org, with a token. */
export interface Someone {
  readonly id: string;
  readonly email: string;
  /** @param path below the org, as `exports` */
  readonly ask: (
    method: NonNullable<InjectOptions["method"]>,
    path: string,
    more?: Pick<InjectOptions, "payload" | "query" | "headers"> & { readonly app?: App },
  ) => Promise<LightMyRequestResponse>;
  /** Orders an export. @returns its id */
  readonly order: (body?: object, headers?: Record<string, string>) => Promise<string>;
  readonly download: (id: string, app?: App) => Promise<LightMyRequestResponse>;
}

/** What the API says of an export, as far as tests ask. */
export interface Shown {
  readonly _id: string;
  readonly state: string;
  readonly position: number | null;
  readonly attempt: number;
  readonly fault: { readonly code: string; readonly detail: string } | null;
  readonly approval: { readonly state: string; readonly person: string | null; readonly note: string | null } | null;
  readonly dataFile: { readonly filename: string; readonly size: number; readonly sha256: string } | null;
  readonly progress: { readonly rows: number; readonly totalRows: number | null };
  readonly startsAt: string | null;
  readonly dueAt: string | null;
  readonly expiresAt: string | null;
  readonly principal: string | null;
  readonly resubmitOf: string | null;
  readonly owner: { readonly id: string } | null;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly timeline?: readonly { readonly event: string; readonly details: Readonly<Record<string, unknown>> }[];
  readonly sharedWith?: readonly { readonly person: string }[];
}

let count = 0;

/** @param role in `soil` and all below it, or as is said */
export async function someone(
  world: World,
  role: NamespaceRole | "admin" | null,
  { org = "lab", namespace = world.soil }: { readonly org?: "lab" | "twin"; readonly namespace?: Namespace } = {},
): Promise<Someone> {
  const at = world[org];
  const email = `someone${++count}@example.org`;
  const { id } = await createPerson(world.control, { email, name: `Some One ${count}`, password: null });
  if (role === "admin") await putMember(at, id, "admin");
  else await addMember(at, id);
  if (role !== null && role !== "admin") await putRole(at, namespace.id, id, role);
  return withToken(world, org, { id, email }, SCOPES);
}

/** The same person with a token of other scopes. */
export async function withToken(
  { app, control }: World,
  org: string,
  { id, email }: Pick<Someone, "id" | "email">,
  scopes: readonly Scope[],
): Promise<Someone> {
  const request = { person: id, name: "a token", scopes, addresses: [], expiresAt: null };
  const { token } = await createToken(inOrg(control.db, org), request);
  const ask: Someone["ask"] = (method, path, { app: other = app, headers, ...more } = {}) =>
    other.inject({
      method,
      url: `/${org}/v2/${path}`,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...more,
    });
  return {
    id,
    email,
    ask,
    async order(body = {}, headers = {}) {
      const payload = { objects: "samples", format: "csv", container: "none", ...body };
      const made = await ask("POST", "exports", { payload, headers });
      expect(made.statusCode, made.body).toBeOneOf([200, 201]);
      return made.json<Shown>()._id;
    },
    download: (its, other) => ask("GET", `exports/${its}/data`, other === undefined ? {} : { app: other }),
  };
}

/** What the API tells an administrator of an export. */
export async function shown(by: Someone, id: string): Promise<Shown> {
  const answer = await by.ask("GET", `exports/${id}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Shown>();
}

/** Runs all that waits, and comes back when nothing of it waits or runs any more. */
export async function runAll(
  world: World,
  ids: readonly string[],
  parts: ExportParts = world.exports.parts,
): Promise<void> {
  const worker = startWorker(parts, { slots: 2, lookEvery: 100 });
  try {
    await expect.poll(() => unfinished(world, ids), { timeout: 60_000, interval: 50 }).toEqual([]);
  } finally {
    await worker.close(0);
  }
}

async function unfinished({ lab, twin }: World, ids: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const id of ids) {
    const its = (await findExport(lab, id)) ?? (await findExport(twin, id));
    if (its?.state === "pending" || its?.state === "running") left.push(id);
  }
  return left;
}

/** Leaves nothing in the queue for others to wait for. */
export async function cancelAll(admin: Someone): Promise<void> {
  const { data } = (await admin.ask("GET", "exports", { query: { state: "pending", limit: "500" } })).json<{
    data: Shown[];
  }>();
  for (const { _id } of data) expect((await admin.ask("POST", `exports/${_id}/cancel`)).statusCode).toBe(200);
}

/** Code and status of a problem. */
export function problem(answer: LightMyRequestResponse): readonly [number, string, ...string[]] {
  const { code, errors = [] } = answer.json<{ code: string; errors?: { pointer: string }[] }>();
  return [answer.statusCode, code, ...errors.map(({ pointer }) => pointer)];
}
