// The table of what everybody may do: a row for each route of the OpenAPI document. A new route needs a row here.
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import { addMember } from "../../src/control/queries/members.ts";
import { createPerson } from "../../src/identity/people.ts";
import { fileLinks } from "../../src/http/file-link.ts";
import { type Asker, BASE_URL, type World } from "../setup/service.ts";

interface RouteRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Record<string, string>;
  readonly body?: object;
}

export interface RouteRow {
  /** By nobody, stranger, member, elsewhere, guest, analyst, maintainer, owner, admin. */
  readonly statuses: readonly number[];
  /** What is asked, about something in `soil`, or of the caller's own. Made anew for each. */
  readonly request?: (
    at: World & { readonly asker: Asker; readonly invite: () => Promise<string> },
  ) => RouteRequest | Promise<RouteRequest>;
}

const EVERYBODY = [200, 200, 200, 200, 200, 200, 200, 200, 200];
const SIGNED_IN = [401, 200, 200, 200, 200, 200, 200, 200, 200];
/** Below an org, strangers find nothing. */
const MEMBERS = [401, 404, 200, 200, 200, 200, 200, 200, 200];
const GUESTS = [401, 404, 403, 200, 200, 200, 200, 200, 200];
const ADMINS = [401, 404, 403, 403, 403, 403, 403, 403, 200];

/** What an analyst made in `soil`: theirs, and an administrator's. */
const OF_ANALYST = [401, 404, 403, 404, 403, 200, 404, 404, 200];

/** The same with other words for "yes". */
function as(status: number, statuses: readonly number[]): readonly number[] {
  return statuses.map((it) => (it === 200 ? status : it));
}

let count = 0;
const fresh = (): string => `n${++count}`;

async function aMember({ control, lab }: World): Promise<string> {
  const { id } = await createPerson(control, { email: `${fresh()}@example.org`, name: "Some Body", password: null });
  await addMember(lab, id);
  return id;
}

async function inSoil({ lab, soil }: World): Promise<{ id: string }> {
  const code = fresh();
  return addNamespace(lab, { parent: soil.id, code, name: code });
}

async function aBatch(world: World): Promise<RouteRequest> {
  const payload = { object: "samples", name: "Mine", namespace: world.soil.id, keys: ["2", "1"] };
  const made = await world.ask("analyst", { method: "POST", url: "/lab/v2/batches", payload });
  if (made.statusCode !== 201) throw new Error(made.body);
  return { params: { id: made.json<{ _id: string }>()._id } };
}

async function aPersistedQuery(world: World): Promise<RouteRequest> {
  const payload = { name: "Nightly", document: `{ ${fresh()}: __typename }` };
  const made = await world.ask("admin", { method: "POST", url: "/lab/v2/persisted-queries", payload });
  if (made.statusCode !== 201) throw new Error(made.body);
  return { params: { id: made.json<{ _id: string }>()._id } };
}

/** The same of an export, which others must not even know of. */
const ITS_OWNER = [401, 404, 403, 404, 404, 200, 404, 404, 200];

/** One that waits for a second person, where the org asks for one for `measures`; so nothing runs beside the tests. */
async function anExport(
  world: World,
  objects = "measures",
): Promise<RouteRequest & { readonly params: { id: string } }> {
  const payload = { objects, format: "csv", join: false };
  const made = await world.ask("analyst", { method: "POST", url: "/lab/v2/exports", payload });
  if (made.statusCode !== 201) throw new Error(made.body);
  return { params: { id: made.json<{ _id: string }>()._id } };
}

/** Whose events end at once. */
async function aCancelled(world: World): Promise<Awaited<ReturnType<typeof anExport>>> {
  const its = await anExport(world);
  const url = `/lab/v2/exports/${its.params.id}/cancel`;
  const answer = await world.ask("analyst", { method: "POST", url });
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return its;
}

const ready = new WeakMap<World["control"], ReturnType<typeof anExport>>();

