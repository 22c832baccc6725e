// The records of a view, a page at a time, and how many there are.
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import { type Pages, usePages } from "../../../lib/use-pages.ts";
import type { Count } from "./selection.ts";
import type { RecordsFilter } from "./view.ts";

export interface RecordsPage {
  readonly data: readonly unknown[];
  readonly keys: readonly string[] | null;
  readonly hasMore: boolean;
  readonly next: string | null;
}

export function useRecords(
  { org, name }: { readonly org: string; readonly name: string },
  {
    filter,
    paths,
    order,
    limit,
    enabled,
  }: {
    readonly filter: RecordsFilter;
    readonly paths: readonly string[];
    readonly order: readonly string[];
    readonly limit: number;
    /** Whether it is known already which columns there are. */
    readonly enabled: boolean;
  },
): Pages<RecordsPage> {
  return usePages<RecordsPage>(
    ["records", org, name, filter, paths, order, limit],
    (after, signal) =>
      api.org.postObjectsByNameRecordsQuery(
        { org, name },
        {
          ...filter,
          paths: [...paths],
          limit,
          ...(order.length === 0 ? {} : { order: [...order] }),
          ...(after === undefined ? {} : { after }),
        },
        { signal },
      ),
    { enabled },
  );
}

export function useCount(
  { org, name }: { readonly org: string; readonly name: string },
  filter: RecordsFilter,
  enabled = true,
): UseQueryResult<Count> {
  return useQuery({
    queryKey: ["records", org, name, "count", filter],
    queryFn: ({ signal }) => api.org.postObjectsByNameCount({ org, name }, filter, { signal }),
    staleTime: 30_000,
    enabled,
  });
}
