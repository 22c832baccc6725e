// Names of sheets, as Excel and LibreOffice allow them.

/** The most UTF-16 units that Excel keeps. */
const MAX_LENGTH = 31;

/** Gives out names of sheets in a workbook, no two of them the same but for case. */
export class SheetNames {
  /** Excel keeps the name History for itself. */
  readonly #taken = new Set<string>([folded("History")]);

  /** A name for a table, as near to `wanted` as is allowed and free; `name~2` where it is taken. */
  take(wanted: string): string {
    return this.#free(allowed(wanted), "");
  }

  /** The name of the `number`th sheet of a table whose first is called `first`: `name (2)`. */
  further(first: string, number: number): string {
    return this.#free(first, ` (${number})`);
  }

  #free(stem: string, suffix: string): string {
    let name = cut(stem, suffix);
    for (let n = 2; this.#taken.has(folded(name)); n++) name = cut(stem, `${suffix}~${n}`);
    this.#taken.add(folded(name));
    return name;
  }
}

/** What is left of a name without what is forbidden; an underscore stands for each. */
function allowed(wanted: string): string {
  const name = wanted.toWellFormed().replace(/[[\]:*?/\\\p{Cc}\ufffe\uffff]|^'/gu, "_");
  return name === "" ? "Sheet" : name;
}

/** A name and its suffix within the length, without half a surrogate pair or an apostrophe at the end. */
function cut(stem: string, suffix: string): string {
  const name = stem.slice(0, MAX_LENGTH - suffix.length).replace(/[\ud800-\udbff]$/, "");
  return `${name}${suffix}`.replace(/'$/, "_");
}

/** The same for names that a spreadsheet might take for the same: case, width and composition do not count. */
function folded(name: string): string {
  return name.normalize("NFKC").toUpperCase().toLowerCase();
}