/** One for all that only read. */
async function aReady(world: World): Promise<RouteRequest> {
  let its = ready.get(world.control);
  if (its === undefined) ready.set(world.control, (its = anExport(world, "samples")));
  const { params } = await its;
  for (;;) {
    const { state } = (await world.ask("analyst", { url: `/lab/v2/exports/${params.id}` })).json<{ state: string }>();
    if (state === "ready") return { params };
    if (state !== "pending" && state !== "running") throw new Error(state);
    await sleep(50);
  }
}

async function withGuest({ people }: World, { params }: RouteRequest): Promise<RouteRequest> {
  return { params: { ...params, person: people.guest } };
}

/** Analysts see what is in their namespaces, and those above them change it. */
const ANALYSTS = [401, 404, 403, 200, 403, 200, 200, 200, 200];
const IN_SOIL = [401, 404, 403, 404, 403, 200, 200, 200, 200];

function templateRows(kind: "dataset-template" | "export-template"): Readonly<Record<string, RouteRow>> {
  const path = `/{org}/v2/${kind}s`;
  const template = (): object => {
    const columns = [{ field: "id" }, { field: "name", name: "Called" }];
    const dataset = { kind: "dataset-template", name: fresh(), object: "samples", format: "csv", columns };
    return kind === "dataset-template" ? dataset : { kind, name: fresh(), datasets: [dataset] };
  };
  const aTemplate = async (world: World): Promise<RouteRequest> => {
    const url = `/lab/v2/${kind}s?namespace=${world.soil.id}`;
    const made = await world.ask("analyst", { method: "POST", url, payload: template() });
    if (made.statusCode !== 201) throw new Error(made.body);
    return { params: { id: made.json<{ _id: string }>()._id } };
  };
  return {
    [`GET ${path}`]: { statuses: ANALYSTS },
    [`POST ${path}`]: {
      statuses: as(201, IN_SOIL),
      request: ({ soil }) => ({ query: { namespace: soil.id }, body: template() }),
    },
    [`POST ${path}/preview`]: { statuses: ANALYSTS, request: () => ({ body: template() }) },
    [`POST ${path}/check`]: { statuses: ANALYSTS, request: () => ({ body: template() }) },
    [`POST ${path}/import`]: {
      statuses: IN_SOIL,
      request: ({ soil }) => ({
        query: { namespace: soil.id },
        body: {
          files: [
            { name: "a.json", content: template() },
            { name: "b.json", content: "{" },
          ],
        },
      }),
    },
    [`GET ${path}/{id}`]: { statuses: IN_SOIL, request: aTemplate },
    [`PUT ${path}/{id}`]: {
      statuses: IN_SOIL,
      request: async (world) => ({ ...(await aTemplate(world)), query: { revision: "1" }, body: template() }),
    },
    [`DELETE ${path}/{id}`]: { statuses: as(204, IN_SOIL), request: aTemplate },
    [`GET ${path}/{id}/versions`]: { statuses: IN_SOIL, request: aTemplate },
    [`POST ${path}/{id}/duplicate`]: {
      statuses: as(201, IN_SOIL),
      request: async (world) => ({ ...(await aTemplate(world)), body: {} }),
    },
    [`GET ${path}/{id}/export`]: { statuses: IN_SOIL, request: aTemplate },
    [`POST ${path}/{id}/preview`]: { statuses: IN_SOIL, request: aTemplate },
    [`GET ${path}/{id}/shares`]: { statuses: IN_SOIL, request: aTemplate },
    // With `north`, which is below.
    [`PUT ${path}/{id}/shares/{namespace}`]: {
      statuses: as(204, IN_SOIL),
      request: async (world) => withNorth(world, await aTemplate(world)),
    },
    [`DELETE ${path}/{id}/shares/{namespace}`]: {
      statuses: as(204, IN_SOIL),
      request: async (world) => withNorth(world, await aTemplate(world)),
    },
  };
}

