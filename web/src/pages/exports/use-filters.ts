// What a list of exports is narrowed down to: in the address, so that it can be linked to and gone back to.
import { useSearchParams } from "react-router";
import type { Export } from "../../api/generated.ts";

export const STATES = ["pending", "running", "ready", "error", "cancelled", "expired"] as const;

/** Names of the address's query. */
const NAMES = ["search", "state", "objects", "namespace", "batch", "realms", "mine", "sort"] as const;
type Name = (typeof NAMES)[number];

export interface Filters {
  /** As `GET exports` takes them. */
  readonly query: {
    readonly search?: string;
    readonly state?: Export["state"];
    readonly objects?: string;
    readonly namespace?: string;
    readonly batch?: string;
    readonly realms?: string;
    readonly mine?: string;
    readonly sort?: string;
  };
  readonly has: boolean;
  readonly set: (name: Name, value: string | null) => void;
  readonly clear: () => void;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

export function useFilters(): Filters {
  const [params, setParams] = useSearchParams();
  const state = STATES.find((it) => it === params.get("state"));
  const id = (name: Name): object => (UUID.test(params.get(name) ?? "") ? { [name]: params.get(name) } : {});
  const text = (name: Name): object => (params.get(name) ? { [name]: params.get(name) } : {});
  const flag = (name: Name): object => (params.get(name) === "true" ? { [name]: "true" } : {});
  const query: Filters["query"] = {
    ...text("search"),
    ...(state === undefined ? {} : { state }),
    ...text("objects"),
    ...id("namespace"),
    ...id("batch"),
    ...flag("realms"),
    ...flag("mine"),
    ...text("sort"),
  };
  return {
    query,
    has: Object.keys(query).some((name) => name !== "sort"),
    set: (name, value) =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          if (value === null || value === "") next.delete(name);
          else next.set(name, value);
          return next;
        },
        { replace: true },
      ),
    clear: () =>
      setParams(
        (before) => {
          const next = new URLSearchParams(before);
          for (const name of NAMES) if (name !== "sort") next.delete(name);
          return next;
        },
        { replace: true },
      ),
  };
}
