// What moves columns between the two lists of a picker, and in the chosen one, by a click.
import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./column-picker.module.css";
import type { Picking } from "./use-picking.ts";

export function MoveButtons({
  picking: { search, free, chosen, from, to, add, remove },
}: {
  readonly picking: Picking;
}) {
  const { t } = useTranslation();
  const all = (choices: typeof free): ReadonlySet<string> => new Set(choices.map(({ path }) => path));
  return (
    <div className={classes["between"]} role="group" aria-label={t("exportDialog.picker.move")}>
      <Button
        size="xs"
        variant="default"
        disabled={from.selected.size === 0}
        onClick={() => add(from.selected)}
        rightSection={<IconChevronRight size={14} aria-hidden />}
      >
        {t("exportDialog.picker.add")}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={to.selected.size === 0}
        onClick={() => remove(to.selected)}
        leftSection={<IconChevronLeft size={14} aria-hidden />}
      >
        {t("exportDialog.picker.remove")}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={free.length === 0}
        onClick={() => add(all(free))}
        rightSection={<IconChevronsRight size={14} aria-hidden />}
      >
        {search === "" ? t("exportDialog.picker.all") : t("exportDialog.picker.allFound")}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={chosen.length === 0}
        onClick={() => remove(all(chosen))}
        leftSection={<IconChevronsLeft size={14} aria-hidden />}
      >
        {t("exportDialog.picker.none")}
      </Button>
    </div>
  );
}

/** One place up or down, for those that are selected. */
export function ShiftButtons({ picking: { to, shift } }: { readonly picking: Picking }) {
  const { t } = useTranslation();
  return ([-1, 1] as const).map((by) => {
    const label = by === -1 ? t("exportDialog.picker.up") : t("exportDialog.picker.down");
    const Icon = by === -1 ? IconArrowUp : IconArrowDown;
    return (
      <Tooltip key={by} label={label}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={label}
          disabled={to.selected.size === 0}
          onClick={() => shift(by)}
        >
          <Icon size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  });
}
