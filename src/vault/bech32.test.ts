// Bech32, against the examples of BIP 173 and keys of age.
import { expect, it } from "vitest";
import { assert, integer, nat, property, uint8Array } from "fast-check";
import { fromBech32, toBech32 } from "./bech32.ts";

it.each([
  "A12UEL5L",
  "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
  "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
  "?1ezyfcl",
])("takes %s", (text) => {
  const found = fromBech32(text)!;
  expect(toBech32(found.prefix, found.bytes)).toBe(text);
});

it.each(["", "1nwldj5", "A1G7SGD8", "x1b4n0q5v", "li1dgmt3", "de1lg7wt\u00ff", "A12UeL5L", "10a06t8", "1qzzfhee"])(
  "refuses %j",
  (text) => expect(fromBech32(text)).toBeNull(),
);

it("reads what it writes, and notices every single wrong character", () => {
  assert(
    property(uint8Array({ maxLength: 64 }), nat(), integer({ min: 1, max: 31 }), (bytes, place, by) => {
      const text = toBech32("age", bytes);
      expect(fromBech32(text)).toEqual({ prefix: "age", bytes: Buffer.from(bytes) });
      const alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
      const at = 4 + (place % (text.length - 4));
      const other = alphabet[(alphabet.indexOf(text[at]!) + by) % 32]!;
      expect(fromBech32(text.slice(0, at) + other + text.slice(at + 1))).toBeNull();
    }),
  );
});
