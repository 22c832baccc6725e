// All namespaces that the reader sees, as a tree.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { Namespace } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { namespacesQuery } from "./use-namespaces.ts";

export interface NamespaceTree {
  /** In the order of their paths. */
  readonly all: readonly Namespace[];
  readonly byId: ReadonlyMap<string, Namespace>;
  /** By the id of what they are below; null for the top, where those are too whose parent the reader does not see. */
  readonly below: ReadonlyMap<string | null, readonly Namespace[]>;
  /** `Group / Project`; the id of what is not seen. */
  readonly pathOf: (id: string) => string;
}

export function useNamespaceTree(): UseQueryResult<NamespaceTree> {
  const { org } = useOrg();
  return useQuery({ ...namespacesQuery(org), select: treeOf });
}

function treeOf(namespaces: readonly Namespace[]): NamespaceTree {
  const byId = new Map(namespaces.map((it) => [it._id, it]));
  const paths = new Map<string, string>();
  const pathOf = (id: string): string => {
    const known = paths.get(id);
    if (known !== undefined) return known;
    const it = byId.get(id);
    if (it === undefined) return id;
    const path = it.parent !== null && byId.has(it.parent) ? `${pathOf(it.parent)} / ${it.name}` : it.name;
    paths.set(id, path);
    return path;
  };
  const { compare } = new Intl.Collator(undefined, { numeric: true });
  const all = namespaces.toSorted((a, b) => compare(pathOf(a._id), pathOf(b._id)));
  const below = Map.groupBy(all, ({ parent }) => (parent !== null && byId.has(parent) ? parent : null));
  return { all, byId, below, pathOf };
}

/** Whether the reader manages it. */
export function isManaged({ role }: Namespace): boolean {
  return role === "admin" || role === "owner";
}