function withNorth({ north }: World, { params }: RouteRequest): RouteRequest {
  return { params: { ...params, namespace: north.id } };
}

/** More lines below each org of a world, for what the rows ask. */
export const MORE = "    approval: { objects: [measures] }\n";

export const ROUTES: Readonly<Record<string, RouteRow>> = {
  "GET /health/live": { statuses: EVERYBODY },
  "GET /health/ready": { statuses: EVERYBODY },
  "GET /api/service": { statuses: EVERYBODY },
  "GET /api/session": { statuses: SIGNED_IN },
  "PATCH /api/session": { statuses: as(204, SIGNED_IN), request: () => ({ body: { theme: "dark" } }) },
  // With a link that is none.
  "POST /api/setup": {
    statuses: as(410, EVERYBODY),
    request: () => ({ body: { token: "none", email: "x@y.org", name: "X", password: "four words by chance" } }),
  },
  "POST /api/invitations/lookup": {
    statuses: as(410, EVERYBODY),
    request: () => ({ body: { org: "lab", token: "none" } }),
  },
  "POST /api/invitations/accept": {
    statuses: as(410, SIGNED_IN),
    request: () => ({ body: { org: "lab", token: "none" } }),
  },

  "GET /{org}/v2/": { statuses: MEMBERS },

  "GET /{org}/v2/namespaces": { statuses: GUESTS },
  "POST /{org}/v2/namespaces": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 201, 201],
    request: ({ soil }) => ({ body: { parent: soil.id, code: fresh(), name: "New" } }),
  },
  "GET /{org}/v2/namespaces/{id}": {
    statuses: [401, 404, 403, 404, 200, 200, 200, 200, 200],
    request: ({ soil }) => ({ params: { id: soil.id } }),
  },
  "PATCH /{org}/v2/namespaces/{id}": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 200, 200],
    request: ({ soil }) => ({ params: { id: soil.id }, body: { name: "Soils" } }),
  },
  "DELETE /{org}/v2/namespaces/{id}": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 204, 204],
    request: async (world) => ({ params: { id: (await inSoil(world)).id } }),
  },
  "GET /{org}/v2/namespaces/{id}/members": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 200, 200],
    request: ({ soil }) => ({ params: { id: soil.id } }),
  },
  "PUT /{org}/v2/namespaces/{id}/members/{person}": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 204, 204],
    request: async (world) => ({
      params: { id: world.soil.id, person: await aMember(world) },
      body: { role: "guest" },
    }),
  },
  "DELETE /{org}/v2/namespaces/{id}/members/{person}": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 204, 204],
    request: async (world) => ({ params: { id: world.soil.id, person: await aMember(world) } }),
  },

  "GET /{org}/v2/members": { statuses: [401, 404, 403, 200, 403, 403, 403, 200, 200] },
  "GET /{org}/v2/members/{id}": {
    statuses: [401, 404, 403, 200, 403, 403, 403, 200, 200],
    request: ({ people }) => ({ params: { id: people.analyst } }),
  },
  "PATCH /{org}/v2/members/{id}": {
    statuses: as(204, ADMINS),
    request: async (world) => ({ params: { id: await aMember(world) }, body: { role: null } }),
  },
  "DELETE /{org}/v2/members/{id}": {
    statuses: as(204, ADMINS),
    request: async (world) => ({ params: { id: await aMember(world) } }),
  },
  "GET /{org}/v2/invitations": { statuses: [401, 404, 403, 200, 403, 403, 403, 200, 200] },
  "POST /{org}/v2/invitations": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 201, 201],
    request: ({ soil }) => ({ body: { email: "new@example.org", role: "analyst", namespace: soil.id } }),
  },
  "DELETE /{org}/v2/invitations/{id}": {
    statuses: [401, 404, 403, 404, 403, 403, 403, 204, 204],
    request: async ({ invite }) => ({ params: { id: await invite() } }),
  },

  "GET /{org}/v2/tokens": { statuses: MEMBERS },
  "POST /{org}/v2/tokens": {
    statuses: as(201, MEMBERS),
    request: () => ({ body: { name: "mine", scopes: ["read"] } }),
  },
  // Somebody else's: only an administrator may end it.
  "DELETE /{org}/v2/tokens/{id}": {
    statuses: [401, 404, 404, 404, 404, 404, 404, 404, 204],
    request: async (world) => {
      await world.token("guest");
      const { data } = (await world.ask("guest", { url: "/lab/v2/tokens" })).json<{
        data: { _id: string; revoked: string | null }[];
      }>();
      const its = world.asker === "guest" ? randomUUID() : data.find(({ revoked }) => revoked === null)!._id;
      return { params: { id: its } };
    },
  },

  "GET /{org}/v2/persisted-queries": { statuses: ADMINS },
  "POST /{org}/v2/persisted-queries": {
    statuses: as(201, ADMINS),
    request: () => ({ body: { name: "Nightly", document: `{ ${fresh()}: __typename }` } }),
  },
  "GET /{org}/v2/persisted-queries/{id}": { statuses: ADMINS, request: aPersistedQuery },
  "DELETE /{org}/v2/persisted-queries/{id}": { statuses: as(204, ADMINS), request: aPersistedQuery },

  "GET /{org}/v2/views": { statuses: GUESTS, request: () => ({ query: { objects: "samples" } }) },
  "PUT /{org}/v2/views": {
    statuses: GUESTS,
    request: () => ({ body: { objects: "samples", name: "Mine", view: { order: ["-name"] } } }),
  },
  "DELETE /{org}/v2/views/{id}": {
    statuses: [401, 404, 403, 404, 204, 404, 404, 404, 404],
    request: async ({ ask }) => {
      const made = await ask("guest", {
        method: "PUT",
        url: "/lab/v2/views",
        payload: { objects: "samples", name: fresh(), view: {} },
      });
      return { params: { id: made.json<{ _id: string }>()._id } };
    },
  },

  "GET /{org}/v2/objects": { statuses: GUESTS },
  "GET /{org}/v2/objects/{name}": { statuses: GUESTS, request: () => ({ params: { name: "samples" } }) },
  "GET /{org}/v2/objects/{name}/records": {
    statuses: GUESTS,
    request: () => ({ params: { name: "samples" }, query: { where: '{"type":"soil"}', order: "-name", limit: "2" } }),
  },
  "POST /{org}/v2/objects/{name}/records/query": {
    statuses: GUESTS,
    request: () => ({ params: { name: "samples" }, body: { where: { type: "soil" }, include: ["lists.measures"] } }),
  },
  "GET /{org}/v2/objects/{name}/count": {
    statuses: GUESTS,
    request: () => ({ params: { name: "samples" }, query: { search: "a" } }),
  },
  "POST /{org}/v2/objects/{name}/count": {
    statuses: GUESTS,
    request: () => ({ params: { name: "samples" }, body: { where: {} } }),
  },
  "POST /{org}/v2/objects/{name}/lookup": {
    statuses: GUESTS,
    request: () => ({ params: { name: "samples" }, body: { values: ["1", 5, "x"] } }),
  },
  // A record of `soil`.
  "GET /{org}/v2/objects/{name}/records/{key}": {
    statuses: [401, 404, 403, 404, 200, 200, 200, 200, 200],
    request: () => ({ params: { name: "samples", key: "1" } }),
  },
  "GET /{org}/v2/objects/{name}/records/{key}/lists/{list}": {
    statuses: [401, 404, 403, 404, 200, 200, 200, 200, 200],
    request: () => ({ params: { name: "samples", key: "1", list: "measures" } }),
  },
  "GET /{org}/v2/objects/{name}/records/{key}/files/{files}/{file}": {
    statuses: [401, 404, 403, 404, 200, 200, 200, 200, 200],
    request: () => ({ params: { name: "samples", key: "1", files: "papers", file: "1" } }),
  },

  // By a link that the guest was given.
  "GET /{org}/v2/attached-file": {
    statuses: EVERYBODY,
    request: async (world) => {
      const access = (await world.exports.desk.accessOf("lab", world.people.guest))!;
      const file = { object: "samples", key: "1", files: "papers", file: "1" };
      const link = fileLinks(world, { baseUrl: BASE_URL })({ access }, file);
      return { query: Object.fromEntries(new URL(link).searchParams) };
    },
  },

  "GET /{org}/v2/realms": { statuses: GUESTS },

  "POST /{org}/v2/batches": {
    statuses: [401, 404, 403, 404, 403, 201, 201, 201, 201],
    request: ({ soil }) => ({ body: { object: "samples", name: "All", namespace: soil.id, where: { type: "soil" } } }),
  },
  "GET /{org}/v2/batches": { statuses: [401, 404, 403, 200, 403, 200, 200, 200, 200] },
  "GET /{org}/v2/batches/{id}": { statuses: OF_ANALYST, request: aBatch },
  "DELETE /{org}/v2/batches/{id}": { statuses: as(204, OF_ANALYST), request: aBatch },
  "GET /{org}/v2/batches/{id}/records": { statuses: OF_ANALYST, request: aBatch },
  "GET /{org}/v2/batches/{id}/check": { statuses: OF_ANALYST, request: aBatch },

  // Before others are ordered that would run first.
  "GET /{org}/v2/exports/{id}/data": { statuses: ITS_OWNER, request: aReady },
  "GET /{org}/v2/exports/{id}/preview": { statuses: ITS_OWNER, request: aReady },
  "GET /{org}/v2/exports/{id}/events": { statuses: ITS_OWNER, request: aCancelled },
  "GET /{org}/v2/exports": { statuses: GUESTS, request: ({ soil }) => ({ query: { namespace: soil.id } }) },
  "GET /{org}/v2/exports/{id}": { statuses: ITS_OWNER, request: aReady },
  "POST /{org}/v2/exports/estimate": {
    statuses: IN_SOIL,
    request: ({ soil }) => ({ body: { objects: "samples", format: "csv", namespace: soil.id } }),
  },
  "POST /{org}/v2/exports": {
    statuses: as(201, IN_SOIL),
    request: ({ soil }) => ({ body: { objects: "samples", format: "csv", namespace: soil.id, join: false } }),
  },
  "DELETE /{org}/v2/exports": {
    statuses: ITS_OWNER,
    request: async (world) => ({ query: { ids: (await anExport(world)).params.id } }),
  },
  "DELETE /{org}/v2/exports/{id}": { statuses: as(204, ITS_OWNER), request: (world) => anExport(world) },
  "POST /{org}/v2/exports/{id}/cancel": { statuses: ITS_OWNER, request: (world) => anExport(world) },
  "POST /{org}/v2/exports/{id}/resubmit": { statuses: as(201, ITS_OWNER), request: aCancelled },
  "PUT /{org}/v2/exports/{id}/shares/{person}": {
    statuses: as(204, ITS_OWNER),
    request: async (world) => withGuest(world, await aReady(world)),
  },
  "DELETE /{org}/v2/exports/{id}/shares/{person}": {
    statuses: as(204, ITS_OWNER),
    request: async (world) => withGuest(world, await anExport(world)),
  },
  "POST /{org}/v2/exports/{id}/approval": {
    statuses: ADMINS,
    request: async (world) => ({ ...(await anExport(world)), body: { approve: true } }),
  },

  ...templateRows("dataset-template"),
  ...templateRows("export-template"),

  "GET /{org}/v2/usage": { statuses: ADMINS },
  "GET /{org}/v2/audit": { statuses: ADMINS },
  "GET /{org}/v2/settings": { statuses: ADMINS },
};
