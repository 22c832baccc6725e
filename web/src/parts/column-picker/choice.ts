// What a picker of columns offers, and how lists of paths change.

export interface Choice {
  readonly path: string;
  readonly label: string;
  readonly documentation?: string | undefined;
  readonly type?: string | undefined;
  /** Choices of one group stand together, under its name; those without one come first. */
  readonly group?: string | undefined;
}

/** Choices with a word of the search in their label, path, group or documentation: all words must be found. */
export function matching(choices: readonly Choice[], search: string): readonly Choice[] {
  const words = folded(search)
    .split(/\s+/)
    .filter((it) => it !== "");
  if (words.length === 0) return choices;
  return choices.filter(({ path, label, documentation = "", group = "" }) => {
    const text = folded(`${label} ${path} ${group} ${documentation}`);
    return words.every((word) => text.includes(word));
  });
}

/** Without case and accents. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replaceAll(/\p{Mn}/gu, "")
    .toLowerCase();
}

/** Some paths one place up or down, as a block each: what is at the end stays there. */
export function shifted(paths: readonly string[], some: ReadonlySet<string>, by: -1 | 1): readonly string[] {
  const next = by === -1 ? [...paths] : paths.toReversed();
  for (let n = 1; n < next.length; n++) {
    if (some.has(next[n]!) && !some.has(next[n - 1]!)) [next[n - 1], next[n]] = [next[n]!, next[n - 1]!];
  }
  return by === -1 ? next : next.toReversed();
}

/** Paths with some put before the place of another; behind all where that is null or not there. */
export function placed(paths: readonly string[], some: readonly string[], before: string | null): readonly string[] {
  const rest = paths.filter((it) => !some.includes(it));
  const at = before === null ? -1 : rest.indexOf(before);
  return at === -1 ? [...rest, ...some] : rest.toSpliced(at, 0, ...some);
}
