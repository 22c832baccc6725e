// The records of a page as a table: heads stay in sight, rows can be selected, alone or in ranges.
import { Box, Skeleton } from "@mantine/core";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../../../parts/fields/field.ts";
import { useValueText } from "../../../parts/fields/value-text.ts";
import { RecordRow } from "./record-row.tsx";
import { RecordsHead } from "./records-head.tsx";
import classes from "./records-table.module.css";
import { isSelected, type Selection, withKeys } from "./selection.ts";

export interface RecordsTableProps {
  readonly label: string;
  readonly columns: readonly PathField[];
  readonly title: string | null;
  /** Absent while they are on their way. */
  readonly page: { readonly data: readonly unknown[]; readonly keys: readonly string[] | null } | undefined;
  /** Whether `page` is of another question than the one that was asked last. */
  readonly isWaiting: boolean;
  readonly order: readonly string[];
  readonly onOrder: (order: readonly string[]) => void;
  readonly selection: Selection;
  /** Whether there is anything to select rows for. */
  readonly maySelect: boolean;
  /** Whether single rows can be taken out of every match. */
  readonly mayExcept: boolean;
  readonly onSelection: (change: (now: Selection) => Selection) => void;
}

export function RecordsTable({
  label,
  columns: askedColumns,
  title,
  page: givenPage,
  isWaiting,
  order,
  onOrder,
  selection,
  maySelect,
  mayExcept,
  onSelection,
}: RecordsTableProps) {
  const { t } = useTranslation();
  // A hundred rows of thirty columns take a moment: what somebody does meanwhile goes first.
  const given = useMemo(() => ({ page: givenPage, columns: askedColumns }), [givenPage, askedColumns]);
  const drawn = useDeferredValue(given);
  const { page, columns } = drawn;
  const textOf = useValueText();
  const words = useMemo(
    () => ({
      missing: t("records.table.missing"),
      empty: t("records.table.empty"),
      select: (key: string) => t("records.table.select", { key }),
    }),
    [t],
  );
  const keys = page?.keys ?? null;
  const shown = useRef(keys);
  const last = useRef<string | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current = keys;
    last.current = null;
    frame.current?.scrollTo({ top: 0 });
  }, [keys]);
  const onSelect = useCallback(
    (key: string, isIn: boolean, isRange: boolean) => {
      const all = shown.current ?? [];
      const [from, to] = [all.indexOf(last.current ?? key), all.indexOf(key)];
      const some = isRange && from !== -1 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [key];
      last.current = key;
      onSelection((now) => withKeys(now, some, isIn));
    },
    [onSelection],
  );
  const isFixed = selection.mode === "matches" && !mayExcept;
  const chosen = keys?.filter((it) => isSelected(selection, it)).length ?? 0;
  const hasTitle = columns.some((it) => it.path === title);
  return (
    <Box ref={frame} className={classes["frame"]} tabIndex={0} role="region" aria-label={label}>
      <table
        className={`${classes["table"]} ${isWaiting || drawn !== given ? classes["waiting"] : ""}`}
        aria-label={label}
        aria-busy={page === undefined || isWaiting}
      >
        <RecordsHead
          columns={columns}
          hasTitle={hasTitle || keys === null}
          order={order}
          onOrder={onOrder}
          box={
            keys === null || !maySelect
              ? null
              : {
                  state: chosen === 0 ? "none" : chosen === keys.length ? "all" : "some",
                  // Rows that are about to be replaced are not what somebody means.
                  isFixed: isFixed || keys.length === 0 || isWaiting || drawn !== given,
                  onChange: (isIn) => onSelection((now) => withKeys(now, keys, isIn)),
                }
          }
        />
        <tbody>
          {page === undefined
            ? Array.from({ length: 12 }, (_, n) => (
                <tr key={n}>
                  <td colSpan={columns.length + 2}>
                    <Skeleton height={14} />
                  </td>
                </tr>
              ))
            : page.data.map((record, n) => (
                <RecordRow
                  key={keys?.[n] ?? n}
                  record={record}
                  recordKey={keys?.[n] ?? null}
                  columns={columns}
                  title={title}
                  isSelected={keys !== null && isSelected(selection, keys[n]!)}
                  maySelect={maySelect}
                  isFixed={isFixed}
                  textOf={textOf}
                  words={words}
                  onSelect={onSelect}
                />
              ))}
        </tbody>
      </table>
    </Box>
  );
}
