// The examples of docs/graphql.md are run.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { answer } from "../../src/http/graphql/answer.ts";
import { LIMITS } from "../../src/http/graphql/limits.ts";
import { temporaryFolder } from "../setup/control.ts";
import { callBy, openLab } from "../setup/org-call.ts";

const TEXT = readFileSync(new URL("../../docs/graphql.md", import.meta.url), "utf8");

test("each example of the documentation is answered", async () => {
  const folder = temporaryFolder();
  const db = new DatabaseSync(join(folder, "lab.db"));
  db.exec(`create table projects (id integer primary key, name text);
    create table samples (id integer primary key, project_id integer references projects (id), name text, depth real, collected_on date, updated_at timestamptz);
    create table measures (id integer primary key, sample_id integer references samples (id), value integer);
    create table papers (id integer primary key, sample_id integer, name text, path text, size integer);
    create table sample_deletions (sample_id integer primary key, deleted_at timestamptz);
    insert into projects values (1, 'Soil');
    insert into samples values (1, 1, 'Alder', 2.5, '2024-05-01', '2024-05-02T00:00:00Z'), (2, 1, 'Birch', 0.5, null, '2024-04-01T00:00:00Z');
    insert into measures values (1, 1, 10); insert into papers values (1, 1, 'note.txt', 'note', 4);
    insert into sample_deletions values (7, '2024-05-03T00:00:00Z')`);
  db.close();
  const org = await openLab(
    `sqlite:${join(folder, "lab.db")}`,
    {
      samples: {
        updated: "updated_at",
        deleted: { object: "sample_deletions", key: "sample_id", at: "deleted_at" },
        references: { project: { object: "projects", by: "project_id" } },
        files: {
          papers: { object: "papers", by: "sample_id", store: "store", path: "path", name: "name", size: "size" },
        },
      },
      projects: {},
      measures: {},
      papers: {},
      sample_deletions: {},
    },
    { sources: { main: { url: `sqlite:${join(folder, "lab.db")}` }, store: { url: `dir:${folder}` } } },
  );
  const call = callBy(org, "admin");
  const examples = [...TEXT.matchAll(/```graphql\n(.*?)```(?:\s*```json\n(.*?)```)?/gs)];
  const answers: unknown[] = [];
  for (const [, query = "", variables = "{}"] of examples) {
    const request = { query, variables: JSON.parse(variables) as Record<string, unknown> };
    const how = {
      baseUrl: "https://waybill.example",
      fileLink: () => "https://waybill.example/file",
      timeLimit: 30_000,
    };
    const { body } = await answer(call, request, {
      ...how,
      requestId: "r",
      onDefect: (error) => expect.fail(String(error)),
    });
    const { data, errors } = JSON.parse(String(body)) as { data: unknown; errors?: unknown };
    expect(errors, query).toBeUndefined();
    answers.push(data);
  }
  expect(answers).toMatchObject([
    {
      samples: {
        nodes: [
          {
            name: "Alder",
            project: { name: "Soil" },
            measures: { nodes: [{ value: "10" }], totalCount: 1 },
            papers: { nodes: [{ name: "note.txt", size: 4 }] },
          },
        ],
      },
    },
    { samples: { nodes: [{ _key: "1" }, { _key: "2" }], pageInfo: { hasNextPage: false } } },
    { samples: { nodes: [{ name: "Alder" }] } },
    { deletedSamples: { nodes: [{ key: "7" }] } },
  ]);
  await org.close();
});

test("its limits are those that hold", () => {
  const rows = new Map(
    [...TEXT.matchAll(/^\| (.*?)\s+\| (.*?)\s+\|$/gm)].map(([, what, most]) => [what!, most!.replaceAll(",", "")]),
  );
  expect(rows.get("words and signs of a document (tokens)")).toBe(String(LIMITS.tokens));
  expect(rows.get("fields within fields, introspection apart")).toBe(String(LIMITS.levels));
  expect(rows.get("aliases")).toBe(String(LIMITS.aliases));
  expect(rows.get("fields at the root of an operation")).toBe(String(LIMITS.rootFields));
  expect(rows.get("records that the answer can have: sizes of pages times those of pages in them")).toBe(
    String(LIMITS.records),
  );
  expect(rows.get("values that it can have")).toBe(String(LIMITS.values));
});
