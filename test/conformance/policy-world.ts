// A world of records with policies, what each lets a principal see as plain JavaScript has it, and conditions at random.
import * as fc from "fast-check";
import type { Principal } from "../../src/plan/principal.ts";
import type { TestTable } from "./engine.ts";

interface Project {
  readonly id: number;
  readonly parent: number | null;
  readonly owner: string | null;
}
interface Sample {
  readonly id: number;
  readonly project: number | null;
  readonly owner: string | null;
  readonly status: string | null;
  readonly level: number | null;
  readonly visits: readonly { readonly by: string; readonly day: number }[];
}
interface Measure {
  readonly id: number;
  readonly sample: number | null;
  readonly by: string | null;
  readonly value: number | null;
  readonly open: boolean;
}
export interface World {
  readonly projects: readonly Project[];
  readonly samples: readonly Sample[];
  readonly measures: readonly Measure[];
}

export const PEOPLE = ["anna@x.org", "bob@x.org", "carl@x.org"];
const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n + 1);
/** Each person and nobody, spread without a pattern that a join could follow. */
const person = (n: number): string | null => PEOPLE[(n * 7 + Math.floor(n / 5)) % 4] ?? null;

export const WORLD: World = {
  projects: range(9).map((id) => ({ id, parent: id % 3 === 0 ? null : ((id * 5) % 9) + 1, owner: person(id) })),
  samples: range(50).map((id) => ({
    id,
    project: id % 8 === 0 ? null : ((id * 4) % 9) + 1,
    owner: person(id + 2),
    status: ["fresh", "frozen", null][(id * 5) % 3]!,
    level: id % 6 === 0 ? null : (id * 3) % 4,
    visits: range(id % 3).map((n) => ({ by: person(id + n) ?? "nobody", day: n })),
  })),
  measures: range(120).map((id) => ({
    id,
    sample: id % 11 === 0 ? null : ((id * 13) % 50) + 1,
    by: person(id + 1),
    value: id % 9 === 0 ? null : (id * 17) % 23,
    open: id % 3 === 0,
  })),
};

/** The policies of the object types, and what they mean. What a principal lacks never lets anything through. */
export interface Policies {
  readonly where: Readonly<Record<string, unknown>>;
  readonly namespace?: true;
  readonly project?: (one: Project, world: World, who: Principal) => boolean;
  readonly sample?: (one: Sample, world: World, who: Principal) => boolean;
  readonly measure?: (one: Measure, world: World, who: Principal) => boolean;
}

const is = (value: string | null | undefined, email: string | null): boolean => email !== null && value === email;
const projectOf = (one: Sample | undefined, { projects }: World): Project | undefined =>
  projects.find(({ id }) => id === one?.project);
const sampleOf = (one: Measure, { samples }: World): Sample | undefined => samples.find(({ id }) => id === one.sample);

export const POLICIES: readonly Policies[] = [
  {
    where: { samples: { owner: "$principal.email" } },
    sample: (one, _, { email }) => is(one.owner, email),
  },
  {
    where: { projects: { owner: "$principal.email" }, samples: { "project.owner": "$principal.email" } },
    project: (one, _, { email }) => is(one.owner, email),
    sample: (one, world, { email }) => is(projectOf(one, world)?.owner, email),
  },
  {
    where: {
      samples: { $or: [{ owner: "$principal.email" }, { "$principal.role": "owner" }] },
      measures: { "sample.owner": "$principal.email", open: true },
    },
    sample: (one, _, { email, role }) => is(one.owner, email) || role === "owner",
    measure: (one, world, { email }) => is(sampleOf(one, world)?.owner, email) && one.open,
  },
  {
    where: {
      projects: { "lists.samples": { $elemMatch: { owner: "$principal.email" } } },
      samples: { "metadata.level": { $in: "$principal.attributes.level" } },
      measures: { $nor: [{ by: "$principal.email" }, { value: 3 }] },
    },
    project: (one, { samples }, { email }) =>
      samples.some((other) => other.project === one.id && is(other.owner, email)),
    sample: (one, _, { attributes: { level } }) =>
      one.level !== null && level !== undefined && [level].flat().includes(one.level),
    // SQL's meaning: what is not known to be another's is not let through by a negation.
    measure: (one, _, { email }) =>
      email !== null && one.by !== null && one.by !== email && one.value !== null && one.value !== 3,
  },
  {
    where: {
      projects: { "parent.owner": { $ne: "$principal.email" } },
      samples: { "lists.measures": { $elemMatch: { by: "$principal.email" } } },
      measures: { "sample.project.owner": "$principal.email" },
    },
    project: (one, { projects }, { email }) =>
      email !== null && projects.find(({ id }) => id === one.parent)?.owner !== email,
    sample: (one, { measures }, { email }) => measures.some((other) => other.sample === one.id && is(other.by, email)),
    measure: (one, world, { email }) => is(projectOf(sampleOf(one, world), world)?.owner, email),
  },
  {
    where: { samples: { "lists.visits": { $elemMatch: { by: "$principal.email", day: { $gte: 1 } } } } },
    namespace: true,
    sample: (one, _, { email, namespaces }) =>
      one.visits.some(({ by, day }) => is(by, email) && day >= 1) &&
      (namespaces === null || namespaces.includes(String(one.project))),
  },
];

export function seen({ project, sample, measure }: Policies, who: Principal): World {
  return {
    projects: WORLD.projects.filter((one) => project?.(one, WORLD, who) ?? true),
    samples: WORLD.samples.filter((one) => sample?.(one, WORLD, who) ?? true),
    measures: WORLD.measures.filter((one) => measure?.(one, WORLD, who) ?? true),
  };
}

