// An option of a list of the picker: label, type and what it means.
import { Badge, Text } from "@mantine/core";
import type { DraggableAttributes, DraggableSyntheticListeners } from "@dnd-kit/core";
import { type CSSProperties, memo } from "react";
import type { Choice } from "./choice.ts";
import classes from "./column-picker.module.css";

export interface OptionProps {
  readonly choice: Choice;
  readonly isSelected: boolean;
  /** Whether the Tab key comes to it. */
  readonly isActive: boolean;
  /** What is wrong with it. */
  readonly problem?: string | undefined;
}

interface Dragging {
  readonly innerRef: (element: HTMLElement | null) => void;
  readonly style?: CSSProperties;
  readonly listeners: DraggableSyntheticListeners;
  readonly attributes?: Partial<DraggableAttributes>;
  readonly isDragging: boolean;
}

export const PickerOption = memo(function PickerOption({
  choice: { path, label, documentation, type },
  isSelected,
  isActive,
  problem,
  dragging: { innerRef, style, listeners, attributes, isDragging },
}: OptionProps & { readonly dragging: Dragging }) {
  return (
    <div
      {...attributes}
      {...listeners}
      ref={innerRef}
      role="option"
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-path={path}
      data-selected={isSelected || undefined}
      data-dragging={isDragging || undefined}
      className={classes["option"]}
      style={style}
      title={documentation}
    >
      <span className={classes["optionText"]}>
        <Text component="span" size="sm" truncate="end" display="block">
          {label}
          {label === path ? null : (
            <Text component="span" size="xs" c="dimmed" ml={6} ff="monospace">
              {path}
            </Text>
          )}
        </Text>
        {documentation === undefined && problem === undefined ? null : (
          <Text
            component="span"
            size="xs"
            c={problem === undefined ? "dimmed" : "var(--mantine-color-error)"}
            truncate="end"
            display="block"
          >
            {problem ?? documentation}
          </Text>
        )}
      </span>
      {type === undefined ? null : (
        <Badge variant="default" size="xs" tt="none" fw={400} component="span" className={classes["type"] ?? ""}>
          {type}
        </Badge>
      )}
    </div>
  );
});
