// Keys inside of a JSON column, and arrays of documents, as a sample suggests them.
import type { DeclaredType } from "../config/config.ts";
import { commonType, JsonNumber, scalarType } from "./json-types.ts";
import { canBeKey } from "./yaml-lines.ts";

/** A key, with dots where it is further down. */
export interface FoundKey {
  readonly path: string;
  readonly type: DeclaredType;
}

/** An array of documents: the path of the array (empty for the column itself) and the keys of its documents. */
export interface FoundList {
  readonly path: string;
  readonly keys: readonly FoundKey[];
  readonly rare: readonly string[];
}

export interface FoundKeys {
  readonly keys: readonly FoundKey[];
  /** Keys that few documents have, or of which only nothing is known. */
  readonly rare: readonly string[];
  readonly lists: readonly FoundList[];
  /** Whether the keys are data themselves, as codes or names are: none is written then. */
  readonly isDictionary: boolean;
}

export const MOST_KEYS = 40;
const MOST_RARE = 40;
/** Dots in a path. */
const DEEPEST = 2;
const LONGEST_KEY = 60;

/** What is known of the values in one place of many documents. */
export class Place {
  /** How many values are there, null included. */
  seen = 0;
  objects = 0;
  /** Arrays that hold documents and nothing else. */
  tables = 0;
  readonly types = new Set<DeclaredType>();
  readonly children = new Map<string, Place>();
  /** The documents in arrays here. */
  items: Place | null = null;

  add(value: unknown): void {
    this.seen++;
    if (value === null) return;
    if (Array.isArray(value)) this.#addArray(value);
    else if (typeof value === "object" && !(value instanceof JsonNumber)) {
      this.objects++;
      for (const [key, inside] of Object.entries(value)) {
        let child = this.children.get(key);
        if (child === undefined) this.children.set(key, (child = new Place()));
        child.add(inside);
      }
    } else this.types.add(scalarType(value));
  }

  #addArray(values: readonly unknown[]): void {
    // Of an empty array nothing can be said.
    if (values.length === 0) return;
    const isTable = values.every((it) => isDocument(it));
    if (!isTable) {
      this.types.add("json");
      return;
    }
    this.tables++;
    this.items ??= new Place();
    for (const value of values) this.items.add(value);
  }
}

function isDocument(value: unknown): boolean {
  return value !== null && typeof value === "object" && !Array.isArray(value) && !(value instanceof JsonNumber);
}

/** The keys of a column whose values were added to a place. */
export function keysIn(place: Place): FoundKeys {
  const { documents, tables, types } = { documents: place.objects, tables: place.tables, types: place.types.size };
  if (tables > 0 && documents === 0 && types === 0) {
    const list = listAt(place, "");
    return { keys: [], rare: [], lists: list === null ? [] : [list], isDictionary: list === null };
  }
  if (documents === 0 || tables > 0 || types > 0) return { keys: [], rare: [], lists: [], isDictionary: false };
  if (isDictionary(place)) return { keys: [], rare: [], lists: [], isDictionary: true };
  const lists: FoundList[] = [];
  const found = collect(place, "", 0, lists);
  return { ...mostFrequent(found, place.objects), lists, isDictionary: false };
}

interface Counted extends FoundKey {
  readonly seen: number;
  readonly isKnown: boolean;
}

function collect(place: Place, prefix: string, depth: number, lists: FoundList[]): Counted[] {
  return [...place.children].flatMap(([key, child]): Counted[] => {
    if (!isWritable(key)) return [];
    const path = prefix + key;
    const isObject = child.objects > 0 && child.types.size === 0 && child.tables === 0;
    if (isObject && depth < DEEPEST && child.children.size > 0 && !isDictionary(child)) {
      return collect(child, `${path}.`, depth + 1, lists);
    }
    if (child.tables > 0 && child.objects === 0 && child.types.size === 0) {
      const list = listAt(child, path);
      if (list !== null) lists.push(list);
      return list === null ? [{ path, type: "json", seen: child.seen, isKnown: true }] : [];
    }
    const isNested = child.objects > 0 || child.tables > 0;
    const type = isNested ? "json" : commonType(child.types);
    return [{ path, type: type ?? "text", seen: child.seen, isKnown: type !== null }];
  });
}

function listAt(place: Place, path: string): FoundList | null {
  const { items } = place;
  if (items === null || isDictionary(items)) return null;
  // Lists inside of lists stay JSON.
  const found = collect(items, "", 1, []);
  const { keys, rare } = mostFrequent(found, items.objects);
  return keys.length === 0 ? null : { path, keys, rare };
}

/** The keys that most documents have, in the order in which they came; the others by name. */
function mostFrequent(found: readonly Counted[], documents: number): Pick<FoundKeys, "keys" | "rare"> {
  const least = documents >= 100 ? documents / 100 : 0;
  const usual = found
    .filter(({ seen, isKnown }) => isKnown && seen > least)
    .toSorted((a, b) => b.seen - a.seen)
    .slice(0, MOST_KEYS);
  const chosen = new Set(usual.map(({ path }) => path));
  return {
    keys: found.filter(({ path }) => chosen.has(path)).map(({ path, type }) => ({ path, type })),
    rare: found
      .filter(({ path }) => !chosen.has(path))
      .map(({ path }) => path)
      .slice(0, MOST_RARE),
  };
}

/** A path is split at its dots, so a key with one cannot be reached. */
function isWritable(key: string): boolean {
  return canBeKey(key) && !key.includes(".") && key.length <= LONGEST_KEY && !looksLikeData(key);
}

function looksLikeData(key: string): boolean {
  return /@|^[\d\s./:+-]+$|^[\da-f]{8}-[\da-f]{4}-/i.test(key);
}

/**
 * Whether keys are data: many of them, each in few documents; such as look like codes, dates or addresses; or one for
 * each of many documents of the same kind, as translations have.
 */
function isDictionary({ children, objects }: Place): boolean {
  const keys = [...children];
  if (keys.length === 0) return false;
  const data = keys.filter(([key]) => looksLikeData(key)).length;
  if (data * 2 >= keys.length) return true;
  if (keys.length >= MANY_ALIKE && areAlike(keys.map(([, child]) => child))) return true;
  const presence = keys.reduce((sum, [, { seen }]) => sum + seen, 0) / keys.length / objects;
  return keys.length > 20 && presence < 0.15;
}

const MANY_ALIKE = 8;

/** Whether all are documents with the same keys. */
function areAlike(places: readonly Place[]): boolean {
  const shapes = new Set(places.map(({ children }) => JSON.stringify([...children.keys()].toSorted())));
  return shapes.size === 1 && places.every(({ objects, children }) => objects > 0 && children.size > 0);
}
