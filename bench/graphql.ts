// `npm run bench:graphql`: what GraphQL costs besides reading. Hostile documents are refused within 50 ms, and a catalog of 300 object types
// with 300 fields each has its schema and its description.
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { getIntrospectionQuery } from "graphql";
import type { Catalog, Field, ObjectType } from "../src/catalog/types.ts";
import { type Answer, answer } from "../src/http/graphql/answer.ts";
import { schemaFor } from "../src/http/graphql/schema.ts";
import type { OpenOrg } from "../src/orgs/open-org.ts";
import { type OrgCall, sightOf } from "../src/service/org-call.ts";
import { HOSTILE } from "../test/graphql/hostile.ts";
import { callBy } from "../test/setup/org-call.ts";

/** Milliseconds. */
const AT_MOST = 50;
const TIMES = 5;

/** Object types that each point at the next one; the first ones are called as hostile documents call them. */
function catalogOf(types: number, fields: number): Catalog {
  const names = Array.from({ length: types }, (_, n) => ["samples", "projects", "measures"][n] ?? `type_${n}`);
  const fieldAt = (_: unknown, m: number): Field => {
    const name = ["id", "parent", "name"][m] ?? `field_${m}`;
    return { name, column: name, type: "text", native: "text", nullable: true, label: `Field ${m}` };
  };
  const objects = names.map((name, n): ObjectType => {
    const [next, former] = [names[(n + 1) % types]!, names[(n + types - 1) % types]!];
    return {
      name,
      table: { name },
      kind: "table",
      key: ["id"],
      fields: Array.from({ length: fields }, fieldAt),
      references: [{ name: "project", object: next, by: [{ from: "parent", to: "id" }], enforced: true }],
      lists: [{ name: "measures", object: former, by: [{ from: "id", to: "parent" }], enforced: true }],
    };
  });
  return { objects: new Map(objects.map((it) => [it.name, it])) };
}

function callOn(catalog: Catalog): OrgCall {
  return callBy(
    { code: "lab", catalogIn: () => catalog, config: { sources: new Map() } } as unknown as OpenOrg,
    "admin",
  );
}

async function timed<T>(run: () => Promise<T> | T): Promise<{ readonly result: T; readonly took: number }> {
  const began = performance.now();
  const result = await run();
  return { result, took: performance.now() - began };
}

function ask(call: OrgCall, query: string): Promise<Answer> {
  const how = { baseUrl: "", fileLink: () => "", timeLimit: 30_000, requestId: "bench", onDefect: console.error };
  return answer(call, { query }, how);
}

/** Runs something, and says how long nothing else could run. */
async function watched<T>(name: string, run: () => Promise<T>, say: (result: T) => string): Promise<T> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  await setTimeout(20);
  delays.reset();
  const { result, took } = await timed(run);
  await setTimeout(5);
  delays.disable();
  console.log(
    `  ${name}: ${took.toFixed(1)} ms (${say(result)}); at most ${(delays.max / 1e6).toFixed(0)} ms without a turn for others`,
  );
  return result;
}

const problems: string[] = [];
const call = callOn(catalogOf(30, 60));
const sight = await sightOf(call);
await schemaFor(sight);
await ask(call, "{__typename}");
let slowest = { name: "", took: 0 };
for (const [name, text] of Object.entries(HOSTILE)) {
  const all: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const { result, took } = await timed(() => ask(call, `${text} #${n}`));
    all.push(took);
    if (result.errors.length === 0) problems.push(`${name} was answered`);
    if (result.errors.some(({ isDefect }) => isDefect)) problems.push(`${name} was a defect`);
  }
  const took = all.toSorted((a, b) => a - b)[TIMES >> 1]!;
  if (process.argv.includes("--all")) console.log(`${took.toFixed(1).padStart(7)} ms  ${name}`);
  if (took > slowest.took) slowest = { name, took };
  if (took > AT_MOST) problems.push(`${name} took ${took.toFixed(0)} ms`);
}
console.log(
  `${Object.keys(HOSTILE).length} hostile documents: the slowest was refused in ${slowest.took.toFixed(1)} ms (${slowest.name})`,
);

const large = callOn(catalogOf(300, 300));
const seen = await sightOf(large);
console.log("300 object types with 300 fields:");
const { text } = await watched(
  "the schema",
  () => schemaFor(seen),
  (it) => `${Object.keys(it.schema.getTypeMap()).length} types`,
);
await watched("its text", text, (it) => `${(it.length / 1e6).toFixed(1)} MB`);
const said = ({ body, errors }: Answer): string => {
  if (errors.length > 0) problems.push(`introspection was refused: ${String(body).slice(0, 300)}`);
  return `${(body.length / 1e6).toFixed(1)} MB`;
};
await watched("introspection", () => ask(large, getIntrospectionQuery()), said);
await watched("the same again", () => ask(large, getIntrospectionQuery()), said);
for (const problem of problems) console.error(`- ${problem}`);
if (problems.length > 0) process.exitCode = 1;
