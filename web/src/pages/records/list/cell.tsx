// A value in a cell: missing values, empty texts and long texts are told apart.
import type { PathField } from "../../../parts/fields/field.ts";
import type { ValueText } from "../../../parts/fields/value-text.ts";
import classes from "./records-table.module.css";

/** Characters that are shown; the whole is in a tooltip, and on the record's page. */
const SHOWN = 120;

export interface CellWords {
  readonly missing: string;
  readonly empty: string;
}

export function Cell({
  field,
  value,
  textOf,
  words,
}: {
  readonly field: PathField;
  readonly value: unknown;
  readonly textOf: ValueText;
  readonly words: CellWords;
}) {
  if (value === null || value === undefined) {
    return (
      <span className={classes["missing"]}>
        <span aria-hidden>—</span>
        <span className={classes["unseen"]}>{words.missing}</span>
      </span>
    );
  }
  if (value === "") return <span className={classes["missing"]}>{words.empty}</span>;
  const text = textOf(field, value);
  if (text.length <= 32) return text;
  return (
    <span className={classes["clipped"]} title={text.slice(0, 2000)}>
      {text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
    </span>
  );
}
