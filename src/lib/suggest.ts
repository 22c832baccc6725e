// "Did you mean …?" for names that were not found.
import { sentence, type Sentence } from "./sentence.ts";

/** A hint naming up to three of `names` that are near to `wrong`, or the first few names when none is near. */
export function suggest(wrong: string, names: readonly string[]): Sentence | undefined {
  const limit = Math.max(2, Math.floor(wrong.length / 3));
  const near = names
    .map((name) => ({ name, distance: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter((it) => it.distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((it) => it.name);
  if (near.length > 0) return sentence`Did you mean ${near.join(", ")}?`;
  if (names.length === 0) return undefined;
  const shown = names.slice(0, 8).join(", ");
  if (names.length === 1) return sentence`There is ${shown}.`;
  return names.length > 8 ? sentence`There are ${shown}, and ${names.length - 8} more.` : sentence`There are ${shown}.`;
}

/** Levenshtein distance in UTF-16 units. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 8) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[b.length] ?? Infinity;
}
