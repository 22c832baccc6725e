// The fields of an object type: columns with their labels, keys inside of JSON, labels of codes.
import type { FieldConfig, KeyConfig, ObjectConfig } from "../config/config.ts";
import type { Said } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import { inLanguage } from "./localised.ts";
import type { Field } from "./types.ts";

/** What the name of a field of labels ends with. */
export const LABEL = ".label";

/** Told of what does not fit; the path begins inside of the object type. */
export type Report = (path: readonly (string | number)[], detail: string, hint?: Said) => void;

/** Columns as the configuration has them, each followed by what is taken out of it or shown in its place. */
export function fieldsOf(
  columns: readonly Field[],
  { fields }: Pick<ObjectConfig, "fields">,
  language: string,
  report: Report,
): readonly Field[] {
  const names = columns.map(({ name }) => name);
  for (const name of fields.keys()) {
    if (!names.includes(name)) report(["fields", name], `There is no field "${name}".`, suggest(name, names));
  }
  const all = columns.flatMap((column) => {
    const config = fields.get(column.name);
    if (config === undefined) return [column];
    const path = ["fields", column.name];
    if (config.keys.size > 0 && column.type !== "json") {
      report([...path, "keys"], `"${column.name}" is ${column.type}, so it has no keys.`);
      return [column];
    }
    const field = described(column, config, language);
    // Its keys are shown in its place.
    const whole = config.keys.size > 0 ? { ...field, optional: true } : field;
    return [whole, ...labelsOf(field, config, language), ...keysOf(column, config.keys, `${column.name}.`, language)];
  });
  const taken = new Set<string>();
  for (const { name } of all) {
    if (taken.has(name)) report(["fields"], `Two fields are called "${name}".`);
    taken.add(name);
  }
  return all;
}

/** Keys inside of a JSON column as fields. */
export function keysOf(
  column: Field,
  keys: ReadonlyMap<string, KeyConfig>,
  prefix: string,
  language: string,
): readonly Field[] {
  return [...keys].flatMap(([key, config]) => {
    const { column: of, native, deidentify } = column;
    const inherited = deidentify === undefined ? {} : { deidentify };
    const bare: Field = {
      name: `${prefix}${key}`,
      column: of,
      keys: key.split("."),
      type: config.type,
      native,
      nullable: true,
      ...inherited,
    };
    const field = described(bare, config, language);
    return [field, ...labelsOf(field, config, language)];
  });
}

function described(column: Field, config: Omit<FieldConfig, "keys">, language: string): Field {
  const label = inLanguage(config.label, language);
  const documentation = inLanguage(config.documentation, language);
  return {
    ...column,
    ...(config.optional ? { optional: true } : {}),
    ...(config.hidden ? { hidden: true } : {}),
    ...(label === undefined ? {} : { label }),
    ...(documentation === undefined ? {} : { documentation }),
    ...(config.unit === null ? {} : { unit: config.unit }),
    ...(config.deidentify === null
      ? {}
      : { deidentify: { below: config.deidentify.below, rule: config.deidentify.rule } }),
  };
}

/** `status.label` beside `status`: the labels instead of the codes, for whoever asks for them. */
function labelsOf(field: Field, { labels }: Omit<FieldConfig, "keys">, language: string): Field[] {
  if (labels.size === 0) return [];
  const { hidden: _, type: __, element: ___, ...rest } = field;
  return [
    {
      ...rest,
      name: `${field.name}${LABEL}`,
      type: "text",
      optional: true,
      labels: Object.fromEntries([...labels].map(([code, label]) => [code, inLanguage(label, language) ?? code])),
    },
  ];
}
