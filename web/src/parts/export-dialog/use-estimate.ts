// What the export would be, asked for while one chooses.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import type { ExportBody } from "./draft.ts";

/** So long nothing was changed, in milliseconds. */
const QUIET = 500;

export type Estimate = Awaited<ReturnType<typeof api.org.postExportsEstimate>>;

/** @param body null where there is nothing to ask yet */
export function useEstimate(body: ExportBody | null): UseQueryResult<Estimate> {
  const { org } = useOrg();
  // What only people read does not change it.
  const { label: _label, purpose: _purpose, notify: _notify, ...asked } = body ?? {};
  const [text] = useDebouncedValue(body === null ? "" : JSON.stringify(asked), QUIET);
  return useQuery({
    queryKey: ["exports", org, "estimate", text],
    queryFn: ({ signal }) => api.org.postExportsEstimate({ org }, JSON.parse(text) as ExportBody, { signal }),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
    retry: false,
  });
}
