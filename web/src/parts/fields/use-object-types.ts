// The object types of the organisation that the reader may see, and what to call them.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

const NONE: ReadonlyMap<string, ObjectType> = new Map();
/** Object types change when a source does, which is seldom. */
const FRESH = 5 * 60_000;

export function objectTypesQuery(org: string) {
  return queryOptions({
    queryKey: ["objects", org, "types"],
    staleTime: FRESH,
    async queryFn({ signal }) {
      const all: ObjectType[] = [];
      for (let after: string | undefined; ;) {
        const { data, next } = await api.org.getObjects({ org, limit: 500, after }, { signal });
        all.push(...data);
        if (next === null) return all;
        after = next;
      }
    },
  });
}

/** By their names; none while they are on their way. */
export function useObjectTypes(): ReadonlyMap<string, ObjectType> {
  const { org } = useOrg();
  return useQuery({ ...objectTypesQuery(org), select: byName }).data ?? NONE;
}

function byName(all: readonly ObjectType[]): ReadonlyMap<string, ObjectType> {
  return new Map(all.map((it) => [it.name, it]));
}

/** The label of an object type by its name; the name itself where there is none, or it is not known (yet). */
export function useObjectLabel(): (name: string) => string {
  const types = useObjectTypes();
  return (name) => types.get(name)?.label ?? name;
}
