// What is selected, always in sight, and the way to every match and back.
import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShown } from "../../../lib/shown.ts";
import classes from "./selection-bar.module.css";
import { type Count, isEmpty, type Selection, sizeOf } from "./selection.ts";
import { useCountText } from "./count-text.ts";

export function SelectionBar({
  selection,
  matches,
  isPageFull,
  onEveryMatch,
  onClear,
}: {
  readonly selection: Selection;
  /** How many records match. */
  readonly matches: Count | undefined;
  /** Whether all rows of the page are selected, and there are more. */
  readonly isPageFull: boolean;
  readonly onEveryMatch: () => void;
  readonly onClear: () => void;
}) {
  const { t } = useTranslation();
  const { number } = useShown();
  const textOf = useCountText();
  if (isEmpty(selection)) return null;
  const size = sizeOf(selection, matches);
  const shown = textOf(size);
  const text =
    selection.mode === "keys"
      ? t("records.selection.some", { count: size.count ?? 0, shown })
      : selection.except.size === 0
        ? size.count === null
          ? t("records.selection.allUncounted")
          : t(size.exact ? "records.selection.all" : "records.selection.allAbout", { count: size.count, shown })
        : t("records.selection.allBut", {
            count: selection.except.size,
            shown,
            except: number(selection.except.size),
          });
  return (
    <Group className={classes["bar"]} gap="sm" role="region" aria-label={t("records.selection.label")}>
      <Text size="sm" fw={600} role="status">
        {text}
      </Text>
      {selection.mode === "keys" && isPageFull ? (
        <Button size="compact-sm" variant="subtle" onClick={onEveryMatch}>
          {matches?.count === null || matches === undefined
            ? t("records.selection.everyUncounted")
            : t(matches.exact ? "records.selection.every" : "records.selection.everyAbout", {
                count: matches.count,
                shown: textOf(matches),
              })}
        </Button>
      ) : null}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        {t("records.selection.clear")}
      </Button>
    </Group>
  );
}
