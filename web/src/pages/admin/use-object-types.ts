// All object types of the org that the reader may see, and what to call them.
import { queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

export function useObjectTypes(): UseQueryResult<readonly ObjectType[]> {
  const { org } = useOrg();
  return useQuery({
    queryKey: ["objects", org, "*"],
    staleTime: 300_000,
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

/** One of them, with its fields. */
export function objectTypeQuery(org: string, name: string) {
  return queryOptions({
    queryKey: ["objects", org, name],
    queryFn: ({ signal }) => api.org.getObjectsByName({ org, name }, { signal }),
    staleTime: 300_000,
  });
}

/** The label of an object type by its name; the name itself where there is none, or it is not known (yet). */
export function useObjectLabel(): (name: string) => string {
  const { data } = useObjectTypes();
  return (name) => data?.find((it) => it.name === name)?.label ?? name;
}
