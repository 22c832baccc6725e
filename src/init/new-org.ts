// What a new file begins with, and an org with nothing in it yet.
import { labelOf } from "./labels.ts";
import { escaped } from "./source-url.ts";
import { entry, scalar } from "./yaml-lines.ts";

/** The head of the file. */
export function headLines(program: string): readonly string[] {
  return [
    "# yaml-language-server: $schema=node_modules/waybill/docs/waybill.schema.json",
    "#",
    `# The configuration of Waybill: a first one, written by waybill init (${program}).`,
    "# It is yours: change, take out, add. The reference is docs/configuration.md.",
    "#",
    "# - What stands behind a # is a proposal or a remark: take the # away to make a proposal count.",
    '# - Where it says "personal data?", decide: { label: …, deidentify: hash }, with { below: owner, rule: hash } for',
    "#   whoever has less than that role, or leave it as it is. Other rules: drop, year, truncate, shift.",
    "# - A text can be in several languages: label: { en: Samples, fr: Échantillons }.",
    "# - Run waybill init again when the database has changed: what is new is added and marked, nothing else is touched.",
    "",
  ];
}

/** An org's settings: defaults to change, behind a #. */
export function orgLines(name: string): readonly string[] {
  return [
    ...entry("name", scalar(escaped(labelOf(name)))),
    "# timeZone: Europe/Paris     # what a date without a zone means; UTC when absent",
    "# retention: P7D             # how long archives are kept",
    "# history: P1Y               # how long expired exports are remembered",
    "# quota: 50GB                # the most that all archives may take; no limit when absent",
    "# downloads: owner           # who downloads an export besides administrators: owner | administrators",
  ];
}

const RESERVED = /^(?:api|assets|docs|health|metrics|reset-password|sign-in|welcome)$/i;

/** A code for an org, from the name of its first source. */
export function orgCode(name: string): string {
  const code = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[-_]+/, "")
    .slice(0, 63);
  return code === "" || RESERVED.test(code) ? "main" : code;
}
