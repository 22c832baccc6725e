// The words of the PDF that are ours, in English and French.
import type { Language } from "../../lib/language.ts";

export interface PdfWords {
  readonly page: (number: number, total: number) => string;
  readonly files: string;
  readonly fileColumns: readonly [name: string, size: string, note: string];
  readonly emptyList: string;
  readonly size: (bytes: number) => string;
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Sizes in the units and the notation of a language, with three digits at most: `12.3 kB`, `12,3 ko`. */
function sizes(language: Language): (bytes: number) => string {
  const formats = UNITS.map(
    (unit) =>
      new Intl.NumberFormat(language, {
        style: "unit",
        unit,
        unitDisplay: unit === "byte" ? "long" : "short",
        maximumSignificantDigits: unit === "terabyte" ? 6 : 3,
      }),
  );
  return (bytes) => {
    // From where three digits would be shown as 1000 of the unit below.
    const power = Math.max(
      0,
      UNITS.findLastIndex((_, at) => bytes >= 999.5 * 1000 ** (at - 1)),
    );
    return formats[power]!.format(bytes / 1000 ** power);
  };
}

function words(
  language: Language,
  page: (number: string, total: string) => string,
  rest: Omit<PdfWords, "page" | "size">,
): PdfWords {
  const numbers = new Intl.NumberFormat(language);
  return {
    ...rest,
    page: (number, total) => page(numbers.format(number), numbers.format(total)),
    size: sizes(language),
  };
}

const WORDS: Readonly<Record<Language, PdfWords>> = {
  en: words("en", (number, total) => `Page ${number} of ${total}`, {
    files: "Files",
    fileColumns: ["Name", "Size", "Note"],
    emptyList: "No entries",
  }),
  fr: words("fr", (number, total) => `Page ${number} sur ${total}`, {
    files: "Fichiers",
    fileColumns: ["Nom", "Taille", "Remarque"],
    emptyList: "Aucune entrée",
  }),
};

export function pdfWords(language: Language): PdfWords {
  return WORDS[language];
}
