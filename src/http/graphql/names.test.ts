import { GraphQLObjectType, GraphQLSchema, GraphQLString, assertValidSchema } from "graphql";
import { expect, test } from "vitest";
import { fuzz, hostileName } from "../../../test/setup/fuzz.ts";
import { fieldName, names, typeName } from "./names.ts";

test("names say what the catalog says, as far as GraphQL has letters for it", () => {
  expect(
    ["name", "metadata.depth", "Tiefe in m", "2024", "__type", "échantillon", "样本", "", "-"].map(fieldName),
  ).toEqual(["name", "metadata_depth", "Tiefe_in_m", "_2024", "_type", "echantillon", "u6837u672c", "_", "_"]);
  expect(["samples", "project_samples", "lab.samples", "2024", "_x"].map(typeName)).toEqual([
    "Samples",
    "ProjectSamples",
    "LabSamples",
    "_2024",
    "X",
  ]);
});

test("whoever comes second has a number, with all that is called after them", () => {
  const its = names(["JSON"]);
  expect(its.take("JSON")).toBe("JSON_2");
  expect([its.take("Samples", "Connection"), its.take("Samples", "Connection")]).toEqual(["Samples", "Samples_2"]);
  expect(its.take("SamplesConnection")).toBe("SamplesConnection_2");
});

test("whatever things are called, the schema is one", async () => {
  await fuzz(hostileName, (name) => {
    const its = names();
    const fields = Object.fromEntries(
      [name, name, `${name}_2`].map((it) => [its.take(fieldName(it)), { type: GraphQLString }]),
    );
    const query = new GraphQLObjectType({ name: typeName(name), fields });
    assertValidSchema(new GraphQLSchema({ query }));
    expect(Object.keys(fields)).toHaveLength(3);
  });
});
