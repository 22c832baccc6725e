// What the batch of an export is called.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";

/** Null while it is not known, or where it is no more there. */
export function useBatchName(id: string | null): string | null {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["batches", org, id],
    queryFn: ({ signal }) => api.org.getBatchesById({ org, id: id! }, { signal }),
    enabled: id !== null,
    staleTime: 300_000,
    retry: false,
  });
  return data?.name ?? null;
}
