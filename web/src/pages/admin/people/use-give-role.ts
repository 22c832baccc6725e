// Gives a member a role in a namespace, or takes theirs away.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import type { Role } from "./roles.ts";

export interface GivenRole {
  readonly person: string;
  readonly namespace: string;
  /** Null for none. */
  readonly role: Role | null;
}

export function useGiveRole() {
  const { org } = useOrg();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ person, namespace: id, role }: GivenRole) =>
      role === null
        ? api.org.deleteNamespacesByIdMembersByPerson({ org, id, person })
        : api.org.putNamespacesByIdMembersByPerson({ org, id, person }, { role }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["members", org] }),
        client.invalidateQueries({ queryKey: ["namespace-members", org] }),
      ]),
  });
}
