// Templates that the people of an org keep, share and change; on both control databases.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accessOf } from "../../src/plan/access.ts";
import { readConfig } from "../../src/config/read.ts";
import { inOrg } from "../../src/control/in-org.ts";
import type { Control } from "../../src/control/open.ts";
import { listAudit } from "../../src/control/queries/audit.ts";
import type { Namespace } from "../../src/control/tables.ts";
import { WaybillError } from "../../src/lib/errors.ts";
import { openOrg, type OpenOrg } from "../../src/orgs/open-org.ts";
import type { OrgCall } from "../../src/service/org-call.ts";
import { duplicateTemplate } from "../../src/service/templates/duplicate.ts";
import { exportTemplate } from "../../src/service/templates/export-file.ts";
import { findTemplate, listTemplates, revisionsOf } from "../../src/service/templates/find.ts";
import { importTemplates } from "../../src/service/templates/import.ts";
import { previewTemplate } from "../../src/service/templates/preview.ts";
import { resolveTemplate } from "../../src/service/templates/resolve.ts";
import { problemsOf } from "../../src/service/templates/review.ts";
import { createTemplate, replaceTemplate } from "../../src/service/templates/save.ts";
import { deleteTemplate, shareTemplate, sharesOf } from "../../src/service/templates/share.ts";
import type { StoredTemplateWithBody } from "../../src/service/templates/stored.ts";
import { emptyControl, KINDS, temporaryFolder } from "../setup/control.ts";
import { templated } from "../setup/templated.ts";
import { Lab, labOrg, labSource, type Person } from "./batch-lab.ts";

const SQL = `
CREATE TABLE projects (id varchar(20) PRIMARY KEY, name varchar(40));
INSERT INTO projects VALUES ('north', 'Nord é'), ('water', 'Water');
CREATE TABLE samples (id integer PRIMARY KEY, project varchar(20) NOT NULL REFERENCES projects (id), kind varchar(20), day date,
  depth decimal(10,2), big bigint, patient varchar(20), owner varchar(40), gone varchar(5));
INSERT INTO samples VALUES
 (1, 'north', 'soil', '2024-05-01', 1.50, 9007199254740993, 'P1', 'ada', 'x'),
 (2, 'north', NULL, '2024-05-02', 2.00, 2, 'P1', NULL, NULL),
 (3, 'north', 'air', NULL, NULL, NULL, 'P2', 'bob', NULL),
 (4, 'water', 'soil', '2024-05-04', 4.25, 4, 'P3', 'ada', NULL);
CREATE TABLE measures (no integer PRIMARY KEY, sample_id integer NOT NULL REFERENCES samples (id), value integer);
INSERT INTO measures VALUES (1, 1, 10), (2, 1, 11), (3, 2, 20), (4, 3, NULL), (5, 4, 40);
`;
const SAMPLES = {
  key: "id",
  namespace: "project",
  fields: {
    patient: { deidentify: "hash", label: { en: "Patient" } },
    owner: { deidentify: { below: "maintainer", rule: "drop" } },
  },
  references: { place: { object: "projects", by: "project" } },
  lists: { measures: { object: "measures", by: "sample_id" } },
};
const CONFIG = {
  objects: { samples: SAMPLES, measures: { key: "no" }, projects: { key: "id", namespace: "id" } },
  translations: { kinds: { soil: "Boden" } },
};

const FRESH = {
  kind: "dataset-template",
  name: "Fresh soil",
  description: "Of this week",
  object: "samples",
  format: "csv",
  fileName: "fresh-{object}",
  options: { delimiter: ";" },
  columns: [
    { field: "id", name: "Nr" },
    { field: "kind", translate: "kinds", default: "unknown" },
    { field: "day", date: "dd/MM/yyyy" },
    { field: "depth" },
    { field: "big" },
    { field: "place.name", name: "Project" },
    { field: "patient" },
    { value: "LAB-7", name: "Laboratory" },
  ],
};
const BUNDLE = { kind: "export-template", name: "Weekly", description: "On Fridays", fileName: "weekly" };

async function refusalOf(doing: Promise<unknown>): Promise<WaybillError> {
  const error = await doing.then(
    () => new Error("it was done"),
    (it: unknown) => it,
  );
  expect(error).toBeInstanceOf(WaybillError);
  return error as WaybillError;
}
const refused = async (doing: Promise<unknown>): Promise<string> => (await refusalOf(doing)).code;

