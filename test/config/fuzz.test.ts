// The example, damaged at random: it becomes a Config or an error with a place in the file, and no secret is told.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isMap, isSeq, parseDocument, type Document, type YAMLMap, type YAMLSeq } from "yaml";
import { WaybillError } from "../../src/lib/errors.ts";
import { environment, example, file, read, SECRET, shown } from "./example.ts";

type Collection = YAMLMap | YAMLSeq;

/** Every mapping and list of a document, in its order. */
function collections(document: Document): Collection[] {
  const found: Collection[] = [];
  const visit = (node: unknown): void => {
    if (!isMap(node) && !isSeq(node)) return;
    found.push(node);
    for (const item of node.items) visit(isMap(node) ? (item as { value: unknown }).value : item);
  };
  visit(document.contents);
  return found;
}

const wrong = [
  [null, true, 0, -1, 1.5, "", "x", "$principal.x", "${NONE}", "${SMTP_URL}", "${", "P1Y", [], {}, [[]], { a: 1 }],
  [`postgres://a:${SECRET}@h/d`, `ftp://${SECRET}`, [`sqlite:${SECRET}`], { url: `dir:/${SECRET}` }, { rule: "hash" }],
].flat();

/** How one place is damaged: which collection, which of its items, and what happens to it. */
const damage = fc.record({
  where: fc.nat(),
  which: fc.nat(),
  how: fc.constantFrom("drop", "duplicate", "retype", "misspell", "move"),
  value: fc.constantFrom(...wrong),
  at: fc.nat(),
});

type Damage = (typeof damage extends fc.Arbitrary<infer T> ? T : never) & object;

function apply(document: Document, { where, which, how, value, at }: Damage): void {
  const all = collections(document);
  const collection = all[where % all.length]!;
  if (collection.items.length === 0) return;
  const index = which % collection.items.length;
  const item = collection.items[index]!;
  if (how === "drop") collection.items.splice(index, 1);
  if (how === "duplicate") collection.items.push(item as never);
  if (how === "retype") {
    if (isMap(collection)) collection.items[index]!.value = document.createNode(value);
    else collection.items[index] = document.createNode(value);
  }
  if (how === "misspell" && isMap(collection)) {
    const key = String(collection.items[index]!.key);
    const place = at % (key.length + 1);
    collection.items[index]!.key = document.createNode(`${key.slice(0, place)}x${key.slice(place + 1)}`);
  }
  if (how === "move") {
    const target = all[at % all.length]!;
    // A copy, so that nothing comes to stand in itself.
    const copy = (it: unknown) => JSON.parse(JSON.stringify(it ?? null)) as unknown;
    if (isMap(target) && isMap(collection)) {
      const { key, value: moved } = collection.items[index]!;
      target.items.push(document.createPair(String(key), copy(moved)));
    } else if (isSeq(target)) target.items.push(document.createNode(copy(isMap(collection) ? null : item)));
  }
}

/** What a text becomes; null when it is a Config. */
async function outcome(text: string): Promise<null | WaybillError> {
  try {
    await read(text, environment);
    return null;
  } catch (error) {
    expect({ text, error }).toEqual({ text, error: expect.any(WaybillError) as unknown });
    return error as WaybillError;
  }
}

function consistent(text: string, error: WaybillError | null): void {
  if (error === null) return;
  const lines = text.split("\n");
  expect([error.code, error.kind]).toEqual(["config", "usage"]);
  expect({ text, shown: shown(error) }).not.toEqual({ text, shown: expect.stringContaining(SECRET) as string });
  for (const { detail } of error.places) {
    // The schema says in its own words what it expected.
    expect(detail).not.toMatch(/Invalid|Too small|Too big/);
    const found = /:(\d+):(\d+): /.exec(detail.replace(file, ""));
    if (found === null) expect(detail).toMatch(/^There are \d+ problems more\.$/);
    else expect(Number(found[2])).toBeLessThanOrEqual(lines[Number(found[1]) - 1]!.length + 1);
  }
}

test("a damaged configuration is read or refused in words", async () => {
  const seen = { read: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 3 }), async (damages) => {
      const document = parseDocument(example, { uniqueKeys: false });
      for (const it of damages) apply(document, it);
      const text = document.toString();
      const error = await outcome(text);
      consistent(text, error);
      seen[error === null ? "read" : "refused"]++;
    }),
    { numRuns: 1000 },
  );
  expect(seen.read).toBeGreaterThan(20);
  expect(seen.refused).toBeGreaterThan(300);
});

test("a configuration with characters out of place is read or refused in words", async () => {
  const plain = example.replace("${LAB_DATABASE_URL}", `postgres://a:${SECRET}@h/d`);
  const edit = fc.tuple(
    fc.nat(plain.length),
    fc.nat(3),
    fc.constantFrom(..."{}[]:,#&*!|>'\"%@`-? \n\t$~0é\u0000\ud800", ""),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      let text = plain;
      for (const [at, cut, insert] of edits) text = text.slice(0, at) + insert + text.slice(at + cut);
      // As it comes back from a file.
      const written = new TextDecoder().decode(new TextEncoder().encode(text));
      // A secret that was itself cut or moved out of its URL cannot be known as one.
      if (!written.includes(`"postgres://a:${SECRET}@h/d"`)) return;
      consistent(written, await outcome(written));
    }),
    { numRuns: 1000 },
  );
});
