// Namespaces as a tree: each followed by those below it.
import type { Namespace } from "../../api/generated.ts";

export interface Placed {
  readonly namespace: Namespace;
  /** From 0. */
  readonly depth: number;
}

/** Those whose parent is not among them stand at the top. */
export function inTreeOrder(all: readonly Namespace[], language: string): readonly Placed[] {
  const known = new Set(all.map((it) => it._id));
  const below = Map.groupBy(all, ({ parent }) => (parent !== null && known.has(parent) ? parent : null));
  const byName = new Intl.Collator(language, { numeric: true });
  const placed: Placed[] = [];
  const place = (parent: string | null, depth: number): void => {
    for (const namespace of (below.get(parent) ?? []).toSorted((a, b) => byName.compare(a.name, b.name))) {
      placed.push({ namespace, depth });
      place(namespace._id, depth + 1);
    }
  };
  place(null, 0);
  return placed;
}
