// Proposals as lines of YAML.
import type { FoundKey } from "./json-keys.ts";
import { personalName } from "./personal-data.ts";
import type { FieldProposal, ListProposal, ObjectProposal } from "./proposal.ts";
import { comment, commentedOut, entry, flow, indented, paragraph, scalar } from "./yaml-lines.ts";

/** How an object type is written. */
export interface Naming {
  /** The object type's name. */
  readonly name: string;
  /** Whether its source must be said. */
  readonly withSource: boolean;
  /** A remark on what an earlier run has not written; null in a new file. */
  readonly mark: string | null;
}

/** An object type: its own lines, not indented. */
export function objectLines(object: ObjectProposal, { name, withSource, mark }: Naming): readonly string[] {
  const { title, created, updated, state } = object;
  const settings = { title, created, updated, state };
  return [
    ...object.remarks.flatMap((it) => paragraph(it)),
    ...entry(name, "", mark),
    ...indented([
      ...(withSource ? entry("source", scalar(object.source)) : []),
      ...(object.table === name ? [] : entry("table", scalar(object.table))),
      ...entry("label", scalar(object.label)),
      ...Object.entries(settings).flatMap(([key, field]) => (field === null ? [] : entry(key, scalar(field)))),
      ...object.suggestions.map(({ line, why }) => `${comment(line)}  ${comment(why)}`),
      ...(object.fields.length === 0 ? [] : ["fields:"]),
      ...indented(object.fields.flatMap((field) => fieldLines(field))),
      ...referenceLines(object),
      ...(object.lists.length === 0 ? [] : ["lists:"]),
      ...indented(object.lists.flatMap((list) => listLines(list))),
    ]),
  ];
}

/** A table that is not offered: a comment that becomes an entry when its `#` is taken away. */
export function leftOutLine(object: ObjectProposal, { name, withSource, mark }: Naming): string {
  const settings: [string, string][] = [
    ...(withSource ? [["source", scalar(object.source)] as [string, string]] : []),
    ...(object.table === name ? [] : [["table", scalar(object.table)] as [string, string]]),
  ];
  const value = settings.length === 0 ? "{}" : flow(settings);
  const why = `${mark === null ? "" : `${mark}; `}${object.leftOut ?? ""}`;
  return `# ${scalar(name)}: ${value}  ${comment(why)}`;
}

/** A field: one line where it may not grow, else a block. */
export function fieldLines(field: FieldProposal, mark: string | null = null): readonly string[] {
  const remark = [mark, personalRemark(field), field.remark].filter((it) => it !== null).join("; ") || null;
  const settings: [string, string][] = [
    ["label", scalar(field.label)],
    ...(field.optional ? [["optional", "true"] as [string, string]] : []),
    ...(field.hidden ? [["hidden", "true"] as [string, string]] : []),
  ];
  const isBlock = field.keys.length > 0 || field.labels !== null;
  if (!isBlock && !field.isJson) return entry(field.name, flow(settings), remark);
  return [
    ...entry(field.name, "", remark),
    ...indented([
      ...settings.flatMap(([key, value]) => entry(key, value)),
      ...(field.keys.length === 0 ? [] : ["keys:"]),
      ...indented([...keyLines(field.keys), ...rareLines(field.rareKeys)]),
      ...(field.labels === null ? [] : labelsLines(field.labels)),
    ]),
  ];
}

function labelsLines(labels: readonly (readonly [string, string])[]): readonly string[] {
  if (labels.length === 0) return [];
  const isNumeric = labels.every(([code, label]) => code === label);
  return [...entry("labels", "", isNumeric ? "write what the codes stand for" : null), ...indented(codeLines(labels))];
}

/** Codes with their labels. */
export function codeLines(
  labels: readonly (readonly [string, string])[],
  mark: string | null = null,
): readonly string[] {
  return labels.flatMap(([code, label]) => entry(code, scalar(label), mark));
}

/** Keys with their types. */
export function keyLines(keys: readonly FoundKey[], mark: string | null = null): readonly string[] {
  return keys.flatMap(({ path, type }) => {
    const personal = personalName(path.slice(path.lastIndexOf(".") + 1));
    const what = personal === null ? null : `personal data (${personal.what})?`;
    return entry(path, type, [mark, what].filter((it) => it !== null).join("; ") || null);
  });
}

function rareLines(rare: readonly string[]): readonly string[] {
  return rare.length === 0 ? [] : paragraph(`Rarer keys: ${rare.map(scalar).join(", ")}`);
}

/** An array of documents inside of JSON. */
export function listLines(list: ListProposal, mark: string | null = null): readonly string[] {
  return [
    ...entry(list.name, "", mark),
    ...indented([
      ...entry("json", scalar(list.json)),
      "fields:",
      ...indented([...keyLines(list.keys), ...rareLines(list.rareKeys)]),
    ]),
  ];
}

/** References that the database does not tell of: those that are sure count. */
function referenceLines({ references }: ObjectProposal): readonly string[] {
  if (references.length === 0) return [];
  const lines = references.map((it) => ({ isSure: it.isSure, line: referenceLine(it) }));
  const sure = lines.filter(({ isSure }) => isSure).flatMap(({ line }) => line);
  const unsure = lines.filter(({ isSure }) => !isSure).flatMap(({ line }) => line);
  if (sure.length === 0) return commentedOut(["references:", ...indented(unsure)]);
  return ["references:", ...indented([...sure, ...commentedOut(unsure)])];
}

export function referenceLine({ name, object, by }: ObjectProposal["references"][number]): readonly string[] {
  return entry(
    name,
    flow([
      ["object", scalar(object)],
      ["by", scalar(by)],
    ]),
  );
}

function personalRemark({ personal }: FieldProposal): string | null {
  return personal === null ? null : `personal data (${personal.what})? deidentify: ${personal.rules}`;
}
