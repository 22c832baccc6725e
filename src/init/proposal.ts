// What init has to say about a table, before it is YAML.
import type { Field } from "../catalog/types.ts";
import { type FoundKey, type FoundKeys, keysIn } from "./json-keys.ts";
import { labelOf, tableLabel } from "./labels.ts";
import { filesOf, type FoundReference, referencesOf, type Sampled } from "./links.ts";
import { isSecret, personalData, type PersonalData } from "./personal-data.ts";
import { rolesOf } from "./roles.ts";
import type { ColumnSample, NoSample, TableSample } from "./sample.ts";
import { joinedBy, systemTable } from "./system-tables.ts";
import { canBeKey, flow, names, scalar } from "./yaml-lines.ts";

export interface FieldProposal {
  readonly name: string;
  readonly label: string;
  readonly optional: boolean;
  readonly hidden: boolean;
  /** Keys inside of its JSON. */
  readonly keys: readonly FoundKey[];
  readonly rareKeys: readonly string[];
  /** Codes with their labels; null for a field that is no state. */
  readonly labels: readonly (readonly [code: string, label: string])[] | null;
  readonly isJson: boolean;
  readonly personal: PersonalData | null;
  readonly remark: string | null;
}

export interface ListProposal {
  readonly name: string;
  /** The column and the keys to the array: `metadata.visits`. */
  readonly json: string;
  readonly column: string;
  readonly keys: readonly FoundKey[];
  readonly rareKeys: readonly string[];
}

/** A line that the author may make count by taking the `#` away, and what for. */
export interface Suggestion {
  readonly line: string;
  readonly why: string;
}

export interface ObjectProposal {
  readonly source: string;
  readonly table: string;
  /** Why it is not offered; null when it is. */
  readonly leftOut: string | null;
  /** Why there was no sample. */
  readonly problem: NoSample | null;
  readonly remarks: readonly string[];
  readonly label: string;
  readonly title: string | null;
  readonly created: string | null;
  readonly updated: string | null;
  readonly state: string | null;
  /** The namespace's object type, where there is a candidate. */
  readonly namespaceTable: string | null;
  readonly suggestions: readonly Suggestion[];
  readonly fields: readonly FieldProposal[];
  readonly references: readonly FoundReference[];
  readonly lists: readonly ListProposal[];
}

/** A table, with its sample or why there is none. */
export interface ReadTable extends Sampled {
  readonly problem: NoSample | null;
}

/**
 * What there is to say about the tables of one source.
 * @param nameOf what the configuration calls the object type of a table
 */
export function proposalsOf(
  source: string,
  tables: readonly ReadTable[],
  nameOf: (table: string) => string,
): readonly ObjectProposal[] {
  const reasons = new Map(tables.map((it) => [it.object.name, leftOut(it)]));
  const offered = tables.filter(({ object }) => reasons.get(object.name) === null);
  return tables.map((table) => {
    return new Proposer(source, table, offered, nameOf).propose(reasons.get(table.object.name) ?? null);
  });
}

function leftOut({ object, problem }: ReadTable): string | null {
  if (!canBeKey(object.name)) return "its name cannot be written here";
  const system = systemTable(object);
  if (system !== null) return system;
  if (problem?.kind === "refused") return `it cannot be read: ${problem.why}`;
  return problem?.kind === "slow" && object.kind === "view" ? `a view that is slow: ${problem.why}` : null;
}

/** From so many fields on a table is wide. */
const WIDE = 60;
/** Characters of a text, or of all of a JSON document, that make it large. */
const LARGE = 2000;

class Proposer {
  readonly #source: string;
  readonly #table: ReadTable;
  readonly #offered: readonly ReadTable[];
  readonly #nameOf: (table: string) => string;
  readonly #sample: TableSample | null;

  constructor(source: string, table: ReadTable, offered: readonly ReadTable[], nameOf: (table: string) => string) {
    this.#source = source;
    this.#table = table;
    this.#offered = offered;
    this.#nameOf = nameOf;
    this.#sample = table.sample;
  }

