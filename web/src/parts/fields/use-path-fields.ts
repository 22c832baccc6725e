// An object type with its fields, and those of what it refers to where they are asked for.
import { useQueries, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { type PathField, pathFields } from "./field.ts";

/** Object types change when a source does, which is seldom. */
const FRESH = 5 * 60_000;

export function typeQuery(org: string, name: string) {
  return {
    queryKey: ["objects", org, name],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.org.getObjectsByName({ org, name }, { signal }),
    staleTime: FRESH,
  };
}

export function useObjectType(org: string, name: string): UseQueryResult<ObjectTypeWithFields> {
  return useQuery(typeQuery(org, name));
}

/**
 * @param type undefined while it is not known
 * @param deep whether the fields of what it refers to are wanted, one step far
 */
export function usePathFields(
  org: string,
  type: ObjectTypeWithFields | undefined,
  deep: boolean,
): { readonly fields: readonly PathField[]; readonly isComplete: boolean } {
  const names = deep && type !== undefined ? [...new Set(type.references.map((it) => it.object))] : [];
  const { types, isComplete } = useQueries({ queries: names.map((name) => typeQuery(org, name)), combine });
  const fields = useMemo(
    () => (type === undefined ? [] : pathFields(type, new Map(types.map((it) => [it.name, it])))),
    [type, types],
  );
  return { fields, isComplete: deep && isComplete };
}

function combine(found: readonly UseQueryResult<ObjectTypeWithFields>[]) {
  return {
    types: found.flatMap(({ data }) => (data === undefined ? [] : [data])),
    isComplete: found.every(({ isPending }) => !isPending),
  };
}
