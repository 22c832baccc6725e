// A column as one of those that can be dragged. What is in it is drawn anew only when it changes, not with each step of a drag.
import { useSortable } from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { type KeyboardEvent, memo } from "react";
import { ColumnContent, type ColumnContentProps } from "./column-content.tsx";
import classes from "./column-row.module.css";
import { headerOf } from "./columns.ts";

export type ColumnRowProps = Omit<ColumnContentProps, "handleRef" | "attributes" | "listeners">;

export const ColumnRow = memo(function ColumnRow(props: ColumnRowProps) {
  const { column, index, findings, readOnly, onMove } = props;
  const { key } = column;
  const { setNodeRef, setActivatorNodeRef, attributes, listeners, transform, transition, isDragging } = useSortable({
    id: key,
    disabled: readOnly,
  });
  const step = (event: KeyboardEvent<HTMLElement>): void => {
    const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
    if (!event.altKey || by === 0 || readOnly) return;
    event.preventDefault();
    const { target } = event;
    onMove(key, index + by, headerOf(column));
    // An element that is moved loses the focus.
    requestAnimationFrame(() => target instanceof HTMLElement && target.focus());
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that are pressed in its controls
    <li
      ref={setNodeRef}
      className={classes["row"]}
      data-pointer={key}
      data-dragging={isDragging || undefined}
      data-problem={findings.some((it) => it.tone === "problem") || undefined}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onKeyDown={step}
    >
      <ColumnContent {...props} handleRef={setActivatorNodeRef} attributes={attributes} listeners={listeners} />
    </li>
  );
});
