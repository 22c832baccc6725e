// The columns that can be chosen, in groups.
import { Text } from "@mantine/core";
import { useDraggable } from "@dnd-kit/core";
import { memo, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Choice } from "./choice.ts";
import classes from "./column-picker.module.css";
import { type OptionProps, PickerOption } from "./picker-option.tsx";
import { type Listbox, pathAt } from "./use-listbox.ts";

export function AvailableList({
  choices,
  list: { selected, active, ref, onKeyDown, onClick },
  onMove,
}: {
  /** In their groups. */
  readonly choices: readonly Choice[];
  readonly list: Listbox;
  readonly onMove: (path: string) => void;
}) {
  const { t } = useTranslation();
  const groups = Map.groupBy(choices, ({ group }) => group ?? "");
  return (
    <div
      role="listbox"
      aria-multiselectable
      aria-label={t("exportDialog.picker.available")}
      ref={ref}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const path = pathAt(event);
        if (path !== null) onMove(path);
      }}
      className={classes["list"]}
      tabIndex={choices.length === 0 ? 0 : -1}
    >
      {choices.length === 0 ? <Nothing text={t("exportDialog.picker.noneAvailable")} /> : null}
      {[...groups].map(([group, its]) => (
        <div key={group} role="group" aria-label={group === "" ? t("exportDialog.picker.own") : group}>
          {group === "" ? null : (
            <Text className={classes["group"] ?? ""} size="xs" fw={600} c="dimmed" aria-hidden>
              {group}
            </Text>
          )}
          {its.map((choice) => (
            <AvailableOption
              key={choice.path}
              choice={choice}
              isSelected={selected.has(choice.path)}
              isActive={choice.path === active}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

const AvailableOption = memo(function AvailableOption(its: OptionProps) {
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `available:${its.choice.path}` });
  const pointers = useMemo(() => {
    // Keys choose here: only pointers drag.
    const { onKeyDown: _onKeyDown, ...others } = listeners ?? {};
    return others;
  }, [listeners]);
  return <PickerOption {...its} innerRef={setNodeRef} listeners={pointers} isDragging={isDragging} />;
});

export function Nothing({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed" ta="center" p="md" role="option" aria-selected={false} aria-disabled>
      {text}
    </Text>
  );
}
