// Facts with their names: a list of definitions in two columns, in one where it is narrow.
import type { ReactNode } from "react";
import classes from "./facts.module.css";

export interface Fact {
  readonly name: string;
  /** Not shown where it is null. */
  readonly value: ReactNode;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts
        .filter(({ value }) => value !== null && value !== undefined)
        .map(({ name, value }) => (
          <div key={name} className={classes["fact"]}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
