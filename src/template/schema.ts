// The schema of template files (CONTRACT section 4a). What each part says as its error is what was expected there.
import { z } from "zod";
import { child } from "../lib/pointer.ts";
import { phrase } from "../lib/sentence.ts";

/** Refuses keys that are not known: the message is then the list of those that are, for suggestions. */
function mapping<Shape extends z.core.$ZodLooseShape>(shape: Shape, what: string) {
  const known = Object.keys(shape).join(" ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? known : what),
  });
}

function filled(what: string) {
  return z
    .string({ error: what })
    .min(1, { error: what })
    .max(1000, { error: phrase`text of at most 1,000 characters` });
}

function several(what: string) {
  const one = filled(what);
  return z.union(
    [one.transform((it) => [it]), z.array(one, { error: what }).min(1, { error: what }).max(100, { error: what })],
    {
      error: what,
    },
  );
}

const yesOrNo = z.boolean({ error: phrase`true or false` });
const count = (what: string) => z.int({ error: what }).min(1, { error: what }).max(100_000, { error: what });

const RULES = phrase`a rule: hash, drop, year, truncate (with length) or shift (with days and subject)`;
const simpleRule = z.enum(["hash", "drop", "year"], { error: RULES });
const deidentify = z
  .union(
    [
      simpleRule.transform((rule) => ({ rule })),
      mapping({ rule: simpleRule }, phrase`an object with rule`),
      mapping(
        {
          rule: z.literal("truncate", { error: RULES }),
          length: count(phrase`a number of characters`).describe("How many characters stay."),
        },
        phrase`an object with rule and length`,
      ),
      mapping(
        {
          rule: z.literal("shift", { error: RULES }),
          days: count(phrase`a number of days`).describe("At most so many days, earlier or later."),
          subject: filled(phrase`the path of a field`).describe("The field that says whose date it is."),
        },
        phrase`an object with rule, days and subject`,
      ),
    ],
    { error: RULES },
  )
  .meta({ id: "Deidentify", description: "How its values are made unrecognisable." });

const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)], {
  error: phrase`text`,
});
const labels = z
  .record(z.string(), text, { error: phrase`what values become, by the value: { "1": "fresh" }` })
  .meta({ id: "Labels", description: "What values become, by the value. A value that is not here is kept." });
const translations = z
  .record(filled(phrase`a name`), labels, { error: phrase`translations by their names` })
  .default({})
  .describe("Value translations that columns name.");

const types = [
  "text",
  "integer",
  "decimal",
  "float",
  "boolean",
  "date",
  "time",
  "datetime",
  "instant",
  "uuid",
  "binary",
  "json",
  "array",
  "any",
] as const;

const rules = {
  default: z
    .union([z.string(), z.number(), z.boolean()], { error: phrase`text, a number, true or false` })
    .nullish()
    .describe("What stands where the value is missing."),
  date: z
    .union(
      [
        filled(phrase`a date pattern, as dd/MM/yyyy`),
        mapping(
          { php: filled(phrase`a date pattern of PHP, as d/m/Y`).describe("A pattern of PHP: d/m/Y H:i.") },
          phrase`an object with php`,
        ),
      ],
      { error: phrase`a date pattern, as dd/MM/yyyy, or { "php": "d/m/Y" }` },
    )
    .nullish()
    .describe("A Unicode date pattern (dd/MM/yyyy HH:mm), or one of PHP."),
  mandatory: yesOrNo.default(false).describe("Without a value in every record the export fails."),
};

const fieldColumn = mapping(
  {
    field: filled(phrase`the path of a field`).describe("A field by its path: depth, metadata.depth, project.name."),
    name: filled(phrase`a header`)
      .optional()
      .describe("The header; the path when absent."),
    id: filled(phrase`the stable id of a field`)
      .nullish()
      .describe("The field's stable id: it finds a field that was renamed."),
    type: z
      .enum(types, {
        error: phrase`a type (text, integer, decimal, float, boolean, date, time, datetime, instant, uuid, binary, json, array, any)`,
      })
      .nullish()
      .describe("The type that the field had."),
    deidentify: deidentify.nullish(),
    translate: z
      .union([filled(phrase`the name of a translation`), labels], {
        error: phrase`the name of a translation, or an object of values`,
      })
      .nullish()
      .describe("What values become: the name of a translation, or the values themselves."),
    ...rules,
  },
  phrase`an object with field and name`,
);
const valueColumn = mapping(
  {
    value: text.describe("A fixed value."),
    name: filled(phrase`a header`)
      .optional()
      .describe("The header."),
  },
  phrase`an object with value and name`,
);
const column = z
  .union([fieldColumn, valueColumn], { error: phrase`an object with field or value` })
  .meta({ id: "Column", description: "A field by its path, or a fixed value." });
