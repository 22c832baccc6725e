// Two lists to pick columns by: those there are, and those that are chosen, in their order. By mouse, touch and keyboard.
import { Group, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { AvailableList } from "./available-list.tsx";
import type { Choice } from "./choice.ts";
import { ChosenList } from "./chosen-list.tsx";
import classes from "./column-picker.module.css";
import { Dragging } from "./dragging.tsx";
import { MoveButtons, ShiftButtons } from "./move-buttons.tsx";
import { usePicking } from "./use-picking.ts";

export interface ColumnPickerProps {
  readonly available: readonly Choice[];
  /** Paths, in their order; one that is not on offer is shown as it is. */
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** What is wrong with the whole, and with single paths. */
  readonly error?: string | undefined;
  readonly problems?: ReadonlyMap<string, string>;
  /** What stands beside the search: where to start from. */
  readonly tools?: ReactNode;
}

export function ColumnPicker({ available, value, onChange, error, problems, tools }: ColumnPickerProps) {
  const { t } = useTranslation();
  const shown = useShown();
  const [dragged, setDragged] = useState<string | null>(null);
  const picking = usePicking({ available, value, onChange, isCarried: dragged !== null });
  const { search, setSearch, free, chosen, from, to, add, remove } = picking;
  const onSearchKey = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") from.ref.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    else if (event.key === "Enter" && free[0] !== undefined) add(new Set([free[0].path]));
    else if (event.key === "Escape" && search !== "") setSearch("");
    else return;
    event.preventDefault();
  };
  return (
    <Dragging {...{ available, value, onChange, picking, dragged, setDragged }}>
      <div className={classes["columns"]}>
        <div className={classes["column"]}>
          <Text size="sm" fw={600}>
            {t("exportDialog.picker.available")}
          </Text>
          <TextInput
            size="xs"
            type="search"
            aria-label={t("exportDialog.picker.search")}
            placeholder={t("exportDialog.picker.search")}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={onSearchKey}
            data-mantine-stop-propagation={search !== ""}
          />
          <AvailableList choices={free} list={from} onMove={(path) => add(new Set([path]))} />
          <Text size="xs" c="dimmed">
            {t("exportDialog.picker.left", { count: free.length, shown: shown.number(free.length) })}
          </Text>
        </div>
        <MoveButtons picking={picking} />
        <div className={classes["column"]}>
          <Text size="sm" fw={600}>
            {t("exportDialog.picker.chosen")}
          </Text>
          <Group gap={6} mih={30} wrap="nowrap" justify="space-between">
            <Group gap={4} wrap="nowrap">
              <ShiftButtons picking={picking} />
            </Group>
            {tools}
          </Group>
          <ChosenList
            choices={chosen}
            list={to}
            onMove={(path) => remove(new Set([path]))}
            problems={problems}
            error={error !== undefined}
          />
          {error === undefined ? (
            <Text size="xs" c="dimmed" aria-live="polite">
              {t("exportDialog.picker.count", { count: value.length, shown: shown.number(value.length) })}
            </Text>
          ) : (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {error}
            </Text>
          )}
        </div>
      </div>
      <VisuallyHidden>{t("exportDialog.picker.keys")}</VisuallyHidden>
      <Text size="xs" c="dimmed" mt={4} visibleFrom="sm" aria-hidden>
        {t("exportDialog.picker.keys")}
      </Text>
    </Dragging>
  );
}
