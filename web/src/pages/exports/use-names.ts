// The names of what exports are about: object types, namespaces, a batch.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

const STALE = 300_000;
const NO_OBJECTS: ReadonlyMap<string, ObjectType> = new Map();
const NO_NAMES: ReadonlyMap<string, string> = new Map();

/** Object types by their names. */
export function useObjectTypes(): ReadonlyMap<string, ObjectType> {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["objects", org, "types"],
    queryFn: ({ signal }) => api.org.getObjects({ org, limit: 500 }, { signal }),
    select: (page) => new Map(page.data.map((it) => [it.name, it])),
    staleTime: STALE,
  });
  return data ?? NO_OBJECTS;
}

/** The names of namespaces, those below others with the others' in front, by their ids. */
export function useNamespaces(): ReadonlyMap<string, string> {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["namespaces", org, "names"],
    queryFn: ({ signal }) => api.org.getNamespaces({ org, limit: 500 }, { signal }),
    select({ data: all }) {
      const byId = new Map(all.map((it) => [it._id, it]));
      const nameOf = (id: string, depth = 0): string => {
        const { name, parent } = byId.get(id)!;
        return parent !== null && byId.has(parent) && depth < 10 ? `${nameOf(parent, depth + 1)} / ${name}` : name;
      };
      return new Map(all.map(({ _id }) => [_id, nameOf(_id)] as const).toSorted(([, a], [, b]) => a.localeCompare(b)));
    },
    staleTime: STALE,
  });
  return data ?? NO_NAMES;
}

/** The name of a batch; null while it is not known, or where it is no more there. */
export function useBatchName(id: string | null): string | null {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["batches", org, id],
    queryFn: ({ signal }) => api.org.getBatchesById({ org, id: id! }, { signal }),
    enabled: id !== null,
    staleTime: STALE,
    retry: false,
  });
  return data?.name ?? null;
}
