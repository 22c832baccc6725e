// What is looked at: filter, search, namespace, columns and order. It lives in the page's address.
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import { readJson, writeNames } from "./address.ts";

export interface RecordsView {
  /** A condition as the API takes it; undefined for none. */
  readonly where: unknown;
  readonly search: string;
  /** A namespace's id. */
  readonly namespace: string | null;
  /** The columns in their order; null for the usual ones. */
  readonly paths: readonly string[] | null;
  /** Descending with a minus in front. */
  readonly order: readonly string[];
  /** Rows of a page. */
  readonly limit: 50 | 100;
}

export type ChangeView = (change: Partial<RecordsView>) => void;

/** Which records a view shows, as the API is asked for them. */
export interface RecordsFilter {
  readonly where?: unknown;
  readonly search?: string;
  readonly namespace?: string;
}

export function filterOf({ where, search, namespace }: RecordsView): RecordsFilter {
  return {
    ...(where === undefined ? {} : { where }),
    ...(search === "" ? {} : { search }),
    ...(namespace === null ? {} : { namespace }),
  };
}

export function useView(): readonly [RecordsView, ChangeView] {
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => readView(params), [params]);
  const change = useCallback<ChangeView>(
    (some) => setParams((now) => writeView({ ...readView(now), ...some }), { replace: true }),
    [setParams],
  );
  return [view, change];
}

export function readView(params: URLSearchParams): RecordsView {
  const where = params.get("where");
  return {
    where: where === null ? undefined : readJson(where),
    search: params.get("q") ?? "",
    namespace: params.get("namespace"),
    paths: params.has("columns") ? namesOf(params.get("columns")!) : null,
    order: params.has("sort") ? namesOf(params.get("sort")!) : [],
    limit: params.get("limit") === "100" ? 100 : 50,
  };
}

export function writeView({ where, search, namespace, paths, order, limit }: RecordsView): URLSearchParams {
  const params = new URLSearchParams();
  if (where !== undefined) params.set("where", typeof where === "string" ? where : JSON.stringify(where));
  if (search !== "") params.set("q", search);
  if (namespace !== null) params.set("namespace", namespace);
  if (paths !== null) params.set("columns", writeNames(paths));
  if (order.length > 0) params.set("sort", writeNames(order));
  if (limit !== 50) params.set("limit", String(limit));
  return params;
}

function namesOf(text: string): readonly string[] {
  if (!text.startsWith("[")) return text === "" ? [] : text.split(",");
  const names = readJson(text);
  return Array.isArray(names) ? names.filter((it) => typeof it === "string") : [];
}
