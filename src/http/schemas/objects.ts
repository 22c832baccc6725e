// Object types as the API describes them.
import * as z from "zod";
import { named } from "./named.ts";

const summary = {
  name: z.string(),
  label: z.string().nullable(),
  documentation: z.string().nullable(),
  kind: z.string(),
  key: z.array(z.string()).describe("The fields that identify a record."),
  title: z.string().nullable().describe("The field that names a record."),
  state: z.string().nullable(),
  updated: z.string().nullable(),
  source: z.string().nullable(),
  range: z.object({ field: z.string(), max: z.string() }).nullable().describe("What makes it a realm."),
  namespaced: z.boolean(),
  estimatedRows: z.number().nullable(),
};
export const objectSummary = named("ObjectType", z.object(summary));
const link = z.object({ name: z.string(), object: z.string() });
export const objectWithFields = named(
  "ObjectTypeWithFields",
  z.object({
    ...summary,
    fields: z.array(
      z.object({
        name: z.string(),
        id: z.string().nullable(),
        label: z.string().nullable(),
        documentation: z.string().nullable(),
        type: z.string(),
        element: z.string().nullable(),
        native: z.string().nullable(),
        unit: z.string().nullable(),
        optional: z.boolean(),
        nullable: z.boolean(),
        labels: z.record(z.string(), z.string()).nullable(),
        deidentified: z.string().nullable().describe("The rule under which the caller has it."),
        deidentify: z
          .object({ below: z.string().nullable(), rule: z.string() })
          .nullable()
          .describe("How it is de-identified for whoever has less than the role `below`, or for everybody (null)."),
        readable: z.boolean().describe("Whether the caller may filter by it."),
        sortable: z.boolean(),
        operators: z.array(z.string()),
      }),
    ),
    references: z.array(
      link.extend({ fields: z.array(z.string()).describe("The record's fields that say which record it refers to.") }),
    ),
    lists: z.array(link),
    files: z.array(link),
  }),
);
