// Names of object types that GraphQL has one name for: they stay with whom they are.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { schemaFor } from "../../src/http/graphql/schema.ts";
import { sightOf } from "../../src/service/org-call.ts";
import { callBy, openLab } from "../setup/org-call.ts";

test("are numbered in the order of the configuration, whatever tables there are besides", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waybill-names-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  using database = new DatabaseSync(join(folder, "lab.db"));
  const create = (name: string): void => database.exec(`CREATE TABLE "${name}" (id INTEGER PRIMARY KEY)`);
  create("lab_samples");
  create("lab-samples");
  /** The tables by the names of the root's fields that give their records. */
  const named = async (objects: Readonly<Record<string, object>>): Promise<Readonly<Record<string, unknown>>> => {
    const org = await openLab(`sqlite:${join(folder, "lab.db")}`, objects);
    const { schema } = await schemaFor(await sightOf(callBy(org, "admin")));
    await org.close();
    const fields = Object.values(schema.getQueryType()!.getFields());
    const pages = fields.filter(
      ({ name, type }) => /^lab_samples(?:_\d)?$/.test(name) && String(type).startsWith("LabSamples"),
    );
    return Object.fromEntries(pages.map(({ name, type, description }) => [name, `${String(type)}: ${description}`]));
  };
  const labelled = (...names: readonly string[]): Record<string, object> =>
    Object.fromEntries(names.map((name) => [name, { label: `The ${name}` }]));

  const two = {
    lab_samples: "LabSamplesConnection: The lab_samples",
    lab_samples_2: "LabSamples_2Connection: The lab-samples",
  };
  expect(await named(labelled("lab_samples", "lab-samples"))).toEqual(two);
  create("lab samples");
  expect(await named(labelled("lab_samples", "lab-samples"))).toEqual(two);
  expect(await named(labelled("lab_samples", "lab-samples", "lab samples"))).toEqual({
    ...two,
    lab_samples_3: "LabSamples_3Connection: The lab samples",
  });
});
