// Names of GraphQL (letters, digits and underscores) made of names of the catalog, which may be anything.

/** Gives each name once: whoever comes second has a number behind it. */
export interface Names {
  take(wanted: string, ...behind: readonly string[]): string;
}

/** @param reserved names that nobody gets */
export function names(reserved: readonly string[] = []): Names {
  const taken = new Set(reserved);
  return {
    take(wanted, ...behind) {
      const all = (name: string): string[] => [name, ...behind.map((it) => name + it)];
      let name = wanted;
      for (let n = 2; all(name).some((it) => taken.has(it)); n++) name = `${wanted}${wanted === "_" ? "" : "_"}${n}`;
      for (const it of all(name)) taken.add(it);
      return name;
    },
  };
}

/** A field's name: `metadata.depth` is `metadata_depth`. Letters that ASCII lacks stand as their numbers, or as those that they are made of. */
export function fieldName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[^A-Za-z0-9_]/gu, (it) => (/[\p{L}\p{N}]/u.test(it) ? `u${it.codePointAt(0)!.toString(16)}` : "_"));
  // Two underscores in front are GraphQL's own; one keeps a digit from standing first.
  return plain.replace(/^_+/, "_").replace(/^(?=\d|$)/, "_");
}

/** A type's name: `project_samples` is `ProjectSamples`. */
export function typeName(name: string): string {
  const words = fieldName(name)
    .split("_")
    .filter((it) => it !== "");
  return fieldName(words.map((it) => it.slice(0, 1).toUpperCase() + it.slice(1)).join(""));
}
