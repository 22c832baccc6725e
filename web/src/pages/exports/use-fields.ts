// The fields of an object type, by their names, for the words that people know them by.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

export type Field = ObjectTypeWithFields["fields"][number];

const NONE: ReadonlyMap<string, Field> = new Map();

export function useFields(object: string | null): ReadonlyMap<string, Field> {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["objects", org, object],
    queryFn: ({ signal }) => api.org.getObjectsByName({ org, name: object! }, { signal }),
    enabled: object !== null,
    staleTime: 300_000,
    retry: false,
  });
  return data === undefined ? NONE : byName(data);
}

const known = new WeakMap<ObjectTypeWithFields, ReadonlyMap<string, Field>>();

function byName(its: ObjectTypeWithFields): ReadonlyMap<string, Field> {
  const found = known.get(its) ?? new Map(its.fields.map((field) => [field.name, field]));
  known.set(its, found);
  return found;
}

/** A path as people know it: the field's label, or the path. */
export function fieldLabel(fields: ReadonlyMap<string, Field>, path: string): string {
  return fields.get(path)?.label ?? path;
}
