// What the export would be, as the server tells while one chooses.
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import type { ExportEstimate } from "../../api/generated.ts";
import type { ExportOrder } from "../quick-export/ways.ts";

/** Milliseconds without a change before the server is asked. */
const CALM = 500;

export interface Estimated {
  /** The last one that there was. */
  readonly estimate: ExportEstimate | undefined;
  readonly problem: unknown;
  readonly isLoading: boolean;
}

/** @param order null while there is nothing to estimate yet */
export function useEstimate(org: string, order: ExportOrder | null): Estimated {
  // What people call an export changes nothing of it.
  const { label: _label, description: _description, notify: _notify, purpose: _purpose, ...asked } = order ?? {};
  const [calm] = useDebouncedValue(order === null ? null : JSON.stringify(asked), CALM);
  const { data, error, isFetching } = useQuery({
    queryKey: ["exports", org, "estimate", calm],
    queryFn: ({ signal }) => api.org.postExportsEstimate({ org }, JSON.parse(calm!) as ExportOrder, { signal }),
    enabled: calm !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 30_000,
  });
  const isWaiting = order !== null && calm !== JSON.stringify(asked);
  return {
    estimate: error === null ? data : undefined,
    problem: calm === null ? null : error,
    isLoading: isFetching || isWaiting,
  };
}
