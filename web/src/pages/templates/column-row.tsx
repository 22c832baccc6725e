// A column as one of those that are put in order. Of hundreds, those that are far from sight are a place with a name.
import { memo, useState } from "react";
import { useNear } from "../../lib/use-near.ts";
import { ColumnContent, type ColumnProps } from "./column-content.tsx";
import classes from "./column-row.module.css";
import { headerOf } from "./columns.ts";

/** Rows that are drawn at once, before the browser has said what is in sight. */
const FIRST = 12;
/** Pixels, of a row that was not drawn yet. */
const USUAL_HEIGHT = 56;

export const ColumnRow = memo(function ColumnRow(props: ColumnProps) {
  const { column, index, isOpen } = props;
  const { ref, isNear, height } = useNear<HTMLLIElement>(index < FIRST);
  const [hasFocus, setFocus] = useState(false);
  const [isDragging, setDragging] = useState(false);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the focus of its controls
    <li ref={ref} data-pointer={column.key} onFocus={() => setFocus(true)} onBlur={() => setFocus(false)}>
      {isNear || isOpen || hasFocus || isDragging ? (
        <ColumnContent {...props} onDragging={setDragging} />
      ) : (
        <div className={classes["far"]} style={{ height: height.current ?? USUAL_HEIGHT }}>
          {headerOf(column)}
        </div>
      )}
    </li>
  );
});
