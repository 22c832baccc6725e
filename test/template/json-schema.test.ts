// The JSON Schema of template files: up to date, and of one mind with the program about the documented examples.
import { Ajv2020 } from "ajv/dist/2020.js";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readTemplate } from "../../src/template/read.ts";
import { templateJsonSchema } from "../../src/template/schema.ts";
import { printTemplate } from "../../src/template/write.ts";

const docs = new URL("../../docs/", import.meta.url);
const schema = JSON.parse(readFileSync(new URL("template.schema.json", docs), "utf8")) as object;
const validate = new Ajv2020({ strict: false }).compile(schema);

test("is what the program checks by: npm run schema", () => {
  expect(schema).toEqual(JSON.parse(JSON.stringify(templateJsonSchema())));
});

const page = readFileSync(new URL("templates.md", docs), "utf8");
const examples = [...page.matchAll(/```json\n([^]*?)```/g)].map(
  ([, text]) => JSON.parse(text!) as Record<string, unknown>,
);

describe("documented examples", () => {
  test("there are some of each kind", () => {
    expect(examples.map(({ kind }) => kind)).toEqual(["dataset-template", "export-template"]);
  });

  test.each(examples)("$name is taken by both, and written back the same", (example) => {
    validate(example);
    expect(validate.errors).toBeNull();
    const template = readTemplate(example);
    expect(readTemplate(JSON.parse(printTemplate(template)))).toEqual(template);
  });
});

test.each([
  [{ kind: "dataset-template", name: "x", object: "samples", format: "csv", colums: [] }],
  [
    {
      kind: "dataset-template",
      name: "x",
      object: "samples",
      format: "csv",
      columns: [{ field: "id", mandatory: "yes" }],
    },
  ],
  [{ kind: "dataset-template", object: "samples", format: "csv" }],
  [{ kind: "export-template", name: "x", datasets: [] }],
  [{ kind: "export-template", name: "x", datasets: [{ name: "y", format: "csv", last: { by: "a" } }] }],
  [{ kind: "other" }],
])("%j is refused by both", (template) => {
  expect(validate(template)).toBe(false);
  expect(() => readTemplate(template)).toThrow();
});
