// What the editors hold, as template files: what is not said stays unsaid.
import type { Bundle, Column, Dataset, Facts, Pair, Part, Translate } from "./model.ts";

export function writeDataset(dataset: Dataset): Facts {
  const { name, description, object, format, fileName, options, where, order, columns, lists, translations, others } =
    dataset;
  return {
    kind: "dataset-template",
    name,
    ...said("description", description),
    ...(format === "text" ? {} : said("object", object)),
    format,
    ...said("fileName", fileName),
    ...(Object.keys(options).length === 0 ? {} : { options }),
    ...(where === undefined || where === null ? {} : { where }),
    ...(order.length === 0 ? {} : { order }),
    columns: columns.map(writeColumn),
    ...(lists.length === 0
      ? {}
      : {
          lists: lists.map((list) => ({
            ...list.others,
            list: list.list,
            columns: list.columns.map(writeColumn),
          })),
        }),
    ...(translations.length === 0
      ? {}
      : { translations: Object.fromEntries(translations.map((it) => [it.name, writePairs(it.pairs)])) }),
    ...others,
  };
}

export function writeColumn(column: Column): Facts {
  const { field, value, name, mandatory, default: instead, date, translate, deidentify, others } = column;
  if (field === null) return { value, ...said("name", name) };
  return {
    field,
    ...said("name", name),
    ...others,
    ...(deidentify === null ? {} : { deidentify }),
    ...(translate === null ? {} : { translate: writeTranslate(translate) }),
    ...(instead === null ? {} : { default: instead }),
    ...(date === null ? {} : { date }),
    ...(mandatory ? { mandatory } : {}),
  };
}

function writeTranslate(translate: Translate): unknown {
  return translate.kind === "named" ? translate.name : writePairs(translate.pairs);
}

function writePairs(pairs: readonly Pair[]): Facts {
  return Object.fromEntries(pairs.map(({ from, to }) => [from, to]));
}

export function writeBundle(bundle: Bundle): Facts {
  const { name, description, version, compressed, fileName, parts, others } = bundle;
  return {
    kind: "export-template",
    name,
    ...said("description", description),
    ...said("version", version),
    ...(compressed ? {} : { compressed }),
    ...said("fileName", fileName),
    datasets: parts.map(writePart),
    ...others,
  };
}

function writePart(part: Part): Facts {
  return part.kind === "reference" ? { template: part.template, name: part.name } : part.body;
}

function said(name: string, value: string): Facts {
  return value === "" ? {} : { [name]: value };
}
