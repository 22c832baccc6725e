// An option of a list of the picker: label, type and what it means.
import { Badge, Text } from "@mantine/core";
import type { DraggableSyntheticListeners } from "@dnd-kit/core";
import { memo } from "react";
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

/** Each on its own: what stays the same draws nothing anew while another option is dragged. */
interface Draggable {
  readonly innerRef?: (element: HTMLElement | null) => void;
  readonly listeners?: DraggableSyntheticListeners;
  readonly describedBy?: string;
  readonly roleDescription?: string;
  readonly isDragging?: boolean;
  /** Pixels, as far as it makes room for the one that is dragged. */
  readonly offset?: number | undefined;
  readonly transition?: string | undefined;
}

export const PickerOption = memo(function PickerOption({
  choice: { path, label, documentation, type },
  isSelected,
  isActive,
  problem,
  innerRef,
  listeners,
  describedBy,
  roleDescription,
  isDragging = false,
  offset,
  transition,
}: OptionProps & Draggable) {
  return (
    <div
      aria-describedby={describedBy}
      aria-roledescription={roleDescription}
      {...listeners}
      ref={innerRef}
      role="option"
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      data-path={path}
      data-selected={isSelected || undefined}
      data-dragging={isDragging || undefined}
      // Escape puts back what is carried, and closes no dialog around it.
      data-mantine-stop-propagation={isDragging || undefined}
      className={classes["option"]}
      style={offset === undefined ? undefined : { transform: `translate3d(0, ${offset}px, 0)`, transition }}
      // Long names are cut.
      title={[label === path ? path : `${label} (${path})`, documentation].filter(Boolean).join("\n")}
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
