// A list box of which several options can be selected: the one with the focus, the selected ones, and their keys.
import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";

export interface Listbox {
  readonly selected: ReadonlySet<string>;
  /** The option that the Tab key comes to; null where there is none. */
  readonly active: string | null;
  readonly ref: React.RefObject<HTMLDivElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onClick: (event: MouseEvent) => void;
  /** What Enter and the buttons are about: the selected options, else the one with the focus. */
  readonly subject: ReadonlySet<string>;
  /** Options leave the list: the next one that stays takes the focus, where the list has it. */
  readonly leave: (some: ReadonlySet<string>) => void;
  /** Nothing, or these alone, are selected. */
  readonly select: (some: readonly string[]) => void;
}

/** The path of the option that an event is about. */
export function pathAt(event: { readonly target: EventTarget }): string | null {
  return (event.target as Element).closest<HTMLElement>("[data-path]")?.dataset["path"] ?? null;
}

export function useListbox(paths: readonly string[]): Listbox {
  const ref = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [focus, setFocus] = useState<string | null>(null);
  const [anchor, setAnchor] = useState<string | null>(null);
  const selected = new Set(paths.filter((it) => chosen.has(it)));
  const active = focus !== null && paths.includes(focus) ? focus : (paths[0] ?? null);

  const goTo = (path: string | null | undefined): void => {
    if (path === null || path === undefined) return;
    setFocus(path);
    // An option that has just changed its list is there when this was painted.
    requestAnimationFrame(() => {
      const its = ref.current?.querySelector<HTMLElement>(`[data-path="${CSS.escape(path)}"]`);
      its?.focus();
      its?.scrollIntoView({ block: "nearest" });
    });
  };
  const range = (from: string, to: string): readonly string[] => {
    const [a, b] = [paths.indexOf(from), paths.indexOf(to)].toSorted((one, other) => one - other);
    return a === undefined || a < 0 ? [to] : paths.slice(a, b! + 1);
  };
  const take = (path: string, how: { readonly shiftKey: boolean; readonly toggle: boolean }): void => {
    setFocus(path);
    if (how.shiftKey) {
      setChosen(new Set(range(anchor ?? active ?? path, path)));
      return;
    }
    setAnchor(path);
    setChosen(how.toggle ? toggled(selected, path) : new Set([path]));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || active === null) return;
    const at = paths.indexOf(active);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: paths.length - 1,
    };
    const place = places[event.key];
    if (place !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const to = paths[Math.max(0, Math.min(paths.length - 1, place))]!;
      if (event.shiftKey) setChosen(new Set(range(anchor ?? active, to)));
      else setAnchor(to);
      goTo(to);
    } else if (event.key === "a" && (event.ctrlKey || event.metaKey)) {
      setChosen(new Set(paths));
    } else if (event.key === " ") {
      take(active, { shiftKey: event.shiftKey, toggle: true });
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return {
    selected,
    active,
    ref,
    onKeyDown,
    onClick(event) {
      const path = pathAt(event);
      if (path !== null) take(path, { shiftKey: event.shiftKey, toggle: event.ctrlKey || event.metaKey });
    },
    subject: selected.size > 0 && (active === null || selected.has(active)) ? selected : oneOf(active),
    leave(some) {
      const hasFocus = ref.current?.contains(document.activeElement) === true;
      const at = active === null ? 0 : paths.indexOf(active);
      const next = paths.slice(at).find((it) => !some.has(it)) ?? paths.slice(0, at).findLast((it) => !some.has(it));
      setChosen(new Set());
      setAnchor(null);
      if (hasFocus) goTo(next);
      else setFocus(next ?? null);
    },
    select(some) {
      setChosen(new Set(some));
      setAnchor(some[0] ?? null);
      setFocus(some[0] ?? null);
    },
  };
}

function toggled(all: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(all);
  if (!next.delete(path)) next.add(path);
  return next;
}

function oneOf(path: string | null): ReadonlySet<string> {
  return new Set(path === null ? [] : [path]);
}
