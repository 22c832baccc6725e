// What was exported in the demo before today, so that usage, lists and the audit log have something to show.
import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Control } from "../src/control/open.ts";
import { Random } from "./random.ts";
import { DAY, HOUR } from "./times.ts";

/** Object type, kind, format, label, and about how many rows. */
type Usual = readonly [string, string, string, string | null, number];

/** What each organisation exports again and again. */
const USUAL: Readonly<Record<string, readonly Usual[]>> = {
  wetland: [
    ["samples", "table", "text/csv", "Fresh samples", 48_000],
    ["samples", "table", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Weekly samples", 12_000],
    ["measures", "table", "application/vnd.apache.parquet", null, 210_000],
    ["samples", "files", "application/zip", "Photographs of the summer campaign", 900],
  ],
  genomics: [
    ["project_samples", "table", "text/csv", "Line list", 5200],
    ["project_samples", "files", "application/zip", "Reads for the consortium", 640],
    ["analysis_runs", "analysis", "application/zip", null, 12],
  ],
  townhall: [
    ["case_files", "table", "application/vnd.oasis.opendocument.spreadsheet", "Dossiers acceptés", 3100],
    ["case_files", "records", "application/zip", "Archives départementales", 260],
  ],
  computing: [
    ["jobs", "realm", "text/csv", "Jobs of the month", 90_000],
    ["jobs", "aggregate", "text/csv", "CPU hours by queue", 40],
  ],
};

const FAULT = { code: "source", detail: "The source main cannot be reached.", hint: "Order the export again later." };
/** Days that are gone by; those that follow are left to the people who try the demo. */
const [FIRST, LAST] = [100, 1];

/** @param people ids; who does something is one of them */
export async function writeHistory(
  control: Control,
  orgs: readonly string[],
  people: readonly string[],
): Promise<void> {
  const random = new Random(42);
  const midnight = Math.floor(Date.now() / 1000 / DAY) * DAY;
  for (const [org, usual] of Object.entries(USUAL).filter(([code]) => orgs.includes(code))) {
    for (let ago = FIRST; ago >= LAST; ago--) {
      const day = midnight - ago * DAY;
      const isWeekend = [0, 6].includes(new Date(day * 1000).getUTCDay());
      const count = Math.floor(random.next() * (isWeekend ? 2 : 3 + (FIRST - ago) / 25));
      for (let n = 0; n < count; n++) {
        const [object, kind, format, label, about] = random.pick(usual);
        const at = day + 8 * HOUR + Math.floor(random.next() * 10 * HOUR);
        const rows = Math.floor(about * (0.5 + random.next()));
        const luck = random.next();
        const state: Done["state"] = luck < 0.05 ? "error" : luck < 0.08 ? "cancelled" : "expired";
        const its = { org, at, object, kind, format, label, rows, state, person: random.pick(people) };
        await addExport(control, { ...its, keptFor: (2 + random.next() * 5) * DAY, now: Date.now() / 1000 });
      }
    }
  }
}

/** Of today: some that become ready, one that waits for a second person, and some that wait for their window. */
export async function orderExports(
  ask: (method: string, path: string, body: object) => Promise<unknown>,
  orgs: readonly string[],
): Promise<void> {
  const order = async (org: string, body: object): Promise<void> => {
    if (orgs.includes(org)) await ask("POST", `/${org}/v2/exports`, body);
  };
  const type = (objects: string, format: string, label: string) => ({ objects, format, label });
  await order("wetland", type("samples", "xlsx", "Samples of this week"));
  await order("wetland", type("measures", "csv", "All measures"));
  await order("genomics", type("project_samples", "csv", "Line list of today"));
  const purpose = "Yearly report to the prefecture";
  await order("townhall", { ...type("case_files", "ods", "All case files"), purpose });
  for (const [to, label] of [
    ["2024-03-31", "Jobs for the accounting"],
    ["2024-06-30", "Jobs for the steering committee"],
  ]) {
    await order("computing", { realm: "jobs", from: "2024-01-01", to, format: "csv", label });
  }
}

interface Done {
  readonly org: string;
  /** Seconds. */
  readonly at: number;
  readonly now: number;
  readonly keptFor: number;
  readonly object: string;
  readonly kind: string;
  readonly format: string;
  readonly label: string | null;
  readonly rows: number;
  readonly state: "error" | "cancelled" | "expired";
  readonly person: string;
}

async function addExport({ db }: Control, its: Done): Promise<void> {
  const { org, at, object, rows, state, person } = its;
  const id = idAt(at);
  const time = (seconds: number): Date => new Date(seconds * 1000);
  const isDone = state === "expired";
  const size = isDone ? rows * (its.kind === "files" ? 90_000 : 120) : null;
  const ended = at + 20 + rows / 9000;
  const request = { objects: object, format: its.format };
  await sql`insert into export (org, id, person, label, kind, object, format, request, revisions, notify, language, time_zone,
      join_key, state, attempt, created_at, started_at, ended_at, expires_at, rows, total_rows, bytes, file_name, mime, size,
      stored_size, fault)
    values (${org}, ${id}, ${person}, ${its.label}, ${its.kind}, ${object}, ${its.format}, ${JSON.stringify(request)}::jsonb,
      '[]'::jsonb, false, 'en', 'UTC', ${createHash("sha256").update(id).digest()}, ${state}, 1, ${time(at)}, ${time(at + 12)},
      ${time(ended)}, ${isDone ? time(Math.min(ended + its.keptFor, its.now - 60)) : null}, ${isDone ? rows : 0},
      ${rows}, ${size ?? 0}, ${`${object}.zip`}, 'application/zip', ${size}, ${size},
      ${state === "error" ? JSON.stringify(FAULT) : null}::jsonb)`.execute(db);
  const said = async (action: string, when: number, details: object): Promise<void> => {
    await sql`insert into audit (org, id, at, person, action, subject_kind, subject, details, address, request_id)
      values (${org}, ${idAt(when)}, ${time(when)}, ${person}, ${action}, 'export', ${id}, ${JSON.stringify(details)}::jsonb,
        ${`192.0.2.${(rows % 40) + 1}`}, ${randomBytes(8).toString("hex")})`.execute(db);
  };
  await said("export.create", at, { object });
  if (isDone) await said("export.download", ended + 600, {});
  if (state === "cancelled") await said("export.cancel", ended, {});
}

/** An id of that time: UUID version 7, as all that are made here. */
function idAt(seconds: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Math.floor(seconds * 1000), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
