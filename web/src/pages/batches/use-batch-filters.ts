// What the list of batches is narrowed down to and sorted by: in the address, so that it can be linked to and gone back to.
import { useSearchParams } from "react-router";

const NAMES = ["search", "objects", "namespace", "sort"] as const;
type Name = (typeof NAMES)[number];

export interface BatchFilters {
  readonly given: Readonly<Partial<Record<Name, string>>>;
  /** As `GET batches` takes them. */
  readonly query: {
    readonly where?: string;
    readonly objects?: string;
    readonly namespace?: string;
    readonly sort?: string;
  };
  /** Whether something is left out. */
  readonly has: boolean;
  readonly set: (name: Name, value: string | null) => void;
  readonly clear: () => void;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const SORTED_BY: ReadonlySet<string> = new Set(["name", "objects", "count", "owner.name", "created"]);

export function useBatchFilters(): BatchFilters {
  const [params, setParams] = useSearchParams();
  const given = Object.fromEntries(
    NAMES.map((name): [Name, string] => [name, params.get(name) ?? ""]).filter(([, value]) => value !== ""),
  );
  const { search, objects, namespace, sort } = given;
  const where = search === undefined ? null : { name: { $contains: search.slice(0, 200), $options: "i" } };
  const query = {
    ...(where === null ? {} : { where: JSON.stringify(where) }),
    ...(objects === undefined ? {} : { objects }),
    ...(namespace === undefined || !UUID.test(namespace) ? {} : { namespace }),
    ...(sort === undefined || !SORTED_BY.has(sort.replace(/^-/, "")) ? {} : { sort }),
  };
  const change = (changed: (next: URLSearchParams) => void): void =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        changed(next);
        return next;
      },
      { replace: true },
    );
  return {
    given,
    query,
    has: search !== undefined || objects !== undefined || namespace !== undefined,
    set: (name, value) =>
      change((next) => {
        if (value === null || value === "") next.delete(name);
        else next.set(name, value);
      }),
    clear: () =>
      change((next) => {
        for (const name of NAMES) if (name !== "sort") next.delete(name);
      }),
  };
}
