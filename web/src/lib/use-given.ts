// What a list is narrowed down to: some names of the page's address, so that it can be linked to and gone back to.
import { useSearchParams } from "react-router";

export interface Given<Name extends string> {
  /** Those that are there, and not empty. */
  readonly given: Readonly<Partial<Record<Name, string>>>;
  /** What is empty or null is taken away. */
  readonly put: (change: Readonly<Partial<Record<Name, string | null>>>) => void;
  /** Takes away all but these. */
  readonly clearAllBut: (...kept: readonly Name[]) => void;
}

export function useGiven<Name extends string>(names: readonly Name[]): Given<Name> {
  const [params, setParams] = useSearchParams();
  const given = Object.fromEntries(
    names.map((name) => [name, params.get(name) ?? ""] as const).filter(([, value]) => value !== ""),
  ) as Partial<Record<Name, string>>;
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
    put: (its) =>
      change((next) => {
        for (const [name, value] of Object.entries<string | null | undefined>(its)) {
          if (value === null || value === undefined || value === "") next.delete(name);
          else next.set(name, value);
        }
      }),
    clearAllBut: (...kept) =>
      change((next) => {
        for (const name of names) if (!kept.includes(name)) next.delete(name);
      }),
  };
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether a text of the address can be an id. */
export function isId(text: string | undefined): text is string {
  return text !== undefined && UUID.test(text);
}
