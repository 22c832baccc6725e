// Every route of the OpenAPI document as everybody: in their own org, in another one, and in a namespace that is not theirs.
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { InjectOptions } from "fastify";
import { beforeAll, describe, expect, test } from "vitest";
import { invite } from "../../src/identity/people.ts";
import { KINDS } from "../setup/control.ts";
import { ASKERS, type Asker, aWorld, type World } from "../setup/service.ts";
import { MORE, ROUTES, type RouteRow } from "./routes.ts";

type Method = NonNullable<InjectOptions["method"]>;

interface Operation {
  readonly "x-waybill-action": string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

describe.each(KINDS)("%s", (kind) => {
  let world: World;
  let operations: ReadonlyMap<string, Operation>;
  let ajv: Ajv2020;

  beforeAll(async () => {
    world = await aWorld(kind, { slots: 1, more: MORE });
    await world.app.ready();
    const document = world.app.swagger() as unknown as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
      readonly components: { readonly schemas: object };
    };
    ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "api", components: document.components });
    operations = new Map(
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const),
      ),
    );
  });

  test("each route of the document has a row, and each row a route", () => {
    expect(Object.keys(ROUTES).toSorted()).toEqual([...operations.keys()].toSorted());
    for (const [name, operation] of operations) expect(operation["x-waybill-action"], name).toMatch(/^[a-z]+\.\w+$/);
  });

  test.each(Object.entries(ROUTES))("%s", async (name, row) => {
    const [method, path] = name.split(" ") as [Method, string];
    const statuses: Record<string, number> = {};
    for (const asker of ASKERS) {
      const request = await made(row, asker);
      const url = path.replaceAll(/\{(\w+)\}/g, (_, param: string) =>
        encodeURIComponent(param === "org" ? "lab" : String(request.params?.[param])),
      );
      const answer = await world.ask(asker, {
        method,
        url,
        query: request.query ?? {},
        ...(request.body === undefined ? {} : { payload: request.body }),
      });
      statuses[asker] = answer.statusCode;
      expectAsDescribed(name, answer);
      // In an org of others, and in one that is not there, everybody is told the same.
      // What is for nobody in particular says itself whose it is.
      if (path.includes("{org}") && row.statuses[0] === 401) await expectNothing(asker, method, url, request);
    }
    expect(statuses).toEqual(Object.fromEntries(ASKERS.map((asker, n) => [asker, row.statuses[n]])));
  });

  async function made(row: RouteRow, asker: Asker) {
    return row.request === undefined ? {} : row.request({ ...world, asker, invite: () => anInvitation(world) });
  }

  async function expectNothing(
    asker: Asker,
    method: Method,
    url: string,
    request: { readonly query?: Record<string, string>; readonly body?: object },
  ): Promise<void> {
    const org = asker === "stranger" ? "lab" : "twin";
    const answers = [];
    for (const code of [org, "nowhere"]) {
      const answer = await world.ask(asker, {
        method,
        url: url.replace(/^\/lab\//, `/${code}/`),
        query: request.query ?? {},
        ...(request.body === undefined ? {} : { payload: request.body }),
      });
      const { requestId: _, ...problem } = answer.json<{ requestId: string; code: string }>();
      answers.push([answer.statusCode, problem]);
    }
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]![0]).toBe(asker === "nobody" ? 401 : 404);
  }

  /** Whatever is answered is what the document says. */
  function expectAsDescribed(name: string, answer: Awaited<ReturnType<World["ask"]>>): void {
    const { responses } = operations.get(name)!;
    const status = answer.statusCode;
    const response = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
    expect(response, `${name} answers ${status}: ${answer.body.slice(0, 200)}`).toBeDefined();
    if (status === 204) return expect(answer.body).toBe("");
    const type = String(answer.headers["content-type"]).split(";", 1)[0]!;
    if (status === 200 && response!.content?.["*/*"] !== undefined) {
      expect(answer.rawPayload.length).toBe(Number(answer.headers["content-length"]));
      return;
    }
    const schema = response!.content?.[type]?.schema;
    expect(schema, `${name} answers ${status} with ${type}`).toBeDefined();
    const validate: ValidateFunction = ajv.compile(inDocument(schema!));
    const value: unknown = type === "text/event-stream" ? answer.body : answer.json();
    expect(validate(value), `${name}: ${ajv.errorsText(validate.errors)} in ${answer.body.slice(0, 300)}`).toBe(true);
  }
});

/** References of the document as those to the schema that ajv knows it by. */
function inDocument(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as object;
}

async function anInvitation({ lab, soil }: World): Promise<string> {
  const request = { email: "new@example.org", role: "guest", namespace: soil.id, invitedBy: null } as const;
  return (await invite(lab, request)).kept.id;
}
