import { expect, test } from "vitest";
import { counted, shownMoment, shownSize } from "./shown.ts";

const FILES = { one: "fichier", many: "de fichiers", other: "fichiers" };

test("French counts as French do", () => {
  const shown = [0, 1, 2, 1_000_000, 1_048_576].map((count) => counted("fr", count, FILES).replaceAll(/\s/g, " "));
  expect(shown).toEqual(["0 fichier", "1 fichier", "2 fichiers", "1 000 000 de fichiers", "1 048 576 fichiers"]);
  expect([0, 1, 2].map((count) => counted("en", count, { one: "file", other: "files" }))).toEqual([
    "0\u00A0files",
    "1\u00A0file",
    "2\u00A0files",
  ]);
});

test("sizes take the unit that suits them", () => {
  const bytes = [0, 1, 999, 1000, 1250, 99_950, 999_499, 999_500, 12_345_678, 5e9, 2e12, 3e15];
  expect(bytes.map((size) => shownSize("en", size).replaceAll(/\s/g, " "))).toEqual([
    "0 bytes",
    "1 byte",
    "999 bytes",
    "1 kB",
    "1.3 kB",
    "100 kB",
    "999 kB",
    "1 MB",
    "12.3 MB",
    "5 GB",
    "2 TB",
    "3,000 TB",
  ]);
  expect(shownSize("fr", 1250)).toMatch(/^1,3\sko$/);
  expect(shownSize("fr", 12)).toMatch(/^12\soctets$/);
});

/** With usual spaces. */
const spaced = (text: string): string => text.replaceAll(/\s/g, " ");

test("moments have the zone's name, in summer and in winter", () => {
  const [winter, summer] = [new Date("2026-01-15T12:00:00Z"), new Date("2026-07-15T12:00:00Z")];
  expect(spaced(shownMoment("en", winter, "Europe/Paris"))).toBe(
    "Thursday, January 15, 2026 at 1:00 PM (Central European Standard Time)",
  );
  expect(shownMoment("fr", summer, "Europe/Paris")).toBe(
    "mercredi 15 juillet 2026 à 14:00 (heure d’été d’Europe centrale)",
  );
  expect(spaced(shownMoment("en", winter, "no zone"))).toContain("12:00 PM (Coordinated Universal Time)");
});
