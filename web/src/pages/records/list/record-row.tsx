// A row of the table. It is drawn anew only when something of its own has changed.
import { Anchor, Checkbox } from "@mantine/core";
import { memo } from "react";
import { Link } from "react-router";
import { type PathField, isNumeric, valueAt } from "../../../parts/fields/field.ts";
import type { ValueText } from "../../../parts/fields/value-text.ts";
import { Cell, type CellWords } from "./cell.tsx";
import classes from "./records-table.module.css";

export interface RecordRowProps {
  readonly record: unknown;
  /** Null where records have no key: there is nothing to select or to open by. */
  readonly recordKey: string | null;
  readonly columns: readonly PathField[];
  /** The column that leads to the record's page; without it, the key does. */
  readonly title: string | null;
  readonly isSelected: boolean;
  readonly isFixed: boolean;
  readonly textOf: ValueText;
  readonly words: CellWords & { readonly select: (key: string) => string };
  readonly onSelect: (key: string, isIn: boolean, isRange: boolean) => void;
}

export const RecordRow = memo(function RecordRow({
  record,
  recordKey,
  columns,
  title,
  isSelected,
  isFixed,
  textOf,
  words,
  onSelect,
}: RecordRowProps) {
  const to = recordKey === null ? null : encodeURIComponent(recordKey);
  const hasTitle = columns.some((it) => it.path === title);
  return (
    <tr data-selected={isSelected || undefined}>
      {recordKey === null ? null : (
        <td className={classes["box"]}>
          <Checkbox
            size="xs"
            aria-label={words.select(recordKey)}
            checked={isSelected}
            disabled={isFixed}
            onChange={(event) =>
              onSelect(recordKey, event.currentTarget.checked, (event.nativeEvent as unknown as MouseEvent).shiftKey)
            }
          />
        </td>
      )}
      {hasTitle || to === null ? null : (
        <td className={classes["first"]}>
          <Anchor component={Link} to={to} size="sm">
            {recordKey}
          </Anchor>
        </td>
      )}
      {columns.map((field, n) => {
        const value = valueAt(record, field);
        const className = [isNumeric(field) ? classes["end"] : "", n === 0 && hasTitle ? classes["first"] : ""].join(
          " ",
        );
        return (
          <td key={field.path} className={className}>
            {field.path === title && to !== null ? (
              <Anchor component={Link} to={to} size="sm">
                {value === null || value === undefined || value === "" ? (
                  recordKey
                ) : (
                  <Cell field={field} value={value} textOf={textOf} words={words} />
                )}
              </Anchor>
            ) : (
              <Cell field={field} value={value} textOf={textOf} words={words} />
            )}
          </td>
        );
      })}
    </tr>
  );
});
