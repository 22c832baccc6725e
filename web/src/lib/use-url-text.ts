// A text that is typed, and that lives in the address once one pauses: a search can be linked to and gone back to.
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useSearchParams } from "react-router";

/** Milliseconds. */
const PAUSE = 250;

export interface UrlText {
  /** As it is typed. */
  readonly typed: string;
  /** As the address has it. */
  readonly text: string;
  readonly type: (text: string) => void;
}

export function useUrlText(name: string): UrlText {
  const [search, setSearch] = useSearchParams();
  const text = search.get(name) ?? "";
  const [state, setState] = useState({ typed: text, of: text });
  // Whoever goes back in the history finds what was searched for.
  if (state.of !== text) setState({ typed: text === state.typed.trim() ? state.typed : text, of: text });
  const settle = useDebouncedCallback((typed: string) => {
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (typed.trim() === "") next.delete(name);
        else next.set(name, typed.trim());
        return next;
      },
      { replace: true },
    );
  }, PAUSE);
  return {
    typed: state.typed,
    text,
    type(typed) {
      setState({ typed, of: text });
      settle(typed);
    },
  };
}