const columns = z
  .array(column, { error: phrase`a list of columns` })
  .max(16_384, { error: phrase`at most 16,384 columns` })
  .default([])
  .describe("The columns in their order. A template without any is a draft, which cannot be run.");

export interface WrittenList {
  list: string;
  columns: z.infer<typeof columns>;
  lists: WrittenList[];
}
const list: z.ZodType<WrittenList> = z
  .lazy(() =>
    mapping(
      {
        list: filled(phrase`the name of a list`).describe("A list of the object type."),
        columns,
        lists: z.array(list, { error: phrase`a list of lists` }).default([]),
      },
      phrase`an object with list and columns`,
    ),
  )
  .meta({ id: "List", description: "The records of a list, with columns of their own." });

const VERSION = z.union([z.string(), z.number().transform(String)], { error: phrase`text` });

const dataset = {
  name: filled(phrase`a name`).describe("What people choose it by."),
  description: z.string({ error: phrase`text` }).nullish(),
  object: filled(phrase`the name of an object type`)
    .nullish()
    .describe("The object type; none for the format text."),
  format: filled(phrase`a format`).describe("csv, tsv, ndjson, json, json-rows, xml, xlsx, ods, parquet, or text."),
  fileName: filled(phrase`a file name`)
    .nullish()
    .describe("The name of the file, with tokens as {date}."),
  options: z
    .record(z.string(), z.unknown(), { error: phrase`options of the format by their names` })
    .default({})
    .describe("Options of the format."),
  where: z.unknown().optional().describe("A condition (query language) that records must fulfil."),
  order: several(phrase`a list of fields`)
    .nullish()
    .describe("Fields, descending with a minus in front."),
  last: mapping(
    {
      by: several(phrase`the field or fields that records are alike in`),
      order: several(phrase`the field or fields that say which record is the newest`),
    },
    phrase`an object with by and order`,
  )
    .nullish()
    .describe("Of the records that are alike in these fields, only the newest."),
  columns,
  lists: z
    .array(list, { error: phrase`a list of lists` })
    .default([])
    .describe("Lists of the object type, with their columns."),
  translations,
};

const kind = <const Kind extends string>(name: Kind) =>
  z.literal(name, { error: name === "dataset-template" ? phrase`"dataset-template"` : phrase`"export-template"` });

const datasetTemplate = mapping(
  { kind: kind("dataset-template"), ...dataset },
  phrase`an object with kind, name, format and columns`,
).meta({
  id: "DatasetTemplate",
});
const exportTemplate = mapping(
  {
    kind: kind("export-template"),
    name: filled(phrase`a name`).describe("What people choose it by."),
    description: z.string({ error: phrase`text` }).nullish(),
    version: VERSION.nullish().describe("The author's own text."),
    compressed: yesOrNo.default(true).describe("False for a file as it is; several files are always in a zip."),
    fileName: filled(phrase`a file name`)
      .nullish()
      .describe("The name of the archive, with tokens as {date}."),
    datasets: z
      .array(
        mapping(
          { kind: kind("dataset-template").optional(), ...dataset },
          phrase`an object with name, format and columns`,
        ),
        {
          error: phrase`a list of dataset templates`,
        },
      )
      .min(1, { error: phrase`at least one dataset template` })
      .max(200, { error: phrase`at most 200 dataset templates` }),
    translations,
  },
  phrase`an object with kind, name and datasets`,
).meta({ id: "ExportTemplate" });

export const schemas = { "dataset-template": datasetTemplate, "export-template": exportTemplate };
export type WrittenDataset = Omit<z.infer<typeof datasetTemplate>, "kind">;
export type WrittenColumn = z.infer<typeof column>;

/** What `docs/template.schema.json` holds. `npm run schema` writes it. */
export function templateJsonSchema(): object {
  const { $schema, ...rest } = z.toJSONSchema(z.union([datasetTemplate, exportTemplate]), { io: "input" });
  return { $schema, title: "Template", description: "A dataset template or an export template of Waybill.", ...rest };
}

/** The pointer of a path of keys. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.reduce<string>((pointer, step) => child(pointer, step), "");
}
