// What is said while a column is dragged.
import type { Announcements, ScreenReaderInstructions } from "@dnd-kit/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "./choice.ts";

export function useDragTexts(choices: readonly Choice[]): {
  readonly announcements: Announcements;
  readonly screenReaderInstructions: ScreenReaderInstructions;
} {
  const { t } = useTranslation();
  return useMemo(() => {
    const labels = new Map<string, string>(choices.map(({ path, label }) => [path, label]));
    const named = (id: string | number): string => {
      const path = String(id).replace(/^available:/, "");
      return labels.get(path) ?? path;
    };
    const text = (key: "taken" | "dropped" | "back", id: string | number): string =>
      t(`exportDialog.picker.drag.${key}`, { name: named(id) });
    return {
      screenReaderInstructions: { draggable: t("exportDialog.picker.drag.how") },
      announcements: {
        onDragStart: ({ active }) => text("taken", active.id),
        onDragOver: ({ active, over }) =>
          over === null || over.id === active.id || over.id === "chosen"
            ? undefined
            : t("exportDialog.picker.drag.over", { name: named(active.id), other: named(over.id) }),
        onDragEnd: ({ active, over }) => text(over === null ? "back" : "dropped", active.id),
        onDragCancel: ({ active }) => text("back", active.id),
      },
    };
  }, [t, choices]);
}
