// The columns that are chosen, in their order, which is changed by dragging or by keys.
import { useDroppable } from "@dnd-kit/core";
import { SortableContext, useSortable, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useNear } from "../../lib/use-near.ts";
import { Nothing } from "./available-list.tsx";
import type { Choice } from "./choice.ts";
import classes from "./column-picker.module.css";
import { type OptionProps, PickerOption } from "./picker-option.tsx";
import { type Listbox, pathAt } from "./use-listbox.ts";

/** Options that can be dropped on at once, before the browser has said what is in sight. */
const FIRST = 20;

export function ChosenList({
  choices,
  list: { selected, active, ref, onKeyDown, onClick },
  onMove,
  problems,
  error,
}: {
  readonly choices: readonly Choice[];
  readonly list: Listbox;
  readonly onMove: (path: string) => void;
  readonly problems: ReadonlyMap<string, string> | undefined;
  readonly error: boolean;
}) {
  const { t } = useTranslation();
  const { setNodeRef, isOver } = useDroppable({ id: "chosen" });
  return (
    <div
      role="listbox"
      aria-multiselectable
      aria-label={t("exportDialog.picker.chosen")}
      aria-invalid={error}
      ref={(element) => {
        ref.current = element;
        setNodeRef(element);
      }}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const path = pathAt(event);
        if (path !== null) onMove(path);
      }}
      className={classes["list"]}
      data-scrolls
      data-over={isOver || undefined}
      data-error={error || undefined}
      tabIndex={choices.length === 0 ? 0 : -1}
    >
      {choices.length === 0 ? <Nothing text={t("exportDialog.picker.noneChosen")} /> : null}
      <SortableContext items={choices.map(({ path }) => path)} strategy={verticalListSortingStrategy}>
        {choices.map((choice, n) => (
          <ChosenOption
            key={choice.path}
            startsNear={n < FIRST}
            choice={choice}
            isSelected={selected.has(choice.path)}
            isActive={choice.path === active}
            problem={problems?.get(choice.path)}
          />
        ))}
      </SortableContext>
    </div>
  );
}

/** Hundreds that could be dropped on would all be measured when one is picked up: those out of sight can wait. */
const ChosenOption = memo(function ChosenOption(its: OptionProps & { readonly startsNear: boolean }) {
  const { startsNear, ...option } = its;
  const { ref, isNear } = useNear<HTMLDivElement>(startsNear);
  return (
    <div ref={ref} role="presentation">
      {isNear || its.isActive ? <SortableOption {...option} /> : <PickerOption {...option} />}
    </div>
  );
});

function SortableOption(its: OptionProps) {
  const { t } = useTranslation();
  const { setNodeRef, listeners, attributes, isDragging, transform, transition } = useSortable({
    id: its.choice.path,
  });
  return (
    <PickerOption
      {...its}
      innerRef={setNodeRef}
      listeners={listeners}
      describedBy={attributes["aria-describedby"]}
      roleDescription={t("exportDialog.picker.sortable")}
      isDragging={isDragging}
      offset={transform === null ? undefined : Math.round(transform.y)}
      transition={transition}
    />
  );
}
