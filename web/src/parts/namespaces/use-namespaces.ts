// The namespaces that the reader has a role in, all of them.
import { queryOptions, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { Namespace } from "../../api/generated.ts";

/** Beyond this many, a picker is no help. */
const MOST = 5000;

export function namespacesQuery(org: string) {
  return queryOptions({
    queryKey: ["namespaces", org, "all"],
    queryFn: ({ signal }) => fetchNamespaces(org, signal),
    staleTime: 60_000,
  });
}

export function useNamespaces(org: string, enabled = true): UseQueryResult<readonly Namespace[]> {
  return useQuery({ ...namespacesQuery(org), enabled });
}

async function fetchNamespaces(org: string, signal: AbortSignal): Promise<readonly Namespace[]> {
  const all: Namespace[] = [];
  let after: string | undefined;
  do {
    const { data, next } = await api.org.getNamespaces(
      { org, limit: 500, ...(after === undefined ? {} : { after }) },
      { signal },
    );
    all.push(...data);
    after = next ?? undefined;
  } while (after !== undefined && all.length < MOST);
  return all;
}
