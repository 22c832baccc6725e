// Damaged templates in the service: kept or refused at places that they have, told of and shown, and never a defect.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WaybillError } from "../../src/lib/errors.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { findTemplate } from "../../src/service/templates/find.ts";
import { importTemplates } from "../../src/service/templates/import.ts";
import { previewTemplate } from "../../src/service/templates/preview.ts";
import { problemsOf } from "../../src/service/templates/review.ts";
import { createTemplate, replaceTemplate } from "../../src/service/templates/save.ts";
import { deleteTemplate } from "../../src/service/templates/share.ts";
import { emptyControl, KINDS } from "../setup/control.ts";
import { damaged, isIn, OBJECTS, TABLES } from "../setup/damaged-templates.ts";
import { fuzz } from "../setup/fuzz.ts";
import { Lab, labOrg, labSource } from "./batch-lab.ts";

const places = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.constant("id") },
  { weight: 1, arbitrary: fc.constantFrom<unknown>("elsewhere", 7, null, { $x: 1 }) },
);
/** Now and then a dataset that names a template, or should. */
const body = fc.tuple(damaged, places).map(([it, named]): unknown => {
  const { datasets } = (it ?? {}) as { datasets?: unknown };
  if (named === undefined || !Array.isArray(datasets)) return it;
  return { ...(it as object), datasets: [...(datasets as unknown[]), { template: named }] };
});

async function callOf(kind: (typeof KINDS)[number]): Promise<OrgCall> {
  const { url } = await labSource("sqlite", TABLES);
  const lab = new Lab(await emptyControl(kind), await labOrg(url, { objects: OBJECTS }));
  const north = await lab.namespace("north");
  return lab.call(await lab.person("ada", [[north, "analyst"]]));
}

test.each(KINDS)(
  "%s",
  async (kind) => {
    const call = await callOf(kind);
    const one = await createTemplate(call, {
      kind: "dataset-template",
      namespace: null,
      body: { kind: "dataset-template", name: "one", object: "samples", format: "csv", columns: [{ field: "id" }] },
    });
    let [made, refused] = [0, 0];
    await fuzz(
      body,
      async (written) => {
        const read = JSON.parse(
          JSON.stringify(written ?? null).replaceAll('"template":"id"', `"template":"${one.id}"`),
        ) as unknown;
        const { problems } = await problemsOf(call, read);
        for (const { pointer, code, detail, hint } of problems) {
          expect({ pointer, read, isIn: isIn(read, pointer) }).toMatchObject({ isIn: true });
          expect(code).toMatch(/^[a-z-]+$/);
          expect(detail).toMatch(/^\S[^]*[.?!)]$/);
          expect(`${detail} ${hint}`).not.toMatch(/\[object|invalid input|zod/i);
        }
        const kindOf =
          (read as { kind?: unknown } | null)?.kind === "dataset-template" ? "dataset-template" : "export-template";
        try {
          const { id } = await createTemplate(call, { kind: kindOf, namespace: null, body: read });
          made++;
          // What was kept is kept once more, as it is.
          const { body: kept, revision } = await findTemplate(call, id);
          const again = await replaceTemplate(call, id, { body: kept, revision });
          expect(JSON.parse(JSON.stringify(again.body))).toEqual(JSON.parse(JSON.stringify(kept)));
          await deleteTemplate(call, id);
        } catch (error) {
          if (!(error instanceof WaybillError)) throw error;
          refused++;
          expect(error.kind).toBe("usage");
          expect(error.places.map(({ pointer }) => pointer)).toEqual(
            problems.filter(({ code }) => code !== "template-is-draft").map(({ pointer }) => pointer),
          );
        }
        const files = [{ name: "x.json", content: JSON.stringify(read) }];
        const [answer] = await importTemplates(call, files, { namespace: null, onCollision: "rename" });
        if (answer!.outcome !== "refused") await deleteTemplate(call, answer!.template.id);
      },
      400,
    );
    expect(made).toBeGreaterThan(10);
    expect(refused).toBeGreaterThan(20);
  },
  90_000,
);

test("previews", async () => {
  const call = await callOf("pglite");
  let rows = 0;
  await fuzz(
    damaged,
    async (read) => {
      const { problems, datasets } = await previewTemplate(call, { body: read ?? null }, { limit: 3 });
      for (const { tables } of datasets) rows += tables[0]?.rows.length ?? 0;
      for (const { pointer } of problems)
        expect({ pointer, read, isIn: isIn(read, pointer) }).toMatchObject({ isIn: true });
    },
    60,
  );
  expect(rows).toBeGreaterThan(10);
}, 90_000);
