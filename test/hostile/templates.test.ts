// Templates that were damaged: each is either planned, or refused at a place that is in it.
import { DatabaseSync } from "node:sqlite";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Catalog } from "../../src/catalog/types.ts";
import { WaybillError } from "../../src/lib/errors.ts";
import { collecting, type Mistake } from "../../src/lib/mistakes.ts";
import { readTemplate } from "../../src/template/read.ts";
import { damaged, isIn, OBJECTS, TABLES, whole } from "../setup/damaged-templates.ts";
import { configured } from "../setup/configured.ts";
import { fuzz } from "../setup/fuzz.ts";
import { dataset, planned, plannedAs, templated } from "../setup/templated.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-templates-"));
const url = `sqlite:${join(folder, "test.db")}`;
let catalog: Catalog = { objects: new Map() };

beforeAll(async () => {
  using database = new DatabaseSync(join(folder, "test.db"));
  database.exec(TABLES);
  catalog = await configured(url, OBJECTS);
});
afterAll(() => rmSync(folder, { recursive: true }));

test("is planned as it is", () => {
  expect(planned(whole, catalog).datasets.length).toBe(4);
});

test("is planned, or refused at a place of its own, however it was damaged", async () => {
  let refused = 0;
  let fine = 0;
  await fuzz(
    damaged,
    (read) => {
      if (read === undefined) return;
      const text = JSON.stringify(read);
      const mistakes: Mistake[] = [];
      const attempt = collecting(mistakes);
      attempt(
        () => {
          const template = readTemplate(read, attempt);
          JSON.stringify(plannedAs(template, catalog, {}, { attempt, noted: () => {} }));
        },
        () => {},
      );
      try {
        JSON.stringify(planned(read, catalog));
        fine++;
        expect({ mistakes, text }).toMatchObject({ mistakes: [] });
      } catch (error) {
        if (!(error instanceof WaybillError)) throw error;
        refused++;
        expect(error.kind).toBe("usage");
        expect(error.message).toMatch(/^\S[^]*[.?!)]$/);
        expect(error.message).not.toMatch(/undefined|\[object|invalid input|zod/i);
        expect(error.places.length).toBeGreaterThan(0);
        // The first mistake is among all of them, and each is somewhere.
        const { code } = error;
        expect({ text, mistakes }).toMatchObject({
          mistakes: expect.arrayContaining([expect.objectContaining({ code, pointer: error.places[0]!.pointer })]),
        });
        for (const { pointer } of [...error.places, ...mistakes])
          expect({ pointer, text, isIn: isIn(read, pointer) }).toMatchObject({ isIn: true });
      }
    },
    3000,
  );
  expect(fine).toBeGreaterThan(50);
  expect(refused).toBeGreaterThan(50);
}, 60_000);

test("keeps names that objects have by themselves apart", async () => {
  const template = JSON.parse(`{"labels":{"__proto__":"it","constructor":"made"}}`) as { labels: object };
  const columns = [
    { field: "person_id", name: "__proto__", translate: template.labels },
    { field: "person.name", name: "constructor", translate: template.labels },
    { field: "metadata.constructor", name: "toString" },
  ];
  const { text } = await templated(url, dataset("samples", columns), { catalog });
  expect(text).toBe("__proto__,constructor,toString\n__proto__,made,7\n");
  const named = dataset("samples", [{ field: "id", translate: "constructor" }]);
  expect(() => planned(named, catalog)).toThrow(/no value translation called "constructor"/);
  const options = { constructor: 1 };
  const refusal = templated(url, dataset("samples", columns, { options }), { catalog });
  await expect(refusal).rejects.toMatchObject({ kind: "usage" });
});
