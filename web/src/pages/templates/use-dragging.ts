// Dragging by mouse, finger and keyboard, told in the reader's language to those who do not see it.
import {
  type Announcements,
  type DndContextProps,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { sortableKeyboardCoordinates } from "@dnd-kit/sortable";
import { useTranslation } from "react-i18next";

// Sensors that were new each time would draw every row anew.
const POINTER = { activationConstraint: { distance: 4 } };
const KEYBOARD = { coordinateGetter: sortableKeyboardCoordinates };

/** @param nameOf what something is called, by its key */
export function useDragging(nameOf: (key: string) => string): Pick<DndContextProps, "sensors" | "accessibility"> {
  const { t } = useTranslation();
  const sensors = useSensors(useSensor(PointerSensor, POINTER), useSensor(KeyboardSensor, KEYBOARD));
  const place = (over: { readonly data: { readonly current?: unknown } } | null): number => {
    const { sortable } = (over?.data.current ?? {}) as { readonly sortable?: { readonly index: number } };
    return (sortable?.index ?? 0) + 1;
  };
  const announcements: Announcements = {
    onDragStart: ({ active }) => t("templates.drag.start", { name: nameOf(String(active.id)) }),
    onDragOver: ({ active, over }) =>
      over === null ? undefined : t("templates.drag.over", { name: nameOf(String(active.id)), place: place(over) }),
    onDragEnd: ({ active, over }) => t("templates.drag.end", { name: nameOf(String(active.id)), place: place(over) }),
    onDragCancel: ({ active }) => t("templates.drag.cancel", { name: nameOf(String(active.id)) }),
  };
  return {
    sensors,
    accessibility: { announcements, screenReaderInstructions: { draggable: t("templates.drag.how") } },
  };
}
