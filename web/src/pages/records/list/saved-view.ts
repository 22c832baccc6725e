// A view as it is kept, and as the page has it.
import type { RecordsView } from "./view.ts";

/** What is kept of a view. */
export interface SavedView {
  readonly where?: unknown;
  readonly search?: string;
  readonly namespace?: string;
  readonly paths?: string[];
  readonly order?: string[];
}

export function toSave({ where, search, namespace, paths, order }: RecordsView): SavedView {
  return {
    ...(where === undefined ? {} : { where }),
    ...(search === "" ? {} : { search }),
    ...(namespace === null ? {} : { namespace }),
    ...(paths === null ? {} : { paths: [...paths] }),
    ...(order.length === 0 ? {} : { order: [...order] }),
  };
}

/** All of it: what was not kept was not there. */
export function readSaved({ where, search, namespace, paths, order }: SavedView): Omit<RecordsView, "limit"> {
  return {
    where,
    search: search ?? "",
    namespace: namespace ?? null,
    paths: paths ?? null,
    order: order ?? [],
  };
}
