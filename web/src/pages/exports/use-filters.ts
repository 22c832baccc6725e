// What a list of exports is narrowed down to.
import type { Export } from "../../api/generated.ts";
import { type Given, isId, useGiven } from "../../lib/use-given.ts";

export const STATES = ["pending", "running", "ready", "error", "cancelled", "expired"] as const;

/** Names of the address's query. */
const NAMES = ["search", "state", "objects", "namespace", "batch", "realms", "mine", "sort"] as const;
type Name = (typeof NAMES)[number];

export interface Filters {
  /** As `GET exports` takes them. */
  readonly query: Readonly<Partial<Record<Exclude<Name, "state">, string>>> & { readonly state?: Export["state"] };
  /** Whether something is left out. */
  readonly has: boolean;
  readonly put: Given<Name>["put"];
  readonly clear: () => void;
}

export function useFilters(): Filters {
  const { given, put, clearAllBut } = useGiven(NAMES);
  const { search, objects, namespace, batch, sort } = given;
  const state = STATES.find((it) => it === given.state);
  const flag = (name: "realms" | "mine"): object => (given[name] === "true" ? { [name]: "true" } : {});
  const query: Filters["query"] = {
    ...(search === undefined ? {} : { search }),
    ...(state === undefined ? {} : { state }),
    ...(objects === undefined ? {} : { objects }),
    ...(isId(namespace) ? { namespace } : {}),
    ...(isId(batch) ? { batch } : {}),
    ...flag("realms"),
    ...flag("mine"),
    ...(sort === undefined ? {} : { sort }),
  };
  return {
    query,
    has: Object.keys(query).some((name) => name !== "sort"),
    put,
    clear: () => clearAllBut("sort"),
  };
}
