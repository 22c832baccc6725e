// Dragging between the two lists of a picker, and within the chosen one: by mouse, touch and keyboard.
import {
  closestCenter,
  type CollisionDetection,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import type { ReactNode } from "react";
import type { Choice } from "./choice.ts";
import classes from "./column-picker.module.css";
import { useDragTexts } from "./drag-texts.ts";
import type { Picking } from "./use-picking.ts";

// Sensors that were new each time would draw every option anew.
const MOUSE = { activationConstraint: { distance: 4 } };
const TOUCH = { activationConstraint: { delay: 220, tolerance: 8 } };
const KEYBOARD = {
  coordinateGetter: sortableKeyboardCoordinates,
  keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter", "Tab"] },
};

const FROM = "available:";

const collisions: CollisionDetection = (its) =>
  String(its.active.id).startsWith(FROM) ? pointerWithin(its) : closestCenter(its);

export function Dragging({
  available,
  value,
  onChange,
  picking: { byPath, from, add },
  dragged,
  setDragged,
  children,
}: {
  readonly available: readonly Choice[];
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly picking: Picking;
  /** What is dragged: a path, with a mark in front where it is not chosen yet. */
  readonly dragged: string | null;
  readonly setDragged: (id: string | null) => void;
  readonly children: ReactNode;
}) {
  const texts = useDragTexts(available);
  const sensors = useSensors(
    useSensor(MouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, KEYBOARD),
  );
  const drop = ({ active, over }: DragEndEvent): void => {
    setDragged(null);
    if (over === null) return;
    const id = String(active.id);
    const target = over.id === "chosen" ? null : String(over.id);
    if (id.startsWith(FROM)) {
      const path = id.slice(FROM.length);
      add(from.selected.has(path) ? from.selected : new Set([path]), target);
      return;
    }
    if (target === null || target === id) return;
    const isDown = value.indexOf(id) < value.indexOf(target);
    const rest = value.filter((path) => path !== id);
    onChange(rest.toSpliced(rest.indexOf(target) + (isDown ? 1 : 0), 0, id));
  };
  const path = dragged?.replace(/^available:/, "");
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      accessibility={texts}
      onDragStart={({ active }) => setDragged(String(active.id))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {path === undefined ? null : <div className={classes["overlay"]}>{byPath.get(path)?.label ?? path}</div>}
      </DragOverlay>
    </DndContext>
  );
}
