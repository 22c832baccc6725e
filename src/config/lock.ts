// What `waybill.lock` remembers: the stable id and the place of every field that was ever there. Pure.

/** A field that was there once, and may be still. */
export interface LockedField {
  /** `object.field` by its first name; never changes, and is not given twice in an org. */
  readonly id: string;
  /** Fields are in the order of these, and then of their ids (two branches may have given the same). Never changes. */
  readonly place: number;
  /** Its name now, or when it was last there; null when another field has taken that name by `was`. */
  readonly name: string | null;
  /** The `was` that has been looked at: it may stay in the configuration, and is applied once. */
  readonly was: string | null;
}

/** By org and object type, in their order. */
export type Lock = ReadonlyMap<string, ReadonlyMap<string, readonly LockedField[]>>;

/** A field as it is now; a JSON key is a field with dots, as `metadata.depth`, and its `was` has them too. */
export interface CurrentField {
  readonly name: string;
  readonly was: string | null;
}

/** By org and object type. */
export type CurrentFields = ReadonlyMap<string, ReadonlyMap<string, readonly CurrentField[]>>;

/** A `was` that names no field that was ever there. */
export interface UnknownFormer {
  readonly org: string;
  readonly object: string;
  readonly field: string;
  readonly was: string;
}

export interface Updated {
  readonly lock: Lock;
  readonly changed: boolean;
  /** Told once: afterwards the lock knows of it. */
  readonly unknown: readonly UnknownFormer[];
}

/**
 * Brings a lock up to date. What is not in `current` (orgs, object types, fields) stays as it was: it may come back.
 */
export function updateLock(lock: Lock, current: CurrentFields): Updated {
  const next = new Map(lock);
  const unknown: UnknownFormer[] = [];
  let changed = false;
  for (const [org, objects] of current) {
    const known = new Map(lock.get(org) ?? []);
    const ids = new Set([...known.values()].flatMap((fields) => fields.map(({ id }) => id)));
    for (const [object, fields] of objects) {
      const former = known.get(object) ?? [];
      const updated = updateObject(former, object, fields, ids, (field, was) => {
        unknown.push({ org, object, field, was });
      });
      if (updated === former) continue;
      known.set(object, updated);
      changed = true;
    }
    next.set(org, known);
  }
  return changed ? { lock: next, changed, unknown } : { lock, changed, unknown };
}

/** Gives `former` itself when nothing has changed. */
function updateObject(
  former: readonly LockedField[],
  object: string,
  current: readonly CurrentField[],
  ids: Set<string>,
  reportUnknown: (field: string, was: string) => void,
): readonly LockedField[] {
  const byName = new Map(former.map((field) => [field.name, field]));
  const names = new Set(current.map(({ name }) => name));
  const renamedFields = new Map(current.flatMap(({ name, was }) => (was === null ? [] : [[name, was]])));
  /** What becomes of an entry, by its id. All names are looked up as they were before, so that two may be swapped. */
  const becomes = new Map<string, LockedField>();
  const isRenamed = new Set<string>();
  const looked = new Map<string, string>();

  for (const { name, was: own } of current) {
    const [was, ...others] = formerNames(name, own, renamedFields);
    const entry = byName.get(name);
    if (was === undefined) continue;
    looked.set(name, was);
    if (entry?.was === was) continue;
    const from = [was, ...others]
      .map((it) => byName.get(it) ?? former.find((field) => isGone(field, it, object, names)))
      .find((it) => it !== undefined && it !== entry && !isRenamed.has(it.id));
    if (from !== undefined) {
      becomes.set(from.id, { ...from, name, was });
      isRenamed.add(from.id);
    } else if (own !== null) reportUnknown(name, own);
  }
  const taken = new Set([...becomes.values()].map(({ name }) => name));
  for (const field of former) {
    if (field.name === null || isRenamed.has(field.id)) continue;
    const was = looked.get(field.name);
    if (taken.has(field.name)) becomes.set(field.id, { ...field, name: null });
    else if (was !== undefined && was !== field.was) becomes.set(field.id, { ...field, was });
  }

  const kept = becomes.size === 0 ? former : former.map((field) => becomes.get(field.id) ?? field);
  const held = new Set(kept.map(({ name }) => name));
  let place = kept.reduce((most, field) => Math.max(most, field.place), 0);
  const added = current.flatMap(({ name }) => {
    if (held.has(name)) return [];
    held.add(name);
    return { id: newId(`${object}.${name}`, ids), place: ++place, name, was: looked.get(name) ?? null };
  });
  return added.length === 0 ? kept : [...kept, ...added];
}

/** The names that a field may have had: by its own `was`, and by that of the field whose JSON it is a key of. */
function formerNames(name: string, was: string | null, renamed: ReadonlyMap<string, string>): string[] {
  const names = was === null ? [] : [was];
  const path = was ?? name;
  for (let dot = name.lastIndexOf("."); dot > 0; dot = name.lastIndexOf(".", dot - 1)) {
    const outer = name.slice(0, dot);
    const before = renamed.get(outer);
    if (before !== undefined && path.startsWith(`${outer}.`)) names.push(before + path.slice(dot));
  }
  return names;
}

/** Whether a field that is there no more had a name further back than its last one. */
function isGone(field: LockedField, was: string, object: string, names: ReadonlySet<string>): boolean {
  if (field.name !== null && names.has(field.name)) return false;
  return field.was === was || field.id === `${object}.${was}`;
}

function newId(wanted: string, ids: Set<string>): string {
  let id = wanted;
  for (let n = 2; ids.has(id); n++) id = `${wanted}~${n}`;
  ids.add(id);
  return id;
}
