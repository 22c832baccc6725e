// A row of the table. Its cells are drawn anew only when something of their own has changed.
import { memo } from "react";
import { Link } from "react-router";
import { type PathField, isNumeric, valueAt } from "../../../parts/fields/field.ts";
import type { ValueText } from "../../../parts/fields/value-text.ts";
import { Cell, type CellWords } from "./cell.tsx";
import classes from "./records-table.module.css";

interface CellsProps {
  readonly record: unknown;
  /** Null where records have no key: there is nothing to select or to open by. */
  readonly recordKey: string | null;
  readonly columns: readonly PathField[];
  /** The column that leads to the record's page; without it, the key does. */
  readonly title: string | null;
  readonly textOf: ValueText;
  readonly words: CellWords & { readonly select: (key: string) => string };
}

export interface RecordRowProps extends CellsProps {
  readonly isSelected: boolean;
  readonly maySelect: boolean;
  readonly isFixed: boolean;
  readonly onSelect: (key: string, isIn: boolean, isRange: boolean) => void;
}

export const RecordRow = memo(function RecordRow({
  isSelected,
  maySelect,
  isFixed,
  onSelect,
  ...cells
}: RecordRowProps) {
  const { recordKey, words } = cells;
  return (
    <tr data-selected={isSelected || undefined}>
      {recordKey === null || !maySelect ? null : (
        <td className={classes["box"]}>
          <input
            type="checkbox"
            aria-label={words.select(recordKey)}
            checked={isSelected}
            disabled={isFixed}
            onChange={({ currentTarget, nativeEvent }) =>
              onSelect(recordKey, currentTarget.checked, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
            }
          />
        </td>
      )}
      <Cells {...cells} />
    </tr>
  );
});

const Cells = memo(function Cells({ record, recordKey, columns, title, textOf, words }: CellsProps) {
  const to = recordKey === null ? null : encodeURIComponent(recordKey);
  const hasTitle = columns.some((it) => it.path === title);
  return (
    <>
      {hasTitle || to === null ? null : (
        <td className={classes["first"]}>
          <Link to={to}>{recordKey}</Link>
        </td>
      )}
      {columns.map((field, n) => {
        const value = valueAt(record, field);
        const isTitle = field.path === title && to !== null;
        const isNameless = isTitle && (value === null || value === undefined || value === "");
        const cell = isNameless ? recordKey : <Cell field={field} value={value} textOf={textOf} words={words} />;
        const end = isNumeric(field) ? classes["end"] : undefined;
        return (
          <td key={field.path} className={n === 0 && hasTitle ? `${classes["first"]} ${end ?? ""}` : end}>
            {isTitle ? <Link to={to}>{cell}</Link> : cell}
          </td>
        );
      })}
    </>
  );
});
