// Questions at random: documents about the records of some object types, as far as they fit a schema and somewhat farther.
import * as fc from "fast-check";

/** An object type, by the names that the schema has. */
export interface Askable {
  readonly fields: readonly string[];
  readonly references: Readonly<Record<string, string>>;
  readonly lists: Readonly<Record<string, string>>;
  /** Of fields, for orders; descending with a minus in front where it is asked for so. */
  readonly paths: readonly string[];
  readonly where: fc.Arbitrary<unknown>;
  /** More arguments of its connections at the root. */
  readonly filters?: Readonly<Record<string, fc.Arbitrary<unknown>>>;
}

export interface Asking {
  readonly objects: Readonly<Record<string, Askable>>;
  /** Of the root. */
  readonly roots: readonly string[];
  readonly keys: readonly string[];
  readonly words: readonly string[];
  /** Arguments that nobody can ask with. */
  readonly wrong: readonly Readonly<Record<string, unknown>>[];
}

/** Which of the cursors of an answer are sent on. */
export const PLACES = fc.record({ after: fc.option(fc.nat(30)), before: fc.option(fc.nat(30)) });

/** A document with the variables `$after` and `$before`, which are cursors of one of its connections. */
export function questions(asking: Asking): fc.Arbitrary<string> {
  const root = fc.constantFrom(...asking.roots);
  const page = root.chain((name) => connection(asking, name, 2, true).map((its) => `r:${name}${its}`));
  const one = fc.tuple(root, fc.constantFrom(...asking.keys)).chain(([name, key]) => {
    const lists = Object.entries(asking.objects[name]!.lists);
    const ofLists = lists.map(([list, to]) => connection(asking, to, 1, true).map((its) => `p:${list}${its}`));
    const inside = fc.tuple(record(asking, name, 1), ofLists.length === 0 ? fc.constant("") : fc.oneof(...ofLists));
    return inside.map(([its, list]) => `r:${name}ByKey(key:${JSON.stringify(key)}){${its} ${list}}`);
  });
  return fc
    .oneof({ weight: 2, arbitrary: page }, { weight: 1, arbitrary: one })
    .map((its) => `query${its.includes("$after") ? "($after:String,$before:String)" : ""}{${its}}`);
}

const PAGE_INFO = "pageInfo{hasNextPage hasPreviousPage startCursor endCursor}";

/** @param isPlaced whether its cursors are asked for, and cursors sent */
function connection(asking: Asking, object: string, depth: number, isPlaced = false): fc.Arbitrary<string> {
  const { paths, where, filters = {} } = asking.objects[object]!;
  const size = fc.tuple(fc.constantFrom("first", "last"), fc.integer({ min: 1, max: isPlaced ? 12 : 4 }));
  const path = fc.tuple(fc.constantFrom("", "-"), fc.constantFrom(...paths)).map((its) => its.join(""));
  const choice = fc.record(
    {
      order: fc.array(path, { maxLength: 2 }),
      where: where.map((its) => JSON.stringify(its)),
      ...(isPlaced ? filters : {}),
    },
    { requiredKeys: [] },
  );
  const rest = fc.oneof(
    { weight: 12, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: fc.constantFrom(...asking.words).map((search) => ({ search })) },
    { weight: 1, arbitrary: fc.constantFrom(...asking.wrong) },
  );
  const inside = fc.tuple(
    fc.constantFrom("totalCount", "", ""),
    fc.constantFrom("", PAGE_INFO),
    record(asking, object, depth),
    fc.boolean(),
  );
  return fc.tuple(size, choice, rest, inside).map(([[first, most], chosen, more, [count, pageInfo, of, isEdges]]) => {
    const args = Object.entries({ [first]: most, ...chosen, ...more });
    const said = args.map(([name, value]) => `${name}:${JSON.stringify(value)}`);
    const placed = isPlaced && !("after" in more) ? "after:$after before:$before" : "";
    const records = isEdges ? `edges{cursor node{${of}}}` : `nodes{${of}}`;
    // Where cursors are sent on, there are some.
    const info = isPlaced && !isEdges ? PAGE_INFO : pageInfo;
    return `(${said.join(" ")} ${placed}){${count} ${info} ${records}}`;
  });
}

function record(asking: Asking, object: string, depth: number): fc.Arbitrary<string> {
  const { fields, references, lists } = asking.objects[object]!;
  const known = fc.subarray([...fields], { minLength: 1 }).map((its) => its.join(" "));
  const own = fc.oneof({ weight: 80, arbitrary: known }, { weight: 1, arbitrary: fc.constantFrom("nothing", "_ke") });
  if (depth === 0) return own;
  const below = fc.oneof(
    ...Object.entries(references).map(([name, to]) => record(asking, to, depth - 1).map((its) => `${name}{${its}}`)),
    ...Object.entries(lists).map(([name, to]) => connection(asking, to, depth - 1).map((its) => `${name}${its}`)),
    fc.constant(""),
  );
  // Twice the same, with other arguments, has other names.
  return fc
    .tuple(own, fc.array(below, { maxLength: 2 }))
    .map(([its, more]) => [its, ...more.map((text, n) => (text === "" ? "" : `b${n}:${text}`))].join(" "));
}
