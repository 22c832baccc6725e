// The text of `waybill.lock`: a line of JSON for each field, sorted, with all about it. So changes of two branches merge
// by keeping every line (`waybill.lock merge=union` in .gitattributes does it), and 20,000 of them are read in no time.
import { z } from "zod";
import { usageError, type WaybillError } from "../lib/errors.ts";
import type { Lock, LockedField } from "./lock.ts";

const VERSION = 1;
const HEAD = JSON.stringify({
  "waybill.lock": VERSION,
  note: "Keep this file beside the configuration. Waybill writes it.",
});

const head = z.object({ "waybill.lock": z.int().min(1) });
const line = z.strictObject({
  org: z.string(),
  object: z.string(),
  id: z.string().min(1),
  place: z.int().min(1),
  name: z.string().nullable(),
  was: z.string().nullable().default(null),
});

/** The text of a lock. The same fields give the same text. */
export function printLock(lock: Lock): string {
  const lines = [...lock].flatMap(([org, objects]) => {
    return [...objects].flatMap(([object, fields]) => fields.map((field) => ({ org, object, ...field })));
  });
  const sorted = lines.toSorted((a, b) => compare(a.org, b.org) || compare(a.object, b.object) || compare(a.id, b.id));
  const texts = sorted.map(({ org, object, id, place, name, was }) => {
    return JSON.stringify({ org, object, id, place, name, ...(was === null ? {} : { was }) });
  });
  return [HEAD, ...texts, ""].join("\n");
}

/** By code unit: the same on every machine. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Reads the text of a lock.
 * @param file its path, for messages
 * @throws usageError `lock` when it is damaged, or was written by a later Waybill
 */
export function parseLock(text: string, file: string): Lock {
  const [first = "", ...rest] = text.split(/\r?\n/);
  const version = head.safeParse(json(first)).data?.["waybill.lock"];
  if (version === undefined) throw wrong(file, 1, "this is not the first line of a lock file");
  if (version > VERSION) {
    throw usageError("lock", `${file} was written by a later version of Waybill.`, { hint: "Update Waybill." });
  }
  const lock = new Map<string, Map<string, LockedField[]>>();
  const seen = new Map<string, number>();
  for (const [index, content] of rest.entries()) {
    if (content === "") continue;
    const at = index + 2;
    if (/^(?:<{7}|={7}|>{7}|\|{7})/.test(content)) throw wrong(file, at, "a merge conflict is left");
    const { data } = line.safeParse(json(content));
    if (data === undefined) throw wrong(file, at, "the line is damaged");
    const { org, object, ...field } = data;
    for (const key of [`id ${field.id}`, ...(field.name === null ? [] : [`name ${object} ${field.name}`])]) {
      const before = seen.get(`${org} ${key}`);
      if (before !== undefined) throw wrong(file, at, `this field is on line ${before} already`);
      seen.set(`${org} ${key}`, at);
    }
    if (!lock.has(org)) lock.set(org, new Map());
    const objects = lock.get(org)!;
    if (!objects.has(object)) objects.set(object, []);
    objects.get(object)!.push(field);
  }
  for (const objects of lock.values()) {
    for (const fields of objects.values()) fields.sort((a, b) => a.place - b.place || compare(a.id, b.id));
  }
  return lock;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wrong(file: string, at: number, what: string): WaybillError {
  return usageError("lock", `${file}:${at}: ${what}.`, {
    hint: "Mend it (each field has one line), or take back its last version from version control.",
  });
}
