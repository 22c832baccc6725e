// The items of one record's list, as a table of their own: child records, or documents nested in the record.
import type { List, ObjectType } from "../catalog/types.ts";
import { inputError } from "../lib/errors.ts";
import { linked } from "./bound-list.ts";
import { Cells } from "./cells.ts";
import { recordsAmong } from "./keys.ts";
import { listNamed } from "./list-named.ts";
import { isKnownKey } from "./page.ts";
import { type PlanContext, Scope } from "./scope.ts";
import type { ParentBinding } from "./select.ts";
import { rootSelect } from "./table-planner.ts";

/** One record's list. */
export interface Prefix {
  /** The record's key (`lib/record-key.ts`). */
  readonly key: string;
  /** The list's name. */
  readonly list: string;
}

/** Reads `<key>/<list>`. A key may have slashes, the name of a list none. @throws inputError `prefix-not-suited` */
export function readPrefix(text: string): Prefix {
  const slash = text.lastIndexOf("/");
  if (slash > 0 && slash < text.length - 1) return { key: text.slice(0, slash), list: text.slice(slash + 1) };
  throw inputError("prefix-not-suited", "/prefix", "The prefix names no list of a record.", "Write <key>/<list>.");
}

/** The items of a record's list, and what binds them to the record. */
export interface RecordList {
  /** The object type of the items. */
  readonly items: ObjectType;
  /** The binding of a select of the items to the record, as far as the principal may see it. */
  readonly bind: (scope: Scope) => ParentBinding;
}

/**
 * Whether there is such a record, and for the principal, is asked beforehand (`recordThere`): a list of none has no items.
 * @throws inputError `unknown-list`, `no-key` where the principal may name no record
 */
export function recordList({ key, list: name }: Prefix, object: ObjectType, context: PlanContext): RecordList {
  const { catalog, access, timeZone } = context;
  const { list, items } = listNamed(name, object, catalog, access, "/prefix");
  if (!isKnownKey(object, access)) {
    throw inputError("no-key", "/prefix", `${object.name} has no key by which you could name a record.`);
  }
  return { items, bind: (scope) => bound(list, scope) };

  function bound({ by }: List, scope: Scope): ParentBinding {
    const record = new Scope(context, object);
    const where = record.restricted(recordsAmong(object, [key]));
    const restriction = { where, order: [], limit: null, estimatedRows: null };
    return {
      select: rootSelect(record, new Cells(), restriction, timeZone),
      by: by.map(({ from, to }) => ({ from: linked(record, from), to: linked(scope, to) })),
    };
  }
}
