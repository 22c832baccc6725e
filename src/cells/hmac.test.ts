// HMAC against the crypto library's.
import { createHmac } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { fuzz } from "../../test/setup/fuzz.ts";
import { DIGEST, Hmac } from "./hmac.ts";

const digestOf = (key: Uint8Array, text: Uint8Array): string => {
  const digest = new Uint8Array(DIGEST);
  new Hmac(key).of(Buffer.concat([Buffer.from("before"), text, Buffer.from("behind")]), 6, 6 + text.length, digest);
  return Buffer.from(digest).toString("hex");
};
const expected = (key: Uint8Array, text: Uint8Array): string => createHmac("sha256", key).update(text).digest("hex");

it("gives the vectors of RFC 4231", () => {
  expect(digestOf(Buffer.alloc(20, 0x0b), Buffer.from("Hi There"))).toBe(
    "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
  );
  expect(digestOf(Buffer.from("Jefe"), Buffer.from("what do ya want for nothing?"))).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
});

it("gives what the crypto library gives, for every length around a block", () => {
  const key = Buffer.from("a key of thirty-two bytes, in all");
  for (let length = 0; length < 200; length++) {
    const text = Buffer.alloc(length, length);
    expect(digestOf(key, text)).toBe(expected(key, text));
  }
});

it("gives it for any key and text", async () => {
  const key = fc.uint8Array({ maxLength: 64 });
  await fuzz(fc.tuple(key, fc.uint8Array({ maxLength: 130 })), ([its, text]) => {
    expect(digestOf(its, text)).toBe(expected(its, text));
  });
});

it("refuses a key longer than a block", () => {
  expect(() => new Hmac(new Uint8Array(65))).toThrow(/longer than a block/);
});
