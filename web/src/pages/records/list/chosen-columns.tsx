// The columns that are shown, in their order: moved by dragging, or by their buttons.
import { ActionIcon } from "@mantine/core";
import {
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { IconArrowDown, IconArrowUp, IconGripVertical, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../../../parts/fields/field.ts";
import classes from "./columns.module.css";

export function ChosenColumns({
  paths,
  byPath,
  onChange,
}: {
  readonly paths: readonly string[];
  readonly byPath: ReadonlyMap<string, PathField>;
  readonly onChange: (paths: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const moved = ({ active, over }: DragEndEvent): void => {
    if (over === null || active.id === over.id) return;
    onChange(arrayMove([...paths], paths.indexOf(String(active.id)), paths.indexOf(String(over.id))));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={moved}>
      <SortableContext items={[...paths]} strategy={verticalListSortingStrategy}>
        <ol className={classes["chosen"]}>
          {paths.map((path, n) => (
            <Chosen
              key={path}
              path={path}
              label={byPath.get(path)?.heading ?? path}
              grip={t("records.columns.drag", { name: byPath.get(path)?.heading ?? path })}
              onUp={n === 0 ? null : () => onChange(arrayMove([...paths], n, n - 1))}
              onDown={n === paths.length - 1 ? null : () => onChange(arrayMove([...paths], n, n + 1))}
              onRemove={paths.length === 1 ? null : () => onChange(paths.filter((it) => it !== path))}
            />
          ))}
        </ol>
      </SortableContext>
    </DndContext>
  );
}

function Chosen({
  path,
  label,
  grip,
  onUp,
  onDown,
  onRemove,
}: {
  readonly path: string;
  readonly label: string;
  readonly grip: string;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: path,
  });
  const button = { variant: "subtle", color: "gray", size: "sm" } as const;
  return (
    <li
      ref={setNodeRef}
      className={classes["item"]}
      data-dragging={isDragging || undefined}
      style={{ transform: transform === null ? undefined : `translateY(${transform.y}px)`, transition }}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        className={classes["grip"]}
        {...attributes}
        {...listeners}
        aria-label={grip}
      >
        <IconGripVertical size={16} aria-hidden />
      </button>
      <span className={classes["name"]} title={path}>
        {label}
      </span>
      <ActionIcon
        {...button}
        disabled={onUp === null}
        onClick={() => onUp?.()}
        aria-label={t("records.columns.up", { name: label })}
      >
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...button}
        disabled={onDown === null}
        onClick={() => onDown?.()}
        aria-label={t("records.columns.down", { name: label })}
      >
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        {...button}
        disabled={onRemove === null}
        onClick={() => onRemove?.()}
        aria-label={t("records.columns.hide", { name: label })}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  );
}
