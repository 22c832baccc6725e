// The object types of the organisation, by their names.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

const NONE: ReadonlyMap<string, ObjectType> = new Map();
/** Object types change when a source does, which is seldom. */
const FRESH = 5 * 60_000;

/** None while they are on their way. */
export function useObjectTypes(): ReadonlyMap<string, ObjectType> {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["objects", org, "types"],
    queryFn: ({ signal }) => api.org.getObjects({ org, limit: 500 }, { signal }),
    select: (page) => new Map(page.data.map((it) => [it.name, it])),
    staleTime: FRESH,
  });
  return data ?? NONE;
}
