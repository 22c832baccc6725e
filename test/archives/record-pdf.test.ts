// The PDF of a record as Poppler and qpdf read it: nothing lost, nothing clipped, nothing over one another.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { RecordDocument } from "../../src/archive/record-pdf/document.ts";
import { loadFonts } from "../../src/archive/record-pdf/fonts.ts";
import { recordPdf } from "../../src/archive/record-pdf/record-pdf.ts";
import { expectSound, pdfElements, pdfFacts, pdfPages, type PdfPage, type PdfWord, pdfWords } from "../readers/pdf.ts";
import { leaveOut, printed } from "../readers/programs.ts";
import { fuzz, hostileText } from "../setup/fuzz.ts";

const folder = mkdtempSync(join(tmpdir(), "waybill-pdf-"));
afterAll(() => rmSync(folder, { recursive: true }));

const fonts = loadFonts();
const CJK = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc";
const THAI = "/usr/share/fonts/opentype/tlwg/Kinnari.otf";

const EMPTY: RecordDocument = {
  title: "Sample 17",
  subtitle: "",
  language: "en",
  sections: [],
  lists: [],
  files: [],
  footer: "",
};

let written = 0;
function saved(document: Partial<RecordDocument>, used = fonts): string {
  const path = join(folder, `${++written}.pdf`);
  writeFileSync(path, recordPdf({ ...EMPTY, ...document }, used));
  return path;
}

function withValues(...values: readonly (string | null)[]): Partial<RecordDocument> {
  return { sections: [{ heading: null, fields: values.map((value) => ({ label: "Label", value })) }] };
}

/** Texts of the tags of these types, in order. */
function tagged(path: string, ...types: readonly string[]): readonly string[] {
  return pdfElements(path)
    .filter(({ type }) => types.includes(type))
    .map(({ text }) => text);
}

/** What must come back of a text: all but white space and characters without a look, tricks as their codes. */
function substance(text: string | null): string {
  return (text ?? "–")
    .replace(/\r\n|[\s\u0085]/gu, "")
    .replace(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/gu, code)
    .replace(/[\u00ad\u061c\u200b-\u200f\ufeff]|\p{Variation_Selector}/gu, "");
}

