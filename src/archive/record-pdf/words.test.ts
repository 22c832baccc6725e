import { expect, it } from "vitest";
import { pdfWords } from "./words.ts";

it.each([
  [0, "0 bytes", "0 octet"],
  [1, "1 byte", "1 octet"],
  [999, "999 bytes", "999 octets"],
  [1000, "1 kB", "1 ko"],
  [12_345, "12.3 kB", "12,3 ko"],
  [999_499, "999 kB", "999 ko"],
  [999_500, "1 MB", "1 Mo"],
  [2_345_678, "2.35 MB", "2,35 Mo"],
  [5_000_000_000_000_000, "5,000 TB", "5 000 To"],
])("tells the size of %d bytes", (bytes, english, french) => {
  const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");
  expect(spaced(pdfWords("en").size(bytes))).toBe(english);
  expect(spaced(pdfWords("fr").size(bytes))).toBe(french);
});

it("counts pages in the notation of the language", () => {
  expect(pdfWords("en").page(2, 1234)).toBe("Page 2 of 1,234");
  expect(pdfWords("fr").page(2, 1234)).toBe("Page 2 sur 1\u202f234");
});
