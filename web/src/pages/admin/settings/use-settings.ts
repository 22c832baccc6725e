// What the configuration says of the org, for those who may know it.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import type { Settings } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";

export function useSettings(): UseQueryResult<Settings> {
  const { org, may } = useOrg();
  return useQuery({
    queryKey: ["settings", org],
    queryFn: ({ signal }) => api.org.getSettings({ org }, { signal }),
    enabled: may("org.manage"),
    staleTime: 60_000,
  });
}