export function tablesOf(world: World, suffix: string): TestTable[] {
  const text = (value: number | boolean | null): string | null => (value === null ? null : String(value));
  const integer = (name: string): { name: string; type: "integer" } => ({ name, type: "integer" });
  return [
    {
      name: `projects${suffix}`,
      columns: [integer("id"), integer("parent_id"), { name: "owner", type: "text" }],
      key: ["id"],
      rows: world.projects.map((one) => [text(one.id), text(one.parent), one.owner]),
    },
    {
      name: `samples${suffix}`,
      columns: [
        integer("id"),
        integer("project_id"),
        { name: "owner", type: "text" },
        { name: "status", type: "text" },
        { name: "metadata", type: "json" },
        { name: "visits", type: "json" },
      ],
      key: ["id"],
      rows: world.samples.map((one) => [
        text(one.id),
        text(one.project),
        one.owner,
        one.status,
        one.level === null ? null : JSON.stringify({ level: one.level }),
        JSON.stringify(one.visits),
      ]),
    },
    {
      name: `measures${suffix}`,
      columns: [
        integer("id"),
        integer("sample_id"),
        { name: "by", type: "text" },
        integer("value"),
        { name: "open", type: "boolean" },
      ],
      key: ["id"],
      rows: world.measures.map((one) => [text(one.id), text(one.sample), one.by, text(one.value), text(one.open)]),
    },
  ];
}

export function objectsOf(suffix: string, policies: Policies | null): Readonly<Record<string, unknown>> {
  const policy = (name: string): object => {
    const said = policies?.where[name];
    return said === undefined ? {} : { policy: said };
  };
  return {
    projects: {
      table: `projects${suffix}`,
      key: "id",
      references: { parent: { object: "projects", by: "parent_id" } },
      lists: { samples: { object: "samples", by: "project_id" }, parts: { object: "projects", by: "parent_id" } },
      ...policy("projects"),
    },
    samples: {
      table: `samples${suffix}`,
      key: "id",
      fields: { metadata: { keys: { level: "integer" } } },
      references: { project: { object: "projects", by: "project_id" } },
      lists: {
        measures: { object: "measures", by: "sample_id" },
        visits: { json: "visits", fields: { by: "text", day: "integer" } },
      },
      ...(policies?.namespace === true ? { namespace: "project_id" } : {}),
      ...policy("samples"),
    },
    measures: {
      table: `measures${suffix}`,
      key: "id",
      references: { sample: { object: "samples", by: "sample_id" } },
      ...policy("measures"),
    },
  };
}

/** What can be asked for, by object type. */
export const PATHS: Readonly<Record<string, readonly string[]>> = {
  projects: ["id", "owner", "parent_id", "parent.owner", "parent.parent.owner", "parent.id"],
  samples: ["id", "owner", "status", "project_id", "project.owner", "project.parent.owner", "metadata.level"],
  measures: ["id", "by", "value", "open", "sample.owner", "sample.metadata.level", "sample.project.parent.owner"],
};
export const REFERENCES: Readonly<Record<string, readonly string[]>> = {
  projects: ["parent"],
  samples: ["project", "project.parent"],
  measures: ["sample", "sample.project"],
};

const value = (path: string): fc.Arbitrary<unknown> => {
  if (path.endsWith("owner") || path.endsWith("by")) return fc.constantFrom(...PEOPLE, null);
  if (path === "status") return fc.constantFrom("fresh", "frozen", null);
  if (path === "open") return fc.constantFrom(true, false);
  return fc.integer({ min: 0, max: 20 });
};

const operator = (path: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    value(path),
    value(path).map((one) => ({ $ne: one })),
    fc.array(value(path), { minLength: 1, maxLength: 3 }).map((all) => ({ $in: all })),
    fc.array(value(path), { minLength: 1, maxLength: 3 }).map((all) => ({ $nin: all })),
    fc.boolean().map((one) => ({ $exists: one })),
    ...(/owner|by|status/.test(path) ? [fc.constant({ $contains: "b" }), fc.constant({ $regex: "^[ac]" })] : []),
  );

const LIST_OF: Readonly<Record<string, string>> = { samples: "samples", parts: "projects", measures: "measures" };
const BEHIND: Readonly<Record<string, readonly string[]>> = {
  projects: ["samples", "parts", "parent.samples", "parent.parts"],
  samples: ["measures", "project.samples", "project.parts"],
  measures: ["sample.measures", "sample.project.samples"],
};

export function where(object: string, depth: number): fc.Arbitrary<unknown> {
  const field = fc
    .constantFrom(...PATHS[object]!)
    .chain((path) => operator(path).map((condition) => ({ [path]: condition })));
  const reference = fc.constantFrom(...REFERENCES[object]!).chain((path) =>
    fc
      .oneof(
        fc.integer({ min: 1, max: 9 }),
        fc.boolean().map(($exists) => ({ $exists })),
      )
      .map((one) => ({ [path]: one })),
  );
  const list = fc.constantFrom(...BEHIND[object]!).chain((path) => {
    const of = LIST_OF[path.split(".").at(-1)!]!;
    const about = [
      fc.integer({ min: 0, max: 4 }).map(($size): unknown => ({ $size })),
      fc.boolean().map(($exists): unknown => ({ $exists })),
    ];
    if (depth > 0) about.push(where(of, depth - 1).map(($elemMatch) => ({ $elemMatch })));
    return fc.oneof(...about).map((one) => ({ [path]: one }));
  });
  const leaf = fc.oneof(field, field, reference, list);
  if (depth === 0) return leaf;
  const several = fc.array(where(object, depth - 1), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    leaf,
    leaf,
    several.map(($and) => ({ $and })),
    several.map(($or) => ({ $or })),
    several.map(($nor) => ({ $nor })),
    where(object, depth - 1).map(($not) => ({ $not })),
  );
}
