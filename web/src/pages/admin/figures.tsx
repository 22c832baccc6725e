// A few numbers with what they are, side by side.
import { Text } from "@mantine/core";
import classes from "./figures.module.css";

export interface Figure {
  readonly label: string;
  readonly value: string;
  /** Something is to be done about it: the label says so in words. */
  readonly alarming?: boolean;
}

export function Figures({ figures }: { readonly figures: readonly Figure[] }) {
  return (
    <dl className={classes["figures"]}>
      {figures.map(({ label, value, alarming = false }) => (
        <div key={label} className={classes["figure"]} data-alarming={alarming || undefined}>
          <Text component="dt" size="sm" c={alarming ? "var(--mantine-color-error)" : "dimmed"}>
            {label}
          </Text>
          <Text component="dd" m={0} fz={22} fw={600} c={alarming ? "var(--mantine-color-error)" : undefined}>
            {value}
          </Text>
        </div>
      ))}
    </dl>
  );
}
