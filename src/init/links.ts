// References that a database does not enforce, and attached files: what names suggest and samples bear out.
import type { Field, ObjectType } from "../catalog/types.ts";
import type { TableSample } from "./sample.ts";
import { plainName } from "./words.ts";
import { names } from "./yaml-lines.ts";

/** A field that seems to point at another object type. */
export interface FoundReference {
  readonly name: string;
  readonly object: string;
  readonly by: string;
  /** Whether every value of the sample is there, among all records of the other one. */
  readonly isSure: boolean;
}

/** A table with the sample of it, if there is one. */
export interface Sampled {
  readonly object: ObjectType;
  readonly sample: TableSample | null;
}

/** The references of one table of a source to the others that no foreign key tells of. */
export function referencesOf({ object, sample }: Sampled, others: readonly Sampled[]): readonly FoundReference[] {
  const told = new Set(object.references.flatMap(({ by }) => by.map(({ from }) => from)));
  const taken = new Set([...object.fields, ...object.references].map(({ name }) => name));
  return object.fields.flatMap((field): FoundReference[] => {
    if (told.has(field.column) || (object.key.length === 1 && object.key[0] === field.name)) return [];
    const stem = /^(.+?)(?:_(?:id|uuid|uid|fk|no|key|ref|code)|Id|ID|Uuid|Key)$/.exec(field.name)?.[1];
    if (stem === undefined || taken.has(stem)) return [];
    const target = others.find((it) => isNamed(it.object, plainName(stem)) && comparable(field, keyOf(it.object)));
    if (target === undefined || target.object.name === object.name) return [];
    const found = overlap(field, sample, target);
    if (found === "none") return [];
    taken.add(stem);
    return [{ name: stem, object: target.object.name, by: field.name, isSure: found === "all" }];
  });
}

function isNamed({ name, table }: ObjectType, stem: string): boolean {
  const plain = plainName("name" in table ? table.name : name);
  return [stem, `${stem}s`, `${stem}es`, stem.replace(/y$/, "ies"), `${stem}_list`].includes(plain);
}

function keyOf({ fields, key }: ObjectType): Field | undefined {
  return key.length === 1 ? fields.find(({ name }) => name === key[0]) : undefined;
}

function comparable(field: Field, key: Field | undefined): boolean {
  if (key === undefined) return false;
  const isNumber = ({ type }: Field): boolean => type === "integer" || type === "decimal";
  return field.type === key.type || (isNumber(field) && isNumber(key));
}

/** How many of the values that point are in the other sample. */
function overlap(field: Field, sample: TableSample | null, target: Sampled): "all" | "some" | "none" | "unknown" {
  const values = [...(sample?.columns.get(field.name)?.values.keys() ?? [])];
  const keys = target.sample?.columns.get(keyOf(target.object)!.name)?.values;
  if (values.length === 0 || keys === undefined) return "unknown";
  const found = values.filter((it) => keys.has(it)).length;
  if (target.sample!.isWhole) return found === values.length ? "all" : found > 0 ? "some" : "none";
  return found > 0 ? "some" : "unknown";
}

const PATH =
  /^(?:(?:stored|storage|file|relative|full|object|s3|blob)_?(?:path|key|name)|path|filepath|location|storage_key|uri)$/;
const BYTES = /^(?:content|contents|data|bytes|blob|file|file_data|body|payload|image|document)$/;
const NAME = /^(?:file_?name|original_?(?:file_?)?name|name|title|stored_file_?name)$/;
const ABOUT =
  /^(?:content_type|mime|mime_?type|media_type|(?:byte_?|file_?)size|size|bytes|checksum|sha\d*|md5|etag|file_?name|original_filename)$/;

/** What makes the records of a table the files of those that they point at, as YAML. */
export interface FoundFiles {
  readonly parent: string;
  readonly by: string;
  readonly where: string;
}

/** Null where the records of a table are no files. */
export function filesOf(object: ObjectType): FoundFiles | null {
  const plain = new Map(object.fields.map((field) => [plainName(field.name), field]));
  const named = (pattern: RegExp, suits: (field: Field) => boolean = () => true): string | undefined =>
    [...plain].find(([name, field]) => pattern.test(name) && suits(field))?.[1].name;
  const about = [...plain.keys()].filter((name) => ABOUT.test(name)).length;
  const bytes = named(BYTES, ({ type }) => type === "binary");
  const path = named(PATH, ({ type }) => type === "text");
  const parent = object.references.find((it) => it.by.length === 1);
  const isFiles = about >= 2 || (about >= 1 && (bytes !== undefined || path !== undefined));
  if (!isFiles || parent === undefined) return null;
  const name = named(NAME, ({ type }) => type === "text");
  const by = object.fields.find(({ column }) => column === parent.by[0]!.from)!.name;
  const where =
    bytes === undefined
      ? `store: store, path: ${path === undefined ? "…" : names([path])}`
      : `column: ${names([bytes])}`;
  const called = name === undefined || name === path ? "" : `, name: ${names([name])}`;
  return { parent: parent.object, by: names([by]), where: `${where}${called}` };
}
