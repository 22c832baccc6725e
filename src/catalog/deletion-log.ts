// Whether what the configuration names as the log of an object type's deletions can be one.
import type { DeletedConfig } from "../config/config.ts";
import { suggest } from "../lib/suggest.ts";
import type { ConfigProblem, Draft } from "./configure.ts";
import type { Report } from "./configured-fields.ts";
import { type Catalog, type Field, isColumn, type ObjectType } from "./types.ts";

/** Reports what does not suit at its place below `deleted`. */
export function checkDeletionLog(
  { object, key, at }: DeletedConfig,
  deleted: Draft,
  drafts: ReadonlyMap<string, Draft>,
  problem: Report,
): void {
  const log = drafts.get(object);
  if (log === undefined) {
    problem(["object"], `There is no object type "${object}".`, suggest(object, [...drafts.keys()]));
    return;
  }
  if (log.key.length === 0) {
    problem(["object"], `${object} has no key, so there is no telling which of its entries were seen.`, KEY);
  }
  const fieldAt = (place: string, name: string): Field | undefined => {
    const columns = log.fields.filter(isColumn);
    const field = columns.find((it) => it.name === name);
    const names = columns.map((it) => it.name);
    if (field === undefined) problem([place], `${object} has no column "${name}".`, suggest(name, names));
    return field;
  };
  const fields = key.map((name) => fieldAt("key", name));
  if (key.length !== deleted.key.length) {
    const its = deleted.key.length === 0 ? "no key" : `a key of ${deleted.key.length} (${deleted.key.join(", ")})`;
    problem(["key"], `${deleted.name} has ${its}, and here are ${key.length}.`);
  } else {
    for (const [n, field] of fields.entries()) {
      const type = deleted.fields.find((it) => it.name === deleted.key[n])?.type;
      // Keys are compared as texts.
      if (field === undefined || field.type === type || field.type === "text") continue;
      problem(["key"], `"${field.name}" is ${field.type}, but "${deleted.key[n]}" of ${deleted.name} is ${type}.`);
    }
  }
  const time = fieldAt("at", at);
  if (time !== undefined && !["date", "datetime", "instant"].includes(time.type)) {
    problem(["at"], `"${at}" is ${time.type}; it takes a date, a datetime or an instant.`);
  }
}

const KEY = "Name one with key:.";

/** Logs that everybody may read, though not every record whose deletion they tell. It works, and deserves a look. */
export function openLogs({ objects }: Catalog): ConfigProblem[] {
  const isOpen = ({ policy, roles }: ObjectType): boolean => policy === undefined && roles?.namespace === undefined;
  return [...objects.values()].flatMap((object) => {
    const log = objects.get(object.roles?.deleted?.object ?? "");
    if (log === undefined || isOpen(object) || !isOpen(log)) return [];
    return {
      path: ["objects", object.name, "deleted", "object"],
      detail: `Everybody may read the keys of deleted ${object.name} in ${log.name}, which has neither a policy nor a namespace.`,
      hint: `Give ${log.name} one under objects, or policy: {} where everybody may.`,
    };
  });
}
