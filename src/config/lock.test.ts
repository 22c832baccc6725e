// What the lock remembers through the changes of a database, and its text.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { updateLock, type CurrentField, type Lock } from "./lock.ts";
import { parseLock, printLock } from "./lock-text.ts";

/** `b<a` is a field b that was a. */
function fieldsOf(text: string): CurrentField[] {
  return text.split(" ").flatMap((it) => {
    const [name = "", was = null] = it.split("<");
    return name === "" ? [] : [{ name, was }];
  });
}

function update(lock: Lock, text: string, object = "o") {
  return updateLock(lock, new Map([["lab", new Map([[object, fieldsOf(text)]])]]));
}

/** `id@place=name` of each field after the object type has been as each of the texts says. */
function after(...texts: string[]): string {
  const lock = texts.reduce<Lock>((former, text) => {
    const { lock: next } = update(former, text);
    // A start without a change of the database changes nothing, whatever `was` still stands there.
    expect(update(next, text)).toEqual({ lock: next, changed: false, unknown: [] });
    return next;
  }, new Map());
  return (lock.get("lab")?.get("o") ?? []).map(({ id, place, name }) => `${id}@${place}=${name}`).join(" ");
}

describe("ids and places", () => {
  test.each<[string, string[], string]>([
    ["in the order found", ["b a"], "o.b@1=b o.a@2=a"],
    ["a removed field keeps its place, a new one is appended", ["a b c", "a d c"], "o.a@1=a o.b@2=b o.c@3=c o.d@4=d"],
    ["another order in the database changes nothing", ["a b", "b a"], "o.a@1=a o.b@2=b"],
    ["a name that comes back is the same field", ["a b", "b", "b a"], "o.a@1=a o.b@2=b"],
    ["renamed", ["a b", "c<a b"], "o.a@1=c o.b@2=b"],
    ["renamed twice, was left between", ["a", "b<a", "c<b", "c<b"], "o.a@1=c"],
    ["renamed twice, and the first name kept in was", ["a", "b<a", "c<a"], "o.a@1=c"],
    ["was is taken out again", ["a", "b<a", "b"], "o.a@1=b"],
    ["a new field takes the former name, was is left", ["a", "b<a", "b<a a"], "o.a@1=b o.a~2@2=a"],
    ["renamed while the former name is taken anew", ["a", "b<a a"], "o.a@1=b o.a~2@2=a"],
    ["was names nothing, and what it names comes later", ["b<a", "b<a a"], "o.b@1=b o.a@2=a"],
    ["was is added after the new name was seen", ["a", "b", "b<a"], "o.a@1=b o.b@2=null"],
    ["… and the name it had then is not given again", ["a", "b", "b<a", "c<b"], "o.a@1=c o.b@2=null"],
    ["swapped", ["a b", "a<b b<a"], "o.a@1=b o.b@2=a"],
    ["swapped and back", ["a b", "a<b b<a", "a b", "a b"], "o.a@1=b o.b@2=a"],
    ["in a ring", ["a b c", "a<c b<a c<b"], "o.a@1=b o.b@2=c o.c@3=a"],
    ["the keys of a renamed JSON field go with it", ["m m.x m.y", "n<m n.x n.y"], "o.m@1=n o.m.x@2=n.x o.m.y@3=n.y"],
    ["a key renamed in a renamed JSON field", ["m m.x", "n<m n.z<n.x"], "o.m@1=n o.m.x@2=n.z"],
    ["two fields say the same was: the first has it", ["a", "b<a c<a"], "o.a@1=b o.c@2=c"],
    ["a name twice is one field", ["a a"], "o.a@1=a"],
  ])("%s", (_, texts, expected) => expect(after(...texts)).toBe(expected));

  test("a was that names nothing is told once", () => {
    const first = update(new Map(), "b<a");
    expect(first.unknown).toEqual([{ org: "lab", object: "o", field: "b", was: "a" }]);
    expect(update(first.lock, "b<a").unknown).toEqual([]);
    expect(update(first.lock, "b<x").unknown).toEqual([{ org: "lab", object: "o", field: "b", was: "x" }]);
  });

  test("a mended was is applied", () => {
    const { lock } = update(update(new Map(), "a").lock, "b<x");
    expect(update(lock, "b<a").lock.get("lab")!.get("o")).toMatchObject([{ id: "o.a", name: "b" }, { name: null }]);
  });

  test("an object type that is renamed is a new one, and the old one is remembered", () => {
    const former = update(new Map(), "a b").lock;
    const renamed = update(former, "b a", "p").lock;
    expect(renamed.get("lab")!.get("o")).toBe(former.get("lab")!.get("o"));
    expect(renamed.get("lab")!.get("p")).toMatchObject([{ id: "p.b", place: 1 }, { id: "p.a" }]);
    expect(updateLock(renamed, new Map()).changed).toBe(false);
  });

  test("ids are given once in an org, even when object types have dots", () => {
    const { lock } = update(update(new Map(), "c", "a.b").lock, "b.c", "a");
    expect(lock.get("lab")!.get("a")).toMatchObject([{ id: "a.b.c~2", name: "b.c" }]);
  });
});

