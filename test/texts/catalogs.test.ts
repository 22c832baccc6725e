// Both languages say everything, alike, and nothing that no page asks for.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { english } from "../../web/src/text/en/index.ts";
import { french } from "../../web/src/text/fr/index.ts";

interface Catalog {
  readonly [key: string]: string | Catalog;
}

const CATALOGS = { en: textsOf(english), fr: textsOf(french) } as const;
const PLURAL = /_(?:zero|one|two|few|many|other)$/;

/** Texts that are rightly the same in both, of those that are long enough to be suspicious. */
const ALIKE = new Set<string>([]);

/** Texts by their keys: `exports.title`. */
function textsOf(catalog: Catalog, prefix = ""): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(catalog).flatMap(([key, value]) =>
      typeof value === "string" ? [[`${prefix}${key}`, value] as const] : [...textsOf(value, `${prefix}${key}.`)],
    ),
  );
}

/** Keys as pages ask for them: plurals are one. */
function asked(texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  return new Set([...texts.keys()].map((key) => key.replace(PLURAL, "")));
}

function placeholders(text: string): readonly string[] {
  const found = [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name]) => name!);
  return [...new Set(found)].toSorted();
}

test("both languages have the same keys", () => {
  const [en, fr] = [asked(CATALOGS.en), asked(CATALOGS.fr)];
  expect([...en].filter((key) => !fr.has(key))).toEqual([]);
  expect([...fr].filter((key) => !en.has(key))).toEqual([]);
});

test("no text is empty, or ends with a space, or has two in a row", () => {
  const wrong = Object.values(CATALOGS).flatMap((texts) =>
    [...texts].filter(([, text]) => text.trim() === "" || /\s$| {2}/.test(text)),
  );
  expect(wrong).toEqual([]);
});

describe.each(["en", "fr"] as const)("%s", (language) => {
  const texts = CATALOGS[language];
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();

  test("plurals have every form that the language has", () => {
    const plurals = new Set([...texts.keys()].filter((it) => PLURAL.test(it)).map((it) => it.replace(PLURAL, "")));
    const given = (key: string) => forms.filter((form) => texts.has(`${key}_${form}`));
    expect([...plurals].filter((key) => given(key).length < forms.length || texts.has(key))).toEqual([]);
    const strange = [...texts.keys()].filter((key) => PLURAL.test(key) && !forms.some((it) => key.endsWith(`_${it}`)));
    expect(strange).toEqual([]);
  });
});

test("texts of one key have the same placeholders in both languages", () => {
  const wrong = [...CATALOGS.en].flatMap(([key, text]) => {
    const other = CATALOGS.fr.get(key);
    if (other === undefined) return [];
    const [en, fr] = [placeholders(text), placeholders(other)];
    const isWithin = (some: readonly string[], all: readonly string[]): boolean => some.every((it) => all.includes(it));
    // Of one alone, the number need not be said.
    const isAlike = key.endsWith("_one") ? isWithin(en, fr) || isWithin(fr, en) : isWithin(en, fr) && isWithin(fr, en);
    return isAlike ? [] : [`${key}: ${en.join(" ")} | ${fr.join(" ")}`];
  });
  expect(wrong).toEqual([]);
});

test("no sentence is the same in both languages", () => {
  const same = [...CATALOGS.en].filter(([key, text]) => {
    const words = text.replaceAll(/\{\{.*?\}\}/g, "").match(/\p{L}{2,}/gu) ?? [];
    return words.length >= 3 && CATALOGS.fr.get(key) === text && !ALIKE.has(key);
  });
  expect(same).toEqual([]);
});

test("French has a narrow no-break space where its typography wants one", () => {
  // A time (12:30), an address (2001:db8::/32) and code have none.
  const wrong = [...CATALOGS.fr].filter(([, text]) =>
    /[ \u00A0][;:!?»](?!\S)|«(?!\u202F)|[^\u202F]»|\p{L}[;!?](?!\S)/u.test(text),
  );
  expect(wrong).toEqual([]);
});

test("neither language has straight quotes or apostrophes, or three dots", () => {
  const wrong = Object.values(CATALOGS).flatMap((texts) =>
    [...texts].filter(([, text]) => /\p{L}'\p{L}|\.\.\./u.test(text)),
  );
  expect(wrong).toEqual([]);
});

describe("what pages ask for", () => {
  const source = sources();
  const keys = asked(CATALOGS.en);
  const areas = Object.keys(english).join("|");
  const literals = new Set([...source.matchAll(new RegExp(`"((?:${areas})\\.[\\w.]+)"`, "g"))].map(([, key]) => key!));
  const templates = [...source.matchAll(new RegExp(`\`((?:${areas})\\.[^\`\\s]*\\$\\{[^\`]*)\``, "g"))].map(
    ([, text]) =>
      new RegExp(
        `^${text!
          .split(/\$\{[^}]*\}/)
          .map((it) => it.replaceAll(".", String.raw`\.`))
          .join(String.raw`\S+`)}$`,
      ),
  );

  test("is there", () => {
    const wanted = [...source.matchAll(/\bt\(\s*"([^"]+)"/g)].map(([, key]) => key!);
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((key) => !keys.has(key))).toEqual([]);
    expect(templates.filter((it) => ![...keys].some((key) => it.test(key))).map(String)).toEqual([]);
  });

  test("is all that there is", () => {
    const unused = [...keys].filter((key) => !literals.has(key) && !templates.some((it) => it.test(key)));
    expect(unused).toEqual([]);
  });
});

/** All of the app's code but its texts. */
function sources(): string {
  const root = join(import.meta.dirname, "../../web/src");
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("text/") && !path.endsWith("generated.ts"))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
}
