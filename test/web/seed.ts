// What people have made before tests begin: batches, templates and exports in every state, so that pages have something to show.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type Answered, type Ask, asking, type Cookie, over, PEOPLE, type Person, signedIn } from "./api.ts";
import type { Change } from "./service.ts";

/** What addresses of pages need: ids by what they are. */
export interface Seeded {
  readonly cookies: Readonly<Record<Person, readonly Cookie[]>>;
  readonly ids: Readonly<Record<string, string>>;
}

/** An organisation without anything, and requests that are fulfilled at once rather than at night. */
export const forTests: Change = (orgs) => {
  orgs["computing"]!["window"] = "*/3 * * * * *";
  orgs["herbarium"] = {
    name: { en: "Herbarium", fr: "Herbier" },
    timeZone: "Europe/Paris",
    sources: { main: { url: "sqlite:empty.db" } },
    objects: {
      specimens: { label: { en: "Specimens", fr: "Spécimens" }, title: "name" },
      loans: { label: { en: "Loans", fr: "Prêts" }, range: { field: "lent_at", max: "P1Y" } },
    },
  };
};

/** The database of the organisation without anything. */
export function writeEmptyDatabase(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, "empty.db"));
  database.exec(`
    CREATE TABLE specimens (id INTEGER PRIMARY KEY, name TEXT NOT NULL, found_on DATE);
    CREATE TABLE loans (id INTEGER PRIMARY KEY, borrower TEXT NOT NULL, lent_at TIMESTAMP WITH TIME ZONE NOT NULL);
  `);
  database.close();
}

export async function seed(url: string): Promise<Seeded> {
  const cookies = {} as Record<Person, Cookie[]>;
  for (const person of PEOPLE) cookies[person] = await signedIn(url, person);
  const ids: Record<string, string> = {};
  const ada = (org: string): Ask => asking(url, cookies.ada, org);
  await seedLaboratory(ada("wetland"), ids);
  await seedOthers(ada, ids);
  return { cookies, ids };
}

async function seedLaboratory(ask: Ask, ids: Record<string, string>): Promise<void> {
  const { data: namespaces }: Answered = await ask("GET", "namespaces?limit=10");
  const namespace = (ids["namespace"] = namespaces[0]._id);
  const made = async (name: string, path: string, body: object): Promise<string> =>
    (ids[name] = (await ask("POST", path, body))._id);
  const batch = await made("batch", "batches", {
    object: "samples",
    namespace,
    name: "Frozen in June",
    where: { status: 2 },
  });
  const { data: records }: Answered = await ask("GET", `batches/${batch}/records?limit=2`);
  const keys = records.map((it: Answered) => String(it.id));
  await made("small-batch", "batches", { object: "samples", namespace, name: "Two to look at", keys });
  const samples = {
    kind: "dataset-template",
    name: "Samples with their place",
    object: "samples",
    format: "csv",
    fileName: "samples.csv",
    options: { delimiter: ";" },
    columns: [
      { field: "uid", name: "Identifier", mandatory: true },
      { field: "name", name: "Name" },
      { field: "collected_on", name: "Collected", date: "dd/MM/yyyy" },
      { field: "status", name: "Status", translate: { 1: "fresh", 2: "frozen" } },
      { field: "metadata.depth", name: "Depth (m)", default: "0" },
      { field: "campaign.name", name: "Campaign" },
      { value: "LAB-7", name: "Laboratory" },
    ],
  };
  const dataset = await made("dataset-template", "dataset-templates", samples);
  const strict = await made("strict-template", "dataset-templates", {
    ...samples,
    name: "Samples that must have a campaign and a comment",
    columns: [
      { field: "name", name: "Name" },
      { field: "campaign.name", name: "Campaign", mandatory: true },
      { field: "comment", name: "Comment", mandatory: true },
    ],
  });
  await ask("PUT", `dataset-templates/${dataset}?revision=1`, {
    ...samples,
    columns: [...samples.columns, { field: "expires_on", name: "Expires" }],
  });
  await made("export-template", "export-templates", {
    kind: "export-template",
    name: "Weekly handover",
    description: "Samples and a licence, as the archive asks for them every Monday.",
    version: "2",
    compressed: true,
    fileName: "weekly-{date}",
    datasets: [{ template: dataset }],
  });
  await made("export", "exports", {
    label: "Frozen samples with their place, for the regional archive",
    description: "Asked for by the archive on Monday.",
    batch,
    exportTemplate: ids["export-template"],
  });
  await made("failed-export", "exports", {
    label: "Samples that must have a campaign",
    objects: "samples",
    datasetTemplate: strict,
  });
  await made("files-export", "exports", {
    label: "Photographs and notes",
    batch: ids["small-batch"],
    layout: "folders",
  });
  await made("spreadsheet-export", "exports", { objects: "samples", where: { status: 1 }, format: "xlsx" });
  for (const name of ["export", "failed-export", "files-export", "spreadsheet-export"]) await over(ask, ids[name]!);
  await ask("POST", "persisted-queries", {
    name: "Nightly samples",
    document:
      "query Nightly($since: DateTime!, $after: String) {\n  samples(updatedSince: $since, first: 100, after: $after) {\n    nodes { code status }\n    pageInfo { hasNextPage endCursor }\n  }\n}\n",
  });
  await ask("POST", "tokens", { name: "Nightly statistics", scopes: ["read"], expires: null });
  await ask("POST", "invitations", { email: "gwenaelle.le-bihan@herbier.example.org", role: "analyst", namespace });
  await ask("POST", "invitations", { email: "auditor@example.org", role: null, namespace: null });
}

async function seedOthers(ada: (org: string) => Ask, ids: Record<string, string>): Promise<void> {
  const townhall = ada("townhall");
  // More rows than one person may have: it waits for another's approval.
  const asked = await townhall("POST", "exports", {
    label: "All case files of the year",
    objects: "case_files",
    format: "ods",
    purpose: "Yearly report to the council",
  });
  ids["approval-export"] = asked._id;
  const computing = ada("computing");
  const realm = { realm: "jobs", from: "2024-01-01", to: "2024-03-31", format: "csv" };
  ids["realm-export"] = (await computing("POST", "exports", realm))._id;
  await over(computing, ids["realm-export"]!);
}

export function writeSeeded(file: string, seeded: Seeded): void {
  writeFileSync(file, JSON.stringify(seeded, null, 2));
}
