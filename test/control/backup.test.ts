// The control database as a file and back, from each kind into each kind.
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { dumpControl, restoreControl } from "../../src/control/backup.ts";
import { inOrg } from "../../src/control/in-org.ts";
import { type Control, type ControlPlace, openControl } from "../../src/control/open.ts";
import { addBatchKeys, batchKeys, beginBatch, sealBatch } from "../../src/control/queries/batches.ts";
import { addMember, putRole } from "../../src/control/queries/members.ts";
import { addNamespace } from "../../src/control/queries/namespaces.ts";
import { addTemplate, findTemplate } from "../../src/control/queries/templates.ts";
import { createPerson } from "../../src/identity/people.ts";
import { createToken, useToken } from "../../src/identity/tokens.ts";
import { emptyPlace, KINDS } from "../setup/control.ts";

async function opened(place: ControlPlace): Promise<Control> {
  const control = await openControl(place);
  onTestFinished(() => control.close());
  return control;
}

async function lines(place: ControlPlace): Promise<string[]> {
  let text = "";
  for await (const chunk of dumpControl(place)) text += chunk;
  return text.split("\n").slice(0, -1);
}

async function* given(all: readonly string[]): AsyncGenerator<string> {
  yield* all;
}

/** Something in every kind of table. */
async function fill(place: ControlPlace) {
  const control = await openControl(place);
  const lab = inOrg(control.db, "lab");
  const person = await createPerson(control, {
    email: "ada@example.org",
    name: "Ada \u2028\n L.",
    password: "four words by chance",
  });
  await addMember(lab, person.id);
  const parent = await addNamespace(lab, { parent: null, code: "a", name: "A" });
  const child = await addNamespace(lab, { parent: parent.id, code: "b", name: "B" });
  await putRole(lab, child.id, person.id, "analyst");
  const { token } = await createToken(lab, {
    person: person.id,
    name: "t",
    scopes: ["read"],
    addresses: ["10.0.0.0/8"],
    expiresAt: null,
  });
  const keys = Array.from({ length: 10_000 }, (_, n) => `key ${n} "é\u2029`);
  const batch = await beginBatch(lab, {
    name: "B",
    object: "samples",
    namespace: child.id,
    person: person.id,
    keyColumns: ["id"],
    source: {},
  });
  await addBatchKeys(lab, batch, 0, keys);
  await sealBatch(lab, batch);
  const body = { deep: [1.5, { x: "\\ \u2028" }] };
  const { id } = await addTemplate(lab, {
    kind: "dataset-template",
    name: "T",
    namespace: child.id,
    person: person.id,
    body,
  });
  await sql`update template_revision set body = '{"n": 123456789012345678901234567890.10}'`.execute(control.db);
  await control.close();
  return { token, batch, keys, template: id };
}

test.each(KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const)))("from %s to %s", async (from, to) => {
  const [source, target] = [await emptyPlace(from), await emptyPlace(to)];
  const { token, batch, keys, template } = await fill(source);
  const all = await lines(source);
  const again = all.slice(0, -1).filter((line) => line.startsWith("R "));
  expect(await restoreControl(target, given(all))).toBe(again.length);
  // The same, row for row.
  expect((await lines(target)).toSorted()).toEqual(all.toSorted());
  const control = await opened(target);
  const lab = inOrg(control.db, "lab");
  expect(await batchKeys(lab, batch, 4095, 3)).toEqual(keys.slice(4095, 4098));
  expect((await useToken(control, token, "10.1.2.3"))?.person.email).toBe("ada@example.org");
  expect(await findTemplate(lab, template)).toMatchObject({ name: "T", revision: 1 });
  const { rows } = await sql<{ n: string }>`select body ->> 'n' as n from template_revision`.execute(control.db);
  expect(rows).toEqual([{ n: "123456789012345678901234567890.10" }]);
});

test("what is damaged, too new, or would be written over is refused, and nothing is left of it", async () => {
  const [source, target] = [await emptyPlace("pglite"), await emptyPlace("postgres")];
  await fill(source);
  const all = await lines(source);
  const person = all.findIndex((line) => line.startsWith('R {"id"') && line.includes("ada@"));
  const changed = (n: number, line: string): string[] => all.with(n, line);
  const cases: readonly [string[], string][] = [
    [[], "it is no backup of a control database"],
    [["{}"], "it is no backup of a control database"],
    [all.slice(0, -1), "its end is missing"],
    [all.slice(0, 5), "its end is missing"],
    [all.toSpliced(-2, 1), "it is not what it was when it was made"],
    [changed(person, all[person]!.replace("ada@", "eve@")), "it is not what it was when it was made"],
    [changed(person, 'R {"id": 5}'), "the database refuses a row of it"],
    [changed(person, "R {"), "the database refuses a row of it"],
    [changed(person, "nonsense"), "a line of it cannot be read"],
    [changed(1, "T pg_class"), "a line of it cannot be read"],
    [changed(1, "T session"), "a line of it cannot be read"],
  ];
  for (const [its, why] of cases) {
    await expect(restoreControl(target, given(its)), why).rejects.toThrow(
      `The backup of the control database is damaged: ${why}.`,
    );
  }
  await expect(restoreControl(target, given(changed(0, `${all[0]!} 9999-later`)))).rejects.toThrow(
    "made by a later Waybill",
  );
  expect(await restoreControl(target, given(all))).toBeGreaterThan(5);
  await expect(restoreControl(target, given(all))).rejects.toMatchObject({ code: "control-not-empty" });
});
