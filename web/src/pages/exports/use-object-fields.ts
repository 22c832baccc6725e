// The fields of the object type that an export is of, for the words that people know them by.
import { useQuery } from "@tanstack/react-query";
import { useOrg } from "../../frame/org.ts";
import type { PathField } from "../../parts/fields/field.ts";
import { typeQuery, usePathFields } from "../../parts/fields/use-path-fields.ts";

/** @param deep whether those of what it refers to are wanted, too */
export function useObjectFields(object: string | null, deep: boolean): readonly PathField[] {
  const { org } = useOrg();
  const { data: type } = useQuery({ ...typeQuery(org, object ?? ""), enabled: object !== null, retry: false });
  return usePathFields(org, type, deep).fields;
}
