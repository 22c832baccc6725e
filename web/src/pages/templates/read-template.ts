// Template files as the API gives them, made into what the editors hold.
import {
  type Bundle,
  type Column,
  type Dataset,
  type Deidentify,
  type Facts,
  type List,
  newKey,
  type Pair,
  type Part,
  RULES,
  type Translate,
} from "./model.ts";

export function readDataset(body: Facts): Dataset {
  const {
    kind: _,
    name,
    description,
    object,
    format,
    fileName,
    options,
    where,
    order,
    columns,
    lists,
    translations,
    ...others
  } = body;
  return {
    name: text(name),
    description: text(description),
    object: text(object),
    format: text(format) || "csv",
    fileName: text(fileName),
    options: facts(options),
    where,
    order: texts(order),
    columns: items(columns).map(readColumn),
    lists: items(lists).map(readList),
    translations: Object.entries(facts(translations)).map(([its, pairs]) => ({
      key: newKey(),
      name: its,
      pairs: readPairs(pairs),
    })),
    others,
  };
}

export function readColumn(column: Facts): Column {
  const { field, value, name, mandatory, default: instead, date, translate, deidentify, ...others } = column;
  const rule = readRule(deidentify);
  return {
    key: newKey(),
    field: typeof field === "string" ? field : null,
    value: text(value),
    name: text(name),
    mandatory: mandatory === true,
    default: isScalar(instead) ? instead : null,
    date: typeof date === "string" ? date : null,
    translate: readTranslate(translate),
    deidentify: rule,
    // A date by PHP's pattern, or a rule that is not known here, stays as it is.
    others: {
      ...others,
      ...(typeof date === "object" && date !== null ? { date } : {}),
      ...(rule === null && deidentify !== undefined && deidentify !== null ? { deidentify } : {}),
    },
  };
}

function readList(list: Facts): List {
  const { list: name, columns, ...others } = list;
  return { key: newKey(), list: text(name), columns: items(columns).map(readColumn), others };
}

function readTranslate(translate: unknown): Translate | null {
  if (typeof translate === "string") return { kind: "named", name: translate };
  return typeof translate === "object" && translate !== null ? { kind: "pairs", pairs: readPairs(translate) } : null;
}

function readPairs(pairs: unknown): readonly Pair[] {
  return Object.entries(facts(pairs)).map(([from, to]) => ({ key: newKey(), from, to: text(to) }));
}

function readRule(written: unknown): Deidentify | null {
  const its = typeof written === "string" ? { rule: written } : facts(written);
  const rule = RULES.find((name) => name === its["rule"]);
  return rule === undefined ? null : { ...its, rule };
}

export function readBundle(body: Facts): Bundle {
  const { kind: _, name, description, version, compressed, fileName, datasets, ...others } = body;
  return {
    name: text(name),
    description: text(description),
    version: text(version),
    compressed: compressed !== false,
    fileName: text(fileName),
    parts: items(datasets).map(readPart),
    others,
  };
}

function readPart(dataset: Facts): Part {
  const key = newKey();
  const { template, name } = dataset;
  return typeof template === "string"
    ? { key, kind: "reference", template, name: text(name) }
    : { key, kind: "inline", body: dataset };
}

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" || typeof value === "boolean" ? `${value}` : "";
}

function texts(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : Array.isArray(value) ? value.map(text) : [];
}

function facts(value: unknown): Facts {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Facts) : {};
}

function items(value: unknown): readonly Facts[] {
  return Array.isArray(value) ? value.map(facts) : [];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
