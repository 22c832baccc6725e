// The columns of a table in their order: added many at once, moved by mouse or keyboard, each with its rules.
import { closestCenter, DndContext, type DragEndEvent } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button, Group, Paper, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AddColumns } from "./add-columns.tsx";
import { ColumnRow } from "./column-row.tsx";
import { changed, type Columns, duplicated, moved } from "./columns.ts";
import { type Column, newColumn } from "./model.ts";
import { CountContext } from "./place-input.tsx";
import type { Choices } from "./use-choices.ts";
import type { Finding, Previewed } from "./use-preview.ts";
import { useDragging } from "./use-dragging.ts";

const NONE: readonly Finding[] = [];

export function ColumnsEditor({
  columns,
  change,
  choices,
  translations,
  found,
  opened,
  onToggle,
  readOnly,
}: {
  readonly columns: Columns;
  readonly change: (change: (columns: Columns) => Columns) => void;
  readonly choices: Choices;
  /** Names of translations of the template. */
  readonly translations: readonly string[];
  readonly found: Previewed | undefined;
  readonly opened: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  const [isAdding, setAdding] = useState(false);
  const [said, setSaid] = useState<{ readonly name: string; readonly to: number } | { readonly added: number } | null>(
    null,
  );
  const dragging = useDragging((key) => columns.find((it) => it.key === key)?.name ?? "");
  const keysText = columns.map((it) => it.key).join(" ");
  const keys = useMemo(() => (keysText === "" ? [] : keysText.split(" ")), [keysText]);
  const findings = useMemo(() => Map.groupBy(found?.findings ?? [], (it) => it.item), [found]);
  const samples = useMemo(() => samplesOf(found), [found]);
  const namesText = translations.join("\n");
  const names = useMemo(() => (namesText === "" ? [] : namesText.split("\n")), [namesText]);
  const count = columns.length;

  // Nothing that rows are given depends on how many there are: one more would draw all of them anew.
  const move = useCallback(
    (key: string, to: number, name: string) => {
      change((its) => moved(its, key, to));
      setSaid({ name, to });
    },
    [change],
  );
  const set = useCallback((key: string, some: Partial<Column>) => change((its) => changed(its, key, some)), [change]);
  const remove = useCallback((key: string) => change((its) => its.filter((it) => it.key !== key)), [change]);
  const duplicate = useCallback((key: string) => change((its) => duplicated(its, key)), [change]);
  const add = (some: Columns): void => {
    change((its) => [...its, ...some]);
    setSaid({ added: some.length });
  };
  const drop = ({ active, over }: DragEndEvent): void => {
    if (over !== null) change((its) => moved(its, String(active.id), keys.indexOf(String(over.id))));
  };
  const words =
    said === null
      ? ""
      : "added" in said
        ? t("templates.columns.added", { count: said.added })
        : t("templates.columns.movedTo", {
            name: said.name,
            place: Math.min(Math.max(1, said.to + 1), count),
            count,
          });
  return (
    <Stack gap="xs" data-pointer="/columns">
      {count === 0 ? (
        <Paper withBorder p="md" style={{ borderStyle: "dashed" }}>
          <Text size="sm" c="dimmed">
            {choices.all.length === 0 ? t("templates.columns.noObject") : t("templates.columns.none")}
          </Text>
        </Paper>
      ) : (
        <>
          {readOnly ? null : (
            <Text size="xs" c="dimmed">
              {t("templates.columns.hint")}
            </Text>
          )}
          <DndContext {...dragging} collisionDetection={closestCenter} onDragEnd={drop}>
            <SortableContext items={keys} strategy={verticalListSortingStrategy}>
              <CountContext value={count}>
                <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: "none" }}>
                  {columns.map((column, index) => (
                    <ColumnRow
                      key={column.key}
                      column={column}
                      index={index}
                      choices={choices}
                      translations={names}
                      findings={findings.get(column.key) ?? NONE}
                      sample={samples.get(column.key)}
                      isOpen={opened.has(column.key)}
                      readOnly={readOnly}
                      onToggle={onToggle}
                      onMove={move}
                      onChange={set}
                      onRemove={remove}
                      onDuplicate={duplicate}
                    />
                  ))}
                </Stack>
              </CountContext>
            </SortableContext>
          </DndContext>
        </>
      )}
      <VisuallyHidden role="status">{words}</VisuallyHidden>
      {readOnly ? null : (
        <Group gap="xs">
          <Button
            variant="light"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={choices.all.length === 0}
            onClick={() => setAdding(true)}
          >
            {t("templates.columns.add")}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              const column = newColumn(null, t("templates.columns.fixedName"));
              add([column]);
              onToggle(column.key);
            }}
          >
            {t("templates.columns.addFixed")}
          </Button>
        </Group>
      )}
      <AddColumns
        opened={isAdding}
        onClose={() => setAdding(false)}
        choices={choices.all}
        there={columns}
        onAdd={add}
      />
    </Stack>
  );
}

/** The first value of each column, as it will be written. */
function samplesOf(found: Previewed | undefined): ReadonlyMap<string, string> {
  const samples = new Map<string, string>();
  for (const table of found?.preview.datasets.flatMap((it) => it.tables) ?? []) {
    for (const [n, { pointer = "" }] of table.columns.entries()) {
      const key = found?.itemAt.get(pointer);
      const value: unknown = table.rows.map((row) => row[n] as unknown).find((it) => it !== null && it !== "");
      if (key !== undefined && value !== undefined) {
        samples.set(key, typeof value === "string" ? value : JSON.stringify(value));
      }
    }
  }
  return samples;
}