/** What there was: without the rights that the caller had then. */
const bodyOf = ({ body }: StoredTemplateWithBody): Record<string, unknown> => JSON.parse(JSON.stringify(body)) as never;

let url: string;
let org: OpenOrg;
beforeAll(async () => {
  url = (await labSource("sqlite", SQL)).url;
  org = await labOrg(url, CONFIG);
});

describe.each(KINDS)("%s", (its) => {
  let control: Control;
  let lab: Lab;
  let [north, water]: Namespace[] = [];
  let people: Record<"guest" | "ada" | "bea" | "max" | "wim" | "root" | "both", Person>;
  let calls: Record<keyof typeof people, OrgCall>;
  beforeAll(async () => {
    control = await emptyControl(its);
    lab = new Lab(control, org);
    [north, water] = [await lab.namespace("north"), await lab.namespace("water")];
    people = {
      guest: await lab.person("guest", [[north, "guest"]]),
      ada: await lab.person("ada", [[north, "analyst"]]),
      bea: await lab.person("bea", [[north, "analyst"]]),
      max: await lab.person("max", [[north, "maintainer"]]),
      wim: await lab.person("wim", [[water, "maintainer"]]),
      root: await lab.person("root", "admin"),
      both: await lab.person("both", [
        [north, "analyst"],
        [water, "analyst"],
      ]),
    };
    const called = await Promise.all(
      Object.entries(people).map(async ([name, it]) => [name, await lab.call(it)] as const),
    );
    calls = Object.fromEntries(called) as typeof calls;
  });
  beforeEach(async () => {
    await sql`truncate template cascade`.execute(control.db);
  });

  const make = (
    call: OrgCall,
    body: { kind: string; name: string },
    namespace: string | null = north!.id,
  ): Promise<StoredTemplateWithBody> =>
    createTemplate(call, { kind: body.kind as "dataset-template", namespace, body });
  const listed = async (call: OrgCall, more: object = {}): Promise<string[]> =>
    (await listTemplates(call, { limit: 50, ...more })).data.map(({ name }) => name).toSorted();

  test("who sees and changes what", async () => {
    const { guest, ada, bea, max, wim, root } = calls;
    const own = await make(ada, { ...FRESH, name: "own" }, null);
    const there = await make(ada, { ...FRESH, name: "there" });
    expect(there).toMatchObject({
      revision: 1,
      namespace: north!.id,
      person: people.ada.identity.person.id,
      mayChange: true,
    });
    const everybody: [OrgCall, string[] | "forbidden", boolean][] = [
      [guest, "forbidden", false],
      [ada, ["own", "there"], true],
      [bea, ["there"], false],
      [max, ["there"], true],
      [wim, [], false],
      [root, ["own", "there"], true],
    ];
    for (const [call, names, mayChange] of everybody) {
      const change = { body: { ...bodyOf(there), description: "changed" }, revision: 99 };
      if (names === "forbidden") {
        expect(await refused(listed(call))).toBe("forbidden");
        expect(await refused(findTemplate(call, there.id))).toBe("forbidden");
        expect(await refused(make(call, { ...FRESH, name: "x" }))).toBe("forbidden");
        continue;
      }
      expect(await listed(call)).toEqual(names);
      const sees = names.includes("there");
      if (sees) expect((await findTemplate(call, there.id)).mayChange).toBe(mayChange);
      else expect(await refused(findTemplate(call, there.id))).toBe("not-found");
      const changing = await refused(replaceTemplate(call, there.id, change));
      expect(changing).toBe(sees ? (mayChange ? "revision-conflict" : "forbidden") : "not-found");
      if (!mayChange) expect(await refused(deleteTemplate(call, there.id))).toBe(sees ? "forbidden" : "not-found");
      if (!names.includes("own")) expect(await refused(findTemplate(call, own.id))).toBe("not-found");
    }
    // Words that do not tell what is there.
    const [unseen, unknown] = [
      await refusalOf(findTemplate(wim, there.id)),
      await refusalOf(findTemplate(wim, "0190ffff-0000-7000-8000-000000000000")),
    ];
    expect(unseen.message).toBe(unknown.message);
    expect(await refused(findTemplate(ada, "x' or 1=1"))).toBe("not-found");
    expect(await refused(make(wim, { ...FRESH, name: "x" }))).toBe("not-found");
    expect(await refused(make(root, { ...FRESH, name: "x" }, "0190ffff-0000-7000-8000-000000000000"))).toBe(
      "not-found",
    );
    expect(await refused(make(ada, { ...FRESH, name: "x" }, "nowhere"))).toBe("not-found");
    const token = { ...ada.access.identity, via: { kind: "token", id: "t", scopes: ["read"] } } as const;
    const byToken = { ...ada, access: { ...ada.access, identity: token } };
    expect(await listed(byToken)).toEqual(["own", "there"]);
    expect((await refusalOf(deleteTemplate(byToken, there.id))).message).toMatch(/lacks the scope "templates"/);
    await deleteTemplate(max, there.id);
    expect(await refused(findTemplate(ada, there.id))).toBe("not-found");
    expect(await listed(root)).toEqual(["own"]);
    const log = await listAudit(lab.at, { limit: 9, subject: { kind: "template", id: there.id } });
    expect(log.map(({ action }) => action)).toEqual(["template.delete", "template.create"]);
  });

  test("another org has none of it", async () => {
    const { ada, root } = calls;
    const { id } = await make(ada, FRESH);
    const elsewhere = { ...root, access: { ...root.access, at: inOrg(control.db, "other") } };
    expect(await listed(elsewhere)).toEqual([]);
    expect(await refused(findTemplate(elsewhere, id))).toBe("not-found");
    expect(await refused(deleteTemplate(elsewhere, id))).toBe("not-found");
    expect(await refused(exportTemplate(elsewhere, id))).toBe("not-found");
    const named = { ...BUNDLE, datasets: [{ template: id }] };
    expect((await problemsOf(elsewhere, named)).problems).toMatchObject([{ code: "dataset-not-found" }]);
  });

  test("names are taken in their place, and for each person", async () => {
    const { ada, bea } = calls;
    await make(ada, FRESH);
    expect(await refused(make(bea, FRESH))).toBe("name-taken");
    await make(ada, { ...BUNDLE, name: FRESH.name, datasets: [FRESH] } as never);
    await make(ada, FRESH, null);
    expect(await refused(make(ada, FRESH, null))).toBe("name-taken");
    await make(bea, FRESH, null);
    const other = await make(ada, { ...FRESH, name: "Other" });
    const back = { body: { ...FRESH }, revision: 1 };
    expect(await refused(replaceTemplate(ada, other.id, back))).toBe("name-taken");
    expect((await findTemplate(ada, other.id)).revision).toBe(1);
  });

  test("every change is a revision, and of two at once one is refused", async () => {
    const { ada, max } = calls;
    const { id } = await make(ada, FRESH);
    const change = (name: string) => ({ body: { ...FRESH, name }, revision: 1 });
    const both = await Promise.allSettled([
      replaceTemplate(ada, id, change("by Ada")),
      replaceTemplate(max, id, change("by Max")),
    ]);
    const won = both.find((it) => it.status === "fulfilled");
    const lost = both.find((it) => it.status === "rejected");
    expect(lost!.reason).toMatchObject({ code: "revision-conflict" });
    expect(won!.value).toMatchObject({ revision: 2 });
    expect(await refused(replaceTemplate(ada, id, change("late")))).toBe("revision-conflict");
    expect((await findTemplate(ada, id)).name).toBe(won!.value.name);
    expect(await findTemplate(ada, id, 1)).toMatchObject({
      name: "Fresh soil",
      revision: 1,
      body: { name: "Fresh soil" },
    });
    for (const none of [0, 3, -1, 1.5, 2 ** 40, Number.NaN]) {
      expect(await refused(findTemplate(ada, id, none))).toBe("not-found");
    }
    expect((await revisionsOf(ada, id)).data).toMatchObject([
      {
        revision: 2,
        person: won!.value.name === "by Ada" ? ada.access.identity.person.id : max.access.identity.person.id,
      },
      { revision: 1, person: ada.access.identity.person.id, name: expect.any(String) as string },
    ]);
    const kind = { body: { ...BUNDLE, datasets: [FRESH] }, revision: 2 };
    expect((await refusalOf(replaceTemplate(ada, id, kind))).places).toMatchObject([{ pointer: "/kind" }]);
  });

  test("lists have pages, and find by object type, place and words", async () => {
    const { ada, root } = calls;
    for (const n of [1, 2, 3])
      await make(ada, { ...FRESH, name: `S${n}`, description: n === 2 ? "100%_" : "plain" } as never);
    const projects = { ...FRESH, name: "P", object: "projects", columns: [{ field: "id" }] };
    const { id } = await make(root, projects, water!.id);
    await make(root, { ...BUNDLE, name: "named", datasets: [{ template: id }] } as never);
    await make(root, { ...BUNDLE, name: "inline", datasets: [projects] } as never);
    const first = await listTemplates(ada, { limit: 3 });
    const second = await listTemplates(ada, { limit: 3, after: first.next! });
    expect([first.data.map((it) => it.name), second.data.map((it) => it.name), second.next]).toEqual([
      ["inline", "named", "S3"],
      ["S2", "S1"],
      null,
    ]);
    expect(first.data[2]).toMatchObject({ object: "samples", format: "csv", description: "plain" });
    expect(first.data[0]).not.toHaveProperty("org");
    expect(await listed(root, { object: "projects" })).toEqual(["P", "inline", "named"]);
    expect(await listed(root, { object: "samples", kind: "export-template" })).toEqual([]);
    expect(await listed(root, { namespace: water!.id })).toEqual(["P"]);
    expect(await listed(root, { search: "%_" })).toEqual(["S2"]);
    expect(await listed(root, { search: "PLAIN" })).toEqual(["S1", "S3"]);
    for (const nothing of [{ search: "\0" }, { object: "\0" }, { namespace: "x" }])
      expect(await listed(root, nothing)).toEqual([]);
    expect(await refused(listed(root, { after: "x" }))).toBe("cursor-not-suited");
  });

  test("what is shared is seen and used in another place, and not changed there", async () => {
    const { ada, bea, wim, both, guest } = calls;
    const own = await make(both, { ...FRESH, name: "own" }, null);
    expect(await refused(shareTemplate(ada, own.id, north!.id, true))).toBe("not-found");
    expect(await refused(shareTemplate(both, own.id, "0190ffff-0000-7000-8000-000000000000", true))).toBe("not-found");
    await shareTemplate(both, own.id, water!.id, true);
    await shareTemplate(both, own.id, water!.id, true);
    await shareTemplate(both, own.id, north!.id, true);
    expect(await listed(wim)).toEqual(["own"]);
    expect(await listed(bea)).toEqual(["own"]);
    expect(await refused(listed(guest))).toBe("forbidden");
    const shares = async (call: OrgCall) => (await sharesOf(call, own.id)).data.map(({ namespace }) => namespace);
    expect(await shares(both)).toEqual([north!.id, water!.id].toSorted());
    expect(await shares(wim)).toEqual([water!.id]);
    expect((await findTemplate(wim, own.id)).mayChange).toBe(false);
    const { message } = await refusalOf(replaceTemplate(wim, own.id, { body: bodyOf(own), revision: 1 }));
    expect(message).toBe("Only whoever made this template may change it.");
    expect(await refused(deleteTemplate(wim, own.id))).toBe("forbidden");
    expect((await previewTemplate(wim, { id: own.id }, { limit: 9 })).datasets[0]!.tables[0]!.rows).toHaveLength(1);
    await shareTemplate(both, own.id, water!.id, false);
    expect(await refused(findTemplate(wim, own.id))).toBe("not-found");
    expect(await listed(bea)).toEqual(["own"]);
  });

  test("copies have names of their own, in the caller's language", async () => {
    const { ada, wim, root } = calls;
    const { id } = await make(ada, FRESH);
    const names = [await duplicateTemplate(ada, id), await duplicateTemplate(ada, id)];
    expect(names.map(({ name, namespace, revision }) => [name, namespace, revision])).toEqual([
      ["Fresh soil (copy)", north!.id, 1],
      ["Fresh soil (copy 2)", north!.id, 1],
    ]);
    expect(names[1]!.body["name"]).toBe("Fresh soil (copy 2)");
    expect((await duplicateTemplate(ada, names[0]!.id)).name).toBe("Fresh soil (copy 3)");
    const french = { ...ada, language: "fr-CA" };
    expect((await duplicateTemplate(french, id)).name).toBe("Fresh soil (copie)");
    expect((await duplicateTemplate(french, id, { namespace: null })).namespace).toBeNull();
    expect((await duplicateTemplate(ada, id, { name: "Mine" })).name).toBe("Mine");
    expect(await refused(duplicateTemplate(ada, id, { name: "Mine" }))).toBe("name-taken");
    for (const name of ["", "\0", "x".repeat(201)])
      expect((await refusalOf(duplicateTemplate(ada, id, { name }))).places).toMatchObject([{ pointer: "/name" }]);
    expect(await refused(duplicateTemplate(ada, id, { namespace: water!.id }))).toBe("not-found");
    await shareTemplate(root, id, water!.id, true);
    expect(await duplicateTemplate(wim, id)).toMatchObject({ namespace: null, name: "Fresh soil (copy)" });
    const long = await make(ada, { ...FRESH, name: `${"x".repeat(198)}🌍` });
    expect((await duplicateTemplate(ada, long.id)).name).toBe(`${"x".repeat(193)} (copy)`);
  });

  test("an export template names dataset templates, which are resolved in their newest revision", async () => {
    const { ada, both, wim, root } = calls;
    const fresh = await make(both, FRESH);
    const note = { name: "Licence", format: "text", columns: [{ value: "CC0" }] };
    const weekly = await make(both, {
      ...BUNDLE,
      datasets: [{ template: fresh.id }, note, { template: fresh.id }],
    } as never);
    expect(weekly.body["datasets"]).toMatchObject([
      { template: fresh.id, name: "Fresh soil" },
      note,
      { template: fresh.id },
    ]);
    const changed = { ...FRESH, name: "Fresher", columns: [{ field: "id" }] };
    await replaceTemplate(both, fresh.id, { body: changed, revision: 1 });
    const { template, revisions } = await resolveTemplate(both, weekly.id);
    expect(revisions).toEqual([
      { id: weekly.id, revision: 1 },
      { id: fresh.id, revision: 2 },
    ]);
    expect(template).toMatchObject({
      kind: "export-template",
      datasets: [{ name: "Fresher", columns: [{ field: "id" }] }, { name: "Licence" }, { name: "Fresher" }],
    });
    // Names that collide are told apart, as they will be in the archive (CS9).
    const preview = await previewTemplate(ada, { id: weekly.id }, { limit: 1 });
    expect(preview.datasets.map(({ fileNames }) => fileNames)).toEqual([
      ["fresh-samples.csv"],
      ["Licence.txt"],
      ["fresh-samples (2).csv"],
    ]);
    expect(preview.fileName).toBe("weekly.zip");
    await shareTemplate(root, weekly.id, water!.id, true);
    const unseen = await refusalOf(resolveTemplate(wim, weekly.id));
    expect(unseen.message).toBe(`The dataset template "Fresh soil" is not there any more, or you may not see it.`);
    expect(unseen.places.map(({ pointer }) => pointer)).toEqual(["/datasets/0/template", "/datasets/2/template"]);
    await deleteTemplate(both, fresh.id);
    expect((await refusalOf(exportTemplate(both, weekly.id))).message).toBe(unseen.message);
    expect((await problemsOf(both, bodyOf(weekly))).problems).toMatchObject([
      { code: "dataset-not-found", pointer: "/datasets/0/template" },
      { pointer: "/datasets/2/template" },
    ]);
    expect(await refused(make(both, { ...bodyOf(weekly), name: "again" } as never))).toBe("dataset-not-found");
    const odd = [{ template: 7 }, { template: weekly.id, fileName: "x" }];
    expect((await problemsOf(both, { ...BUNDLE, datasets: odd })).problems).toMatchObject([
      { pointer: "/datasets/0/template" },
      { pointer: "/datasets/1/fileName" },
      { pointer: "/datasets/1/template", code: "dataset-not-found" },
    ]);
  });

  test("a draft is kept, and neither run nor silent about it", async () => {
    const { ada } = calls;
    for (const format of ["csv", "tsv", "ndjson", "json", "json-rows", "xml", "xlsx", "ods", "parquet"]) {
      const draft = { kind: "dataset-template", name: format, object: "samples", format };
      expect((await make(ada, draft)).revision).toBe(1);
      expect((await problemsOf(ada, draft)).problems).toMatchObject([
        { pointer: "/columns", code: "template-is-draft" },
      ]);
    }
    const wrong = { kind: "dataset-template", name: "w", object: "samples", format: "csv", where: { nope: 1 } };
    expect(await refused(make(ada, wrong))).toBe("unknown-field");
    const bundle = { ...BUNDLE, datasets: [{ name: "S", object: "samples", format: "csv" }] };
    const { id } = await make(ada, bundle);
    const preview = await previewTemplate(ada, { id }, { limit: 3 });
    expect(preview.problems).toMatchObject([{ pointer: "/datasets/0/columns", code: "template-is-draft" }]);
    expect(preview.datasets).toMatchObject([
      { fileNames: ["samples.csv"], tables: [{ columns: [], rows: [] }], text: null },
    ]);
  });

  test("a body is kept pinned to its fields, and has every mistake told", async () => {
    const { ada } = calls;
    const { body } = await make(ada, FRESH);
    expect(body["columns"]).toMatchObject([
      { field: "id", name: "Nr", id: "samples.id", type: "integer" },
      { id: "samples.kind" },
      { id: "samples.day", type: "date" },
      { name: "depth" },
      {},
      { field: "place.name", id: "projects.name" },
      { id: "samples.patient", type: "text" },
      { value: "LAB-7" },
    ]);
    const columns = [
      { field: "nope" },
      { field: "day", date: "dd HH" },
      { field: "day", name: "day2", date: { php: "jS" } },
      { field: "id", translate: "kind" },
      { field: "owner" },
      { field: "patient", name: "Nr" },
      { field: "id", name: "Nr" },
      { field: "depth", deidentify: "year" },
    ];
    const dataset = {
      ...FRESH,
      kind: undefined,
      columns,
      where: { patient: "P1" },
      order: ["kind", "-patient", "nope"],
      fileName: "x-{nope}",
      options: { delimiter: "ab" },
      lists: [
        { list: "measures", columns: [{ field: "values" }] },
        { list: "visits", columns: [{ field: "id" }] },
      ],
    };
    const bundle = { ...BUNDLE, datasets: [{ ...FRESH, name: "fine" }, dataset, { name: "N", format: "csv" }] };
    const { problems } = await problemsOf(ada, JSON.parse(JSON.stringify(bundle)));
    for (const { detail, hint } of problems) {
      expect(detail).toMatch(/^\S[^]*[.?!)]$/);
      expect(hint ?? "x").not.toBe("");
    }
    expect(problems.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      "/datasets/1/columns/0/field unknown-field",
      "/datasets/1/columns/1/date date-not-suited",
      "/datasets/1/columns/2/date/php date-not-suited",
      "/datasets/1/columns/3/translate unknown-translation",
      "/datasets/1/columns/6/name template-not-suited",
      "/datasets/1/columns/7/deidentify deidentify-not-suited",
      "/datasets/1/fileName name-not-suited",
      "/datasets/1/lists/0/columns/0/field unknown-field",
      "/datasets/1/lists/1/list unknown-list",
      "/datasets/1/options/delimiter option-not-suited",
      "/datasets/1/order/1 unknown-field",
      "/datasets/1/order/2 unknown-field",
      "/datasets/1/where/patient unknown-field",
      "/datasets/2 template-not-suited",
    ]);
    const saving = await refusalOf(make(ada, JSON.parse(JSON.stringify(bundle)) as never));
    expect(saving.kind).toBe("usage");
    expect(saving.places.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(
      problems.map(({ pointer, code }) => `${pointer} ${code}`),
    );
    for (const shape of [null, 7, [], {}, { kind: "x" }, { kind: "dataset-template", name: 7 }]) {
      expect((await problemsOf(ada, shape)).problems[0]).toMatchObject({ code: "template-not-suited" });
    }
    const many = Array.from({ length: 2000 }, (_, n) => ({ field: `nope${n}` }));
    expect((await problemsOf(ada, { ...FRESH, columns: many })).problems).toHaveLength(500);
    expect((await previewTemplate(ada, { body: { ...FRESH, columns: many } }, { limit: 1 })).datasets).toEqual([]);
    const long = { ...FRESH, name: "x".repeat(201) };
    expect((await problemsOf(ada, long)).problems).toMatchObject([{ pointer: "/name" }]);
    let deep: unknown = 1;
    for (let n = 0; n < 5000; n++) deep = [deep];
    expect((await problemsOf(ada, { ...FRESH, where: { id: deep } })).problems).toMatchObject([{ detail: /64 deep/ }]);
    expect((await problemsOf(ada, { ...FRESH, description: "\0", options: { "\ud800": 1 } })).problems).toMatchObject([
      { pointer: "/description" },
      { pointer: "/options" },
    ]);
  });

  test("files answer for themselves: made, under another name, in place of another, or refused", async () => {
    const { ada, max, bea } = calls;
    const options = { namespace: north!.id, onCollision: "refuse" } as const;
    const file = (content: unknown, name = "a.json") => [{ name, content }];
    expect(await importTemplates(ada, file(FRESH), options)).toMatchObject([{ file: "a.json", outcome: "created" }]);
    const all = await importTemplates(
      ada,
      [
        ...file(`\uFEFF${JSON.stringify({ ...FRESH, name: "second" })}`, "b.json"),
        ...file(FRESH),
        ...file("{", "c.json"),
      ],
      options,
    );
    expect(all).toMatchObject([
      { file: "b.json", outcome: "created", template: { name: "second" } },
      { file: "a.json", outcome: "refused", problems: [{ code: "name-taken" }] },
      { file: "c.json", outcome: "refused", problems: [{ code: "not-json", detail: /"c.json" is not JSON/ }] },
    ]);
    for (const name of ["Fresh soil (2)", "Fresh soil (3)"]) {
      expect(await importTemplates(ada, file(FRESH), { ...options, onCollision: "rename" })).toMatchObject([
        { outcome: "renamed", was: "Fresh soil", template: { name, body: { name } } },
      ]);
    }
    const changed = { ...FRESH, description: "newer" };
    expect(await importTemplates(max, file(changed), { ...options, onCollision: "replace" })).toMatchObject([
      { outcome: "replaced", template: { revision: 2, body: { description: "newer" } } },
    ]);
    // Not by those who may not change it.
    expect(await importTemplates(bea, file(changed), { ...options, onCollision: "replace" })).toMatchObject([
      { outcome: "refused", problems: [{ code: "forbidden" }] },
    ]);
    expect(await importTemplates(bea, file(changed), { namespace: null, onCollision: "replace" })).toMatchObject([
      { outcome: "created" },
    ]);
    expect(await importTemplates(bea, file(FRESH), { namespace: null, onCollision: "replace" })).toMatchObject([
      { outcome: "replaced", template: { revision: 2 } },
    ]);
    expect(await importTemplates(bea, file([FRESH]), options)).toMatchObject([{ outcome: "refused" }]);
    expect(await refused(importTemplates(calls.guest, file(FRESH), options))).toBe("forbidden");
    expect(await refused(importTemplates(calls.wim, file(FRESH), options))).toBe("not-found");
    // Ids of another installation: those that are nothing here give way to the path.
    const foreign = {
      ...FRESH,
      name: "foreign",
      columns: [
        { field: "depth", id: "probes.tiefe", type: "float" },
        { field: "old_day", name: "Day", id: "samples.day", date: "d/m/Y" },
        { field: "day", name: "Day 2", date: { php: "j.n.Y" } },
      ],
      lists: [{ list: "measures", columns: [{ field: "value", id: "x.y" }] }],
    };
    expect(await refused(make(ada, foreign))).toBe("unknown-field");
    const [answer] = await importTemplates(ada, file(foreign), options);
    expect(answer).toMatchObject({
      outcome: "created",
      template: {
        body: {
          columns: [
            { field: "depth", id: "samples.depth", type: "decimal" },
            { field: "day", name: "Day", id: "samples.day", date: "dd/MM/yyyy" },
            { field: "day", date: "d.M.yyyy" },
          ],
          lists: [{ columns: [{ id: "measures.value" }] }],
        },
      },
    });
    const [none] = await importTemplates(ada, file({ ...FRESH, columns: [{ field: "nope", id: "x.nope" }] }), options);
    expect(none).toMatchObject({ outcome: "refused", problems: [{ pointer: "/columns/0/field" }] });
  });

  test("what is exported and imported gives the same bytes", async () => {
    const { both, root } = calls;
    const { id } = await make(both, FRESH);
    const lists = [{ list: "measures", columns: [{ field: "value" }] }];
    const second = {
      ...FRESH,
      kind: undefined,
      name: "J",
      format: "json",
      options: {},
      lists,
      where: { id: { $gt: 1 } },
      order: ["-id"],
    };
    const body = JSON.parse(
      JSON.stringify({ ...BUNDLE, name: "Week/ly", version: "2", datasets: [{ template: id }, second] }),
    ) as never;
    const weekly = await make(both, body);
    const file = await exportTemplate(both, weekly.id);
    expect(file.fileName).toBe("Week_ly.json");
    expect(JSON.parse(file.text)).toMatchObject({
      kind: "export-template",
      datasets: [{ name: "Fresh soil" }, { name: "J" }],
    });
    const [answer] = await importTemplates(root, [{ name: file.fileName, content: file.text }], {
      namespace: water!.id,
      onCollision: "refuse",
    });
    expect(answer!.outcome).toBe("created");
    const again = await exportTemplate(root, answer!.outcome === "created" ? answer!.template.id : "");
    expect(again.text).toBe(file.text);
    const catalog = org.catalogIn("en");
    const access = accessOf(null, catalog);
    const asked = { catalog, access, key: org.pseudonymKey };
    for (const n of [0, 1]) {
      const bytes = async (template: string) => {
        const { datasets } = JSON.parse(template) as { datasets: object[] };
        return (await templated(url, { ...datasets[n], kind: "dataset-template" }, asked)).text;
      };
      expect(await bytes(again.text)).toBe(await bytes(file.text));
      expect((await bytes(file.text)).length).toBeGreaterThan(50);
    }
  });

  test("a field that is no more leaves its column, and the template is opened, looked at and run", async () => {
    const folder = temporaryFolder();
    const source = await labSource("sqlite", SQL);
    const file = join(folder, "waybill.yaml");
    const { signal } = new AbortController();
    const opened = async (objects: object) => {
      const salt = "a salt of tests, longer than thirty-two characters";
      writeFileSync(
        file,
        JSON.stringify({ orgs: { lab: { salt, sources: { main: { url: source.url } }, ...CONFIG, objects } } }),
      );
      const config = await readConfig(file, {});
      const its2 = await openOrg(config, config.orgs.get("lab")!, { file, warn: () => {}, signal });
      return { ...calls.ada, org: async () => its2 };
    };
    const before = await opened(CONFIG.objects);
    const columns = [{ field: "id" }, { field: "gone", date: "dd/MM/yyyy" }, { field: "kind", name: "Kind" }];
    const { id } = await make(before, { ...FRESH, columns } as never);
    await source.run("ALTER TABLE samples DROP COLUMN gone; ALTER TABLE samples RENAME COLUMN kind TO sort");
    const fields = { ...SAMPLES.fields, sort: { was: "kind" } };
    const after = await opened({ ...CONFIG.objects, samples: { ...SAMPLES, fields } });
    const found = await findTemplate(after, id);
    const { problems, notes } = await problemsOf(after, found.body);
    expect(problems).toEqual([]);
    expect(notes).toMatchObject([
      { pointer: "/columns/1", note: "removed", column: "gone" },
      { pointer: "/columns/2", note: "renamed", before: "kind" },
    ]);
    const { datasets } = await previewTemplate(after, { id }, { limit: 2 });
    expect(datasets[0]!.tables[0]).toMatchObject({
      columns: [
        { name: "id" },
        { name: "gone", note: { note: "removed" } },
        { name: "Kind", note: { note: "renamed" } },
      ],
      rows: [
        [1, null, "soil"],
        [2, null, null],
      ],
    });
    const change = await replaceTemplate(after, id, { body: { ...bodyOf(found), description: "still" }, revision: 1 });
    expect(change.body["columns"]).toMatchObject([
      {},
      { field: "gone", id: "samples.gone" },
      { field: "sort", name: "Kind" },
    ]);
    await source.run("DROP TABLE measures; DROP TABLE samples");
    const gone = await opened({ projects: { key: "id" } });
    expect(await findTemplate(gone, id)).toMatchObject({ revision: 2 });
    expect((await problemsOf(gone, found.body)).problems).toMatchObject([
      { pointer: "/object", code: "unknown-object" },
    ]);
    expect((await previewTemplate(gone, { id }, { limit: 2 })).datasets).toMatchObject([{ tables: [], text: null }]);
  });
});
