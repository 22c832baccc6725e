// Facts: each with its name, and what it means.
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./facts.module.css";

export interface Fact {
  readonly label: string;
  /** What is null is left out. */
  readonly value: ReactNode;
  readonly meaning?: string;
}

export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes["facts"]}>
      {facts.map(({ label, value, meaning }) =>
        value === null ? null : (
          <div key={label} className={classes["fact"]}>
            <Text component="dt" size="sm" c="dimmed">
              {label}
            </Text>
            <Text component="dd" m={0} size="sm" style={{ overflowWrap: "anywhere" }}>
              {value}
              {meaning === undefined ? null : (
                <Text component="div" size="xs" c="dimmed">
                  {meaning}
                </Text>
              )}
            </Text>
          </div>
        ),
      )}
    </dl>
  );
}
