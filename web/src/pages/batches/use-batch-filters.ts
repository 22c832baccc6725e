// What the list of batches is narrowed down to and sorted by.
import { type Given, isId, useGiven } from "../../lib/use-given.ts";

const NAMES = ["search", "objects", "namespace", "sort"] as const;
type Name = (typeof NAMES)[number];

export interface BatchFilters extends Pick<Given<Name>, "given" | "put"> {
  /** As `GET batches` takes them. */
  readonly query: {
    readonly where?: string;
    readonly objects?: string;
    readonly namespace?: string;
    readonly sort?: string;
  };
  /** Whether something is left out. */
  readonly has: boolean;
  readonly clear: () => void;
}

const SORTED_BY: ReadonlySet<string> = new Set(["name", "objects", "count", "owner.name", "created"]);

export function useBatchFilters(): BatchFilters {
  const { given, put, clearAllBut } = useGiven(NAMES);
  const { search, objects, namespace, sort } = given;
  const where = search === undefined ? null : { name: { $contains: search.slice(0, 200), $options: "i" } };
  const query = {
    ...(where === null ? {} : { where: JSON.stringify(where) }),
    ...(objects === undefined ? {} : { objects }),
    ...(isId(namespace) ? { namespace } : {}),
    ...(sort === undefined || !SORTED_BY.has(sort.replace(/^-/, "")) ? {} : { sort }),
  };
  return {
    given,
    put,
    query,
    has: search !== undefined || objects !== undefined || namespace !== undefined,
    clear: () => clearAllBut("sort"),
  };
}