  propose(reason: string | null): ObjectProposal {
    const { object } = this.#table;
    const personal = personalData(object.name, object.fields, this.#sample?.columns ?? null);
    const roles = rolesOf(object, this.#sample, new Set(personal.keys()));
    const json = new Map(object.fields.flatMap((field) => this.#keysOf(field)));
    const lists = this.#lists(json);
    const fields = object.fields.filter(({ name }) => canBeKey(name));
    const references = referencesOf(this.#table, this.#offered).map((it) => ({
      ...it,
      object: this.#nameOf(it.object),
    }));
    const schema = "name" in object.table ? object.table.schema : undefined;
    const namespace = object.references.find(({ by }) => by.length === 1 && by[0]!.from === roles.namespace?.field);
    return {
      source: this.#source,
      table: object.name,
      leftOut: reason,
      problem: this.#table.problem,
      remarks: this.#remarks(),
      label: object.label ?? tableLabel(object.name, schema),
      title: roles.title,
      created: roles.created,
      updated: roles.updated,
      state: roles.state,
      namespaceTable: namespace?.object ?? null,
      suggestions: [
        ...candidate("namespace", roles.namespace),
        ...candidate("owner", roles.owner),
        ...(roles.range === null
          ? []
          : [{ line: `range: { field: ${scalar(roles.range.field)}, max: P1Y }`, why: roles.range.why }]),
        ...this.#files(),
      ],
      fields: fields.map((field) => this.#field(field, json.get(field.name), roles.state, personal.get(field.name))),
      references,
      lists,
    };
  }

  #remarks(): string[] {
    const { object, problem } = this.#table;
    const joined = joinedBy(object);
    const unwritable = object.fields.filter(({ name }) => !canBeKey(name)).length;
    return [
      ...(joined === null ? [] : [`Joins ${this.#both(joined)} (many to many).`]),
      ...(problem === null ? [] : [`Written without a sample: ${problem.why.replace(/\.$/, "")}.`]),
      ...(object.key.length > 0 || object.kind === "view"
        ? []
        : ["Without a key it cannot be frozen as a batch: add key: if some fields tell its records apart."]),
      ...(object.fields.length > WIDE
        ? [`${object.fields.length} fields: optional: true leaves one out until asked for.`]
        : []),
      ...(unwritable === 0 ? [] : [`Fields whose names cannot be written here: ${unwritable}.`]),
    ];
  }

  #both([one, other]: readonly [string, string]): string {
    const name = this.#nameOf(one);
    return one === other ? `records of ${name} with one another` : `${name} and ${this.#nameOf(other)}`;
  }

  #keysOf({ name, type }: Field): [string, FoundKeys][] {
    const column = this.#sample?.columns.get(name);
    return type !== "json" || column === undefined ? [] : [[name, keysIn(column.json)]];
  }

  /** Arrays of documents need a key by which their records are told apart. */
  #lists(json: ReadonlyMap<string, FoundKeys>): ListProposal[] {
    const { object } = this.#table;
    if (object.key.length === 0) return [];
    const taken = new Set([...object.fields, ...object.references, ...object.lists].map(({ name }) => name));
    return [...json].flatMap(([column, found]) =>
      found.lists.map(({ path, keys, rare }): ListProposal => {
        const last = path.split(".").at(-1)!;
        // A list of the column's own name takes its place.
        const name =
          path === "" ? column : free(taken, [last, `${column}_${last}`, `${column}_${path.replaceAll(".", "_")}`]);
        taken.add(name);
        return { name, json: path === "" ? column : `${column}.${path}`, column, keys, rareKeys: rare };
      }),
    );
  }

  #field(
    field: Field,
    found: FoundKeys | undefined,
    state: string | null,
    personal: PersonalData | undefined,
  ): FieldProposal {
    const { object } = this.#table;
    const column = this.#sample?.columns.get(field.name);
    const isHidden = isSecret(field);
    const isLarge = column !== undefined && column.filled > 0 && column.length / column.filled > LARGE;
    const isBytes = field.type === "binary" && !object.key.includes(field.name);
    const label = field.label ?? labelOf(field.name);
    const remark = isHidden
      ? "a secret"
      : isLarge
        ? "large"
        : found?.isDictionary === true
          ? "its keys are data"
          : null;
    return {
      name: field.name,
      label: label === "" ? field.name : label,
      optional: isBytes || (isLarge && (found?.keys.length ?? 0) === 0),
      hidden: isHidden,
      keys: found?.keys ?? [],
      rareKeys: found?.rare ?? [],
      labels: field.name === state ? codesOf(column) : null,
      isJson: field.type === "json",
      personal: isHidden ? null : (personal ?? null),
      remark: remark ?? this.#pointer(field),
    };
  }

  /** What a field points at, as the database says. */
  #pointer({ column }: Field): string | null {
    const reference = this.#table.object.references.find(({ by }) => by.length === 1 && by[0]!.from === column);
    return reference === undefined ? null : `→ ${this.#nameOf(reference.object)}`;
  }

  #files(): Suggestion[] {
    return this.#offered.flatMap(({ object }) => {
      const files = filesOf(object);
      if (files?.parent !== this.#table.object.name) return [];
      const name = names([this.#nameOf(object.name)]);
      const { by, where } = files;
      return [
        {
          line: `files: ${flow([[object.name, `{ object: ${name}, by: ${by}, ${where} }`]])}`,
          why: "if they are files of its records",
        },
      ];
    });
  }
}

function candidate(part: string, found: { field: string; why: string } | null): Suggestion[] {
  return found === null ? [] : [{ line: `${part}: ${scalar(found.field)}`, why: found.why }];
}

/** The codes by their text, numbers by their size; what a number stands for cannot be known. */
function codesOf(column: ColumnSample | undefined): (readonly [string, string])[] {
  const codes = [...(column?.values.keys() ?? [])].filter(canBeKey);
  const numeric = codes.every((it) => /^-?\d{1,15}$/.test(it));
  const sorted = numeric ? codes.toSorted((a, b) => Number(a) - Number(b)) : codes.toSorted();
  return sorted.map((code) => [code, numeric ? code : labelOf(/\p{Ll}/u.test(code) ? code : code.toLowerCase())]);
}

function free(taken: ReadonlySet<string>, wanted: readonly string[]): string {
  const name = wanted.find((it) => !taken.has(it));
  if (name !== undefined) return name;
  for (let n = 2; ; n++) if (!taken.has(`${wanted.at(-1)!}_${n}`)) return `${wanted.at(-1)!}_${n}`;
}
