import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { sealedText, unsealedText } from "./sealed-text.ts";

const key = randomBytes(32);

test("what was sealed is read with its key only, and is sealed otherwise each time", () => {
  const texts = ["", "a", "échantillon 日本\0", "x".repeat(10_000)];
  for (const text of texts) {
    const sealed = sealedText(text, key);
    expect(sealed).toMatch(/^[\w-]+$/);
    expect(unsealedText(sealed, key)).toBe(text);
    expect(unsealedText(sealed, randomBytes(32))).toBeNull();
    expect(sealedText(text, key)).not.toBe(sealed);
  }
});

test("no letter can be changed, left out or added, nor written in another way", () => {
  const sealed = sealedText("lab/samples/1", key);
  for (let n = 0; n < sealed.length; n++) {
    const other = sealed[n] === "A" ? "B" : "A";
    expect(unsealedText(sealed.slice(0, n) + other + sealed.slice(n + 1), key), `${n}`).toBeNull();
    expect(unsealedText(sealed.slice(0, n) + sealed.slice(n + 1), key), `${n}`).toBeNull();
  }
  for (const it of [`${sealed}=`, `${sealed} `, `${sealed}A`, ` ${sealed}`, "", "AAAA", "é", sealed.slice(0, 20)]) {
    expect(unsealedText(it, key), it).toBeNull();
  }
});

test("what is about something else is not it", () => {
  const about = Buffer.from("samples");
  const sealed = sealedText("1", key, about);
  expect(unsealedText(sealed, key, about)).toBe("1");
  expect(unsealedText(sealed, key, Buffer.from("measures"))).toBeNull();
  expect(unsealedText(sealed, key)).toBeNull();
});
