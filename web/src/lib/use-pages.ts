// Pages of a list of the API, forwards and back: cursors of the pages before are kept.
import { keepPreviousData, type QueryKey, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";

interface ListPage {
  readonly hasMore: boolean;
  readonly next: string | null;
}

export interface Pages<Page> {
  readonly found: UseQueryResult<Page>;
  /** From 0. */
  readonly index: number;
  /** Null where there is none. */
  readonly forward: (() => void) | null;
  readonly back: (() => void) | null;
}

/**
 * @param key what the list depends on: when it changes, one begins with the first page
 * @param refetchInterval milliseconds, where a list changes by itself
 */
export function usePages<Page extends ListPage>(
  key: QueryKey,
  fetchPage: (after: string | undefined, signal: AbortSignal) => Promise<Page>,
  {
    refetchInterval = false,
    enabled = true,
  }: {
    readonly refetchInterval?: number | false | ((page: Page | undefined) => number | false);
    readonly enabled?: boolean;
  } = {},
): Pages<Page> {
  const text = JSON.stringify(key);
  const [at, setAt] = useState<{ readonly of: string; readonly cursors: readonly string[] }>({ of: text, cursors: [] });
  const cursors = at.of === text ? at.cursors : [];
  const after = cursors.at(-1);
  const found = useQuery({
    queryKey: [...key, "page", after ?? null],
    queryFn: ({ signal }) => fetchPage(after, signal),
    placeholderData: keepPreviousData,
    enabled,
    refetchInterval:
      typeof refetchInterval === "function" ? ({ state }) => refetchInterval(state.data) : refetchInterval,
  });
  const next = found.isPlaceholderData ? null : (found.data?.next ?? null);
  return {
    found,
    index: cursors.length,
    forward: next === null ? null : () => setAt({ of: text, cursors: [...cursors, next] }),
    back: cursors.length === 0 ? null : () => setAt({ of: text, cursors: cursors.slice(0, -1) }),
  };
}
