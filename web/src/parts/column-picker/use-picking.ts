// The two lists of a picker: what is on offer and what is chosen, and all that moves options between them and in their order.
import { type KeyboardEvent, useDeferredValue, useMemo, useState } from "react";
import { type Choice, matching, placed, shifted } from "./choice.ts";
import { type Listbox, useListbox } from "./use-listbox.ts";

export interface Picking {
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly byPath: ReadonlyMap<string, Choice>;
  /** What is left to choose and has the words of the search, in its groups. */
  readonly free: readonly Choice[];
  readonly chosen: readonly Choice[];
  readonly from: Listbox;
  readonly to: Listbox;
  /** @param before a chosen path; behind all without it */
  readonly add: (some: ReadonlySet<string>, before?: string | null) => void;
  readonly remove: (some: ReadonlySet<string>) => void;
  readonly shift: (by: -1 | 1) => void;
}

/** @param isCarried whether an option is carried by keys, which are then its */
export function usePicking({
  available,
  value,
  onChange,
  isCarried,
}: {
  readonly available: readonly Choice[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly isCarried: boolean;
}): Picking {
  const [search, setSearch] = useState("");
  const sought = useDeferredValue(search);
  const byPath = useMemo(() => new Map(available.map((it) => [it.path, it])), [available]);
  const chosen = useMemo(() => value.map((path) => byPath.get(path) ?? { path, label: path }), [value, byPath]);
  const free = useMemo(() => {
    const taken = new Set(value);
    const left = matching(available, sought).filter(({ path }) => !taken.has(path));
    return [...Map.groupBy(left, ({ group }) => group ?? "").values()].flat();
  }, [available, value, sought]);
  const from = useListbox(useMemo(() => free.map(({ path }) => path), [free]));
  const to = useListbox(value);

  const add = (some: ReadonlySet<string>, before: string | null = null): void => {
    const paths = free.map(({ path }) => path).filter((path) => some.has(path));
    if (paths.length === 0) return;
    from.leave(some);
    to.select(paths);
    onChange(placed(value, paths, before));
  };
  const remove = (some: ReadonlySet<string>): void => {
    to.leave(some);
    onChange(value.filter((path) => !some.has(path)));
  };
  const shift = (by: -1 | 1): void => onChange(shifted(value, to.subject, by));

  const onAvailableKey = (event: KeyboardEvent): void => {
    if (event.key !== "Enter") {
      from.onKeyDown(event);
      return;
    }
    event.preventDefault();
    add(from.subject);
  };
  const onChosenKey = (event: KeyboardEvent): void => {
    if (isCarried || event.defaultPrevented) return;
    const isVertical = event.key === "ArrowUp" || event.key === "ArrowDown";
    if (isVertical && (event.ctrlKey || event.altKey || event.metaKey)) {
      event.preventDefault();
      shift(event.key === "ArrowUp" ? -1 : 1);
      const { active, ref } = to;
      requestAnimationFrame(() => {
        ref.current?.querySelector(`[data-path="${CSS.escape(active ?? "")}"]`)?.scrollIntoView({ block: "nearest" });
      });
    } else if (["Enter", "Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      remove(to.subject);
    } else {
      to.onKeyDown(event);
    }
  };
  return {
    search,
    setSearch,
    byPath,
    free,
    chosen,
    from: { ...from, onKeyDown: onAvailableKey },
    to: { ...to, onKeyDown: onChosenKey },
    add,
    remove,
    shift,
  };
}