const HEAD = printLock(new Map()).trimEnd();
const LINE = '{"org":"lab","object":"o","id":"o.a","place":1,"name":"a"}';

describe("the text", () => {
  test("has a line for each field, sorted", () => {
    const { lock } = update(update(new Map(), "b a").lock, "c<b a é\n");
    expect(printLock(lock).split("\n").slice(1)).toEqual([
      LINE.replace('"place":1', '"place":2'),
      '{"org":"lab","object":"o","id":"o.b","place":1,"name":"c","was":"b"}',
      String.raw`{"org":"lab","object":"o","id":"o.é\n","place":3,"name":"é\n"}`,
      "",
    ]);
    expect(parseLock(printLock(lock), "l")).toEqual(lock);
    expect(parseLock(printLock(lock).replaceAll("\n", "\r\n"), "l")).toEqual(lock);
  });

  test("two branches merge by keeping every line", () => {
    const base = update(new Map(), "a").lock;
    const ours = printLock(update(base, "a b").lock).split("\n");
    const theirs = printLock(update(base, "a c").lock).split("\n");
    const merged = parseLock([...new Set([...ours, ...theirs])].join("\n"), "l");
    expect(
      merged
        .get("lab")!
        .get("o")!
        .map(({ id, place }) => `${id}@${place}`),
    ).toEqual(["o.a@1", "o.b@2", "o.c@2"]);
    expect(update(merged, "a b c").changed).toBe(false);
    expect(update(merged, "a b c d").lock.get("lab")!.get("o")!.at(-1)).toMatchObject({ id: "o.d", place: 3 });
  });

  test.each([
    ["", "l:1: this is not the first line of a lock file."],
    ["{}", "l:1: this is not the first line of a lock file."],
    ["version: 1", "l:1: this is not the first line of a lock file."],
    ['{"waybill.lock":2}\nwhatever', "l was written by a later version of Waybill."],
    [`${HEAD}\n<<<<<<< ours\n${LINE}`, "l:2: a merge conflict is left."],
    [`${HEAD}\n${LINE}\n{"org"`, "l:3: the line is damaged."],
    [`${HEAD}\n${LINE.replace("1", "0")}`, "l:2: the line is damaged."],
    [`${HEAD}\n${LINE.replace("place", "platz")}`, "l:2: the line is damaged."],
    [`${HEAD}\n${LINE}\n${LINE.replace('"name":"a"', '"name":"b"')}`, "l:3: this field is on line 2 already."],
    [`${HEAD}\n${LINE}\n${LINE.replace("o.a", "o.b")}`, "l:3: this field is on line 2 already."],
  ])("%# is refused", (text, message) => {
    expect(() => parseLock(text, "l")).toThrow(
      expect.objectContaining({ code: "lock", kind: "usage", message }) as Error,
    );
  });
});

test("whatever happens, ids and places stay, and nothing is there twice", () => {
  const name = fc.constantFrom("a", "b", "c", "d", "m", "m.x", "m.y", "n", "n.x", "n.y");
  const field = fc.record({ name, was: fc.option(name, { freq: 2 }) });
  const fields = fc.uniqueArray(field, { selector: (it) => it.name, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fields, { maxLength: 6 }), (states) => {
      let lock: Lock = new Map();
      for (const state of states) {
        const before = lock.get("lab")?.get("o") ?? [];
        const current = new Map([["lab", new Map([["o", state]])]]);
        lock = updateLock(lock, current).lock;
        const now = lock.get("lab")?.get("o") ?? [];
        const idAndPlace = (them: typeof now) => them.map(({ id, place }) => `${id}@${place}`);
        expect(idAndPlace(now).slice(0, before.length)).toEqual(idAndPlace(before));
        expect(new Set(now.map(({ id }) => id)).size).toBe(now.length);
        const names = now.flatMap(({ name: it }) => (it === null ? [] : [it]));
        expect(new Set(names).size).toBe(names.length);
        expect(names).toEqual(expect.arrayContaining(state.map((it) => it.name)));
        expect(updateLock(lock, current)).toEqual({ lock, changed: false, unknown: [] });
        if (now.length > 0) expect(parseLock(printLock(lock), "l")).toEqual(lock);
      }
    }),
    { numRuns: 3000 },
  );
});