function code(character: string): string {
  return `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Every word lies between the margins, and no word on another. */
function expectTidy(pages: readonly PdfPage[]): void {
  for (const { width, height, words } of pages) {
    const outside = words.filter(
      ({ left, right, top, bottom }) => left < 50 || right > width - 50 || top < 40 || bottom > height - 20,
    );
    expect(outside).toEqual([]);
    const overlaps = words.flatMap((one, at) =>
      words
        .slice(at + 1)
        .filter(
          (other) =>
            Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1 &&
            Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1,
        )
        .map((other) => `${one.text} / ${other.text}`),
    );
    expect(overlaps).toEqual([]);
  }
}

const WORDS = [
  "soil",
  "Élevage",
  "l’Œuvre",
  "Straße",
  "Νερό",
  "ποταμός",
  "вода",
  "Їжак",
  "שלום",
  "(סוגריים)",
  "עולם",
  "السلام",
  "مرحبا",
  "وثيقة،",
  "12 345,67 €",
  "2024-05-01T12:34:56Z",
  "https://example.org/a/b?c=d&e=f",
  "<b>&amp;</b>",
  "[x]",
  "e\u0301",
  "invoice\u202efdp.exe",
  "\u0007",
  "so\u00adft",
  "x".repeat(90),
  "-",
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...WORDS), fc.constantFrom(" ", " ", " ", "\n", "  ", "\t")), { maxLength: 40 })
  .map((parts) => parts.map((part) => part.join("")).join(""));
const value = fc.option(text, { freq: 8 });
const list = fc
  .tuple(fc.array(text, { minLength: 1, maxLength: 14 }), fc.nat(30), fc.array(value, { minLength: 1, maxLength: 20 }))
  .map(([columns, count, values]) => ({
    heading: "List",
    columns,
    rows: Array.from({ length: count }, (_, row) =>
      columns.map((_name, at) => values[(row * 7 + at) % values.length]!),
    ),
  }));
const documents: fc.Arbitrary<RecordDocument> = fc.record({
  title: text,
  subtitle: text,
  language: fc.constantFrom("en", "fr"),
  sections: fc.array(
    fc.record({
      heading: fc.option(text),
      fields: fc.array(fc.record({ label: text, value }), { maxLength: 20 }),
    }),
    { maxLength: 3 },
  ),
  lists: fc.array(list, { maxLength: 2 }),
  files: fc.array(fc.record({ name: text, size: fc.option(fc.nat()), note: value }), { maxLength: 3 }),
  footer: fc.constant("Exported by Waybill"),
});

it("loses no value of any script, clips none, and numbers its pages", async () => {
  await fuzz(
    documents,
    (generated) => {
      const path = saved(generated);
      expectSound(path);
      const [title] = tagged(path, "H1");
      expect(substance(title!)).toBe(substance(generated.title));
      const fields = generated.sections.flatMap((section) => section.fields);
      const shownList = generated.lists.flatMap(({ columns, rows }) => (rows.length === 0 ? [] : [{ columns, rows }]));
      // A list is a table or, where it is too wide, labels and values: the same texts either way.
      const inOrder = (types: readonly string[]): string =>
        tagged(path, ...types)
          .map(substance)
          .join("\n");
      const everything = inOrder(["Lbl", "LBody", "TH", "TD"]);
      const expectedFields = fields.flatMap((field) => [field.label, field.value]).map(substance);
      expect(everything.startsWith(expectedFields.join("\n"))).toBe(true);
      const asTable = shownList.map(({ columns, rows }) => [...columns, ...rows.flat()].map(substance).join("\n"));
      const asBlocks = shownList.map(({ columns, rows }) =>
        rows
          .flatMap((row) => row.flatMap((one, at) => [columns[at]!, one]))
          .map(substance)
          .join("\n"),
      );
      asTable.forEach((table, at) => {
        expect(everything.includes(table) || everything.includes(asBlocks[at]!)).toBe(true);
      });
      for (const { name } of generated.files) expect(everything).toContain(substance(name));

      expectTidy(pdfWords(path));
      const pages = pdfPages(path);
      const of = generated.language === "fr" ? "sur" : "of";
      pages.forEach((page, at) => expect(page).toContain(`Page ${at + 1} ${of} ${pages.length}`));
    },
    25,
  );
}, 120_000);

it("shows hostile text as it is", async () => {
  await fuzz(
    fc.array(hostileText, { minLength: 1, maxLength: 30 }),
    (values) => {
      const path = saved(withValues(...values));
      expectSound(path);
      const shown = tagged(path, "LBody");
      expect(shown).toHaveLength(values.length);
      values.forEach((one, at) => {
        // Characters that no font has come as their codes.
        const known = Array.from(substance(one), (character) =>
          character === "[" || fonts.regular[0].has(character.codePointAt(0)!) ? character : code(character),
        ).join("");
        expect(substance(shown[at]!)).toBe(known);
      });
    },
    40,
  );
}, 60_000);

it("is the same file each time, whatever the fonts were used for before", () => {
  const arabic = withValues("السلام عليكم (نعم)", "e\u0301 \u00e9");
  const fresh = recordPdf({ ...EMPTY, ...arabic }, loadFonts());
  recordPdf({ ...EMPTY, ...withValues("سلام (لا) (x)", "é", "لا إله") }, fonts);
  expect(Buffer.compare(recordPdf({ ...EMPTY, ...arabic }, fonts), fresh)).toBe(0);
});

it("says its title and language, has no time, and embeds the parts of fonts that it uses", () => {
  const path = saved({ ...withValues("один שלום"), title: "Dossier <n° 1> & fils", language: "fr" });
  const facts = pdfFacts(path);
  expect(facts.get("Title")).toBe("Dossier <n° 1> & fils");
  expect(facts.get("Tagged")).toBe("yes");
  expect(facts.get("Page size")).toContain("A4");
  expect([...facts.keys()].filter((name) => name.includes("Date"))).toEqual([]);
  expect(printed("qpdf", ["--qdf", "--object-streams=disable", path, "-"])).toContain("/Lang (fr)");
  const [, , ...used] = printed("pdffonts", [path]).trim().split("\n");
  expect(used.length).toBeGreaterThan(1);
  for (const font of used) expect(font).toMatch(/DejaVuSansCondensed.* yes yes yes /);
});

it("sets right-to-left paragraphs at the right, joined and in their order", () => {
  const path = saved(withValues("שלום עולם (סוגריים) 2024 וגם English words באמצע", "left שלום right"));
  const [page] = pdfWords(path);
  // pdftotext gives each letter that is read from the right a place of its own.
  const place = (word: string): PdfWord => page!.words.find(({ text: shown }) => shown === word)!;
  expect(place("ש").right).toBeCloseTo(595.28 - 54, 0);
  expect(place("ע").right).toBeLessThan(place("English").left);
  expect(place("English").right).toBeLessThan(place("words").left);
  expect(place("words").right).toBeLessThan(place("2024").left);
  expect(place("2024").right).toBeLessThan(place("ס").left);
  expect(place("left").right).toBeLessThan(place("right").left);
  for (const word of ["שלום", "עולם", "סוגריים", "באמצע"]) expect(pdfPages(path)[0]).toContain(word);
  expect(tagged(path, "LBody")).toEqual(["שלום עולם (סוגריים) 2024 וגם English words באמצע", "left שלום right"]);
});

it("takes what DejaVu lacks from further fonts, and shows the code of what none has", () => {
  for (const font of [CJK, THAI]) if (!existsSync(font)) leaveOut(`the font ${font} is not there`);
  const shown = ["人人生而自由 and すべて 한국어", "กำ น้ำ ที่ มนุษย์ทั้งหลาย", "a[U+1F984]b"];
  const path = saved(withValues(shown[0]!, shown[1]!, "a\u{1f984}b"), loadFonts([CJK, THAI]));
  expectSound(path);
  expect(tagged(path, "LBody")).toEqual(shown);
  expect(printed("pdffonts", [path])).toMatch(/WenQuanYiMicroHei .* yes yes yes [^]*Kinnari .* yes yes yes /);
  expect(tagged(saved(withValues("人")), "LBody")).toEqual(["[U+4EBA]"]);
});

it("refuses what is not a font", () => {
  expect(() => loadFonts(["/nowhere/font.ttf"])).toThrow(/^The font \/nowhere\/font.ttf cannot be read: /);
  expect(() => loadFonts([import.meta.filename])).toThrow(/record-pdf.test.ts cannot be read: Unknown font format/);
});

it("repeats the head of a table on each page, over 10,000 rows", () => {
  const rows = Array.from({ length: 10_000 }, (_, row) => [`row ${row}`, row % 3 === 0 ? null : `remark ${row}`]);
  const pages = pdfPages(saved({ lists: [{ heading: "Measures", columns: ["Place", "Remark"], rows }] }));
  expect(pages.length).toBeGreaterThan(150);
  for (const page of pages) expect(page).toMatch(/Place\s+Remark/);
  const places = pages.flatMap((page) => page.match(/row \d+/g));
  expect(places).toEqual(rows.map(([place]) => place));
  expect(pages.at(-1)).toContain(`Page ${pages.length} of ${pages.length}`);
});

it("repeats the head over a row of several pages, and keeps headings with what they head", () => {
  const long = "A remark of many words. ".repeat(1_500);
  for (const fields of [0, 30, 33, 34, 35, 36, 37]) {
    const pages = pdfPages(
      saved({
        ...withValues(...Array.from({ length: fields }, () => "value")),
        lists: [{ heading: "Measures", columns: ["Number", "Remark"], rows: [["1", long]] }],
      }),
    );
    const first = pages.findIndex((page) => page.includes("Measures"));
    expect(pages.length).toBeGreaterThan(first + 2);
    for (const page of pages.slice(first)) {
      for (const shown of ["Number", "Remark", "A remark"]) expect(page.includes(shown)).toBe(true);
    }
  }
});

it("turns the paper for a wide table, and shows one that is too wide as labels and values", () => {
  const wide = (columns: number): RecordDocument["lists"] => [
    {
      heading: "Measures",
      columns: Array.from({ length: columns }, (_, at) => `Column ${at}`),
      rows: [0, 1].map((row) => Array.from({ length: columns }, (_, at) => `value ${row}/${at}`)),
    },
  ];
  const turned = pdfWords(saved({ lists: wide(14) }));
  expect(turned.map(({ width }) => Math.round(width))).toEqual([595, 842]);
  expectTidy(turned);
  const path = saved({ lists: wide(500) });
  expectTidy(pdfWords(path));
  expect(tagged(path, "LBody")).toEqual(wide(500)[0]!.rows.flat());
  expect(tagged(path, "TD")).toEqual([]);
}, 60_000);

it.each([
  ["words", "Lorem ipsum dolor "],
  ["one word", "Loremipsumdolor"],
  ["Arabic", "مرحبا بالعالم "],
  ["one Arabic word", "مم"],
  ["marks", "e\u0301"],
  ["brackets of both directions", "(א"],
])(
  "shows a megabyte of text in one field: %s",
  (_, piece) => {
    const whole = piece.repeat(1_000_000 / piece.length);
    const path = saved(withValues(whole));
    expectSound(path);
    expect(substance(tagged(path, "LBody")[0]!) === substance(whole)).toBe(true);
  },
  60_000,
);

it("shows missing values as a dash, empty lists in words, and files with their sizes", () => {
  const files = [
    { name: "photo.jpg", size: 2_345_678, note: null },
    { name: "lost.pdf", size: null, note: "n’a pas pu être lu" },
  ];
  const lists = [{ heading: "Visites", columns: ["Date"], rows: [] }];
  const path = saved({ ...withValues(null, "", " "), language: "fr", lists, files });
  expect(tagged(path, "LBody").map((shown) => shown.trim())).toEqual(["–", "", ""]);
  expect(tagged(path, "H2")).toEqual(["Visites", "Fichiers"]);
  expect(tagged(path, "P")).toEqual(["Aucune entrée"]);
  expect(tagged(path, "TH", "TD")).toEqual([
    "Nom",
    "Taille",
    "Remarque",
    "photo.jpg",
    "2,35\u202fMo",
    "–",
    "lost.pdf",
    "–",
    "n’a pas pu être lu",
  ]);
});

it("keeps texts of any length in titles, labels and heads of tables", () => {
  const long = "Titre très long ".repeat(2_000);
  const path = saved({
    title: long,
    subtitle: long,
    footer: long,
    sections: [{ heading: long, fields: [{ label: long, value: "value" }] }],
    lists: [{ heading: "List", columns: [long, "b"], rows: [["1", "2"]] }],
  });
  expectTidy(pdfWords(path));
  for (const [type, at] of [
    ["H1", 0],
    ["P", 0],
    ["H2", 0],
    ["Lbl", 0],
    ["Lbl", 1],
  ] as const) {
    expect(substance(tagged(path, type)[at]!)).toBe(substance(long));
  }
});
