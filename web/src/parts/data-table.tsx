// A table of rows with sortable columns, selection and actions, which scrolls sideways where it is narrow, or folds.
import { Checkbox, Group, Skeleton, Stack, Table, Text, UnstyledButton } from "@mantine/core";
import { useCallbackRef, useMediaQuery } from "@mantine/hooks";
import { IconArrowDown, IconArrowsSort, IconArrowUp } from "@tabler/icons-react";
import { memo, type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { NARROW } from "../lib/narrow.ts";

export interface Column<Row> {
  /** What `sort` says; unique. */
  readonly name: string;
  readonly label: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly sortable?: boolean;
  /** Numbers stand at the end of their cells. */
  readonly align?: "start" | "end";
  readonly width?: number | string;
}

export interface Selection {
  readonly selected: ReadonlySet<string>;
  readonly onChange: (selected: ReadonlySet<string>) => void;
  /** What a row's box is called. */
  readonly label: (key: string) => string;
}

export interface DataTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Absent while they are on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly keyOf: (row: Row) => string;
  /** A column's name, with a minus in front when it is descending. */
  readonly sort?: string | null;
  readonly onSort?: (sort: string | null) => void;
  readonly selection?: Selection;
  /** What stands in place of rows where there are none. */
  readonly empty?: ReactNode;
  /** How many rows are on their way, about. */
  readonly expected?: number;
  /** Pixels: where there are fewer, it scrolls sideways. */
  readonly minWidth?: number;
  /** Whether all stands in the first column where it is narrow, but for the one named `actions`. */
  readonly folds?: boolean;
}

export function DataTable<Row>({
  label,
  columns: all,
  rows,
  keyOf,
  sort = null,
  onSort,
  selection,
  empty,
  expected = 8,
  minWidth = 480,
  folds = false,
}: DataTableProps<Row>) {
  const { t } = useTranslation();
  const isFolded = useMediaQuery(NARROW, matchMedia(NARROW).matches) && folds;
  const columns = useMemo(() => (isFolded ? folded(all) : all), [isFolded, all]);
  const keys = rows?.map(keyOf) ?? [];
  const chosen = selection === undefined ? 0 : keys.filter((key) => selection.selected.has(key)).length;
  const choose = (some: readonly string[], isIn: boolean): void => {
    const next = new Set(selection?.selected);
    for (const key of some) {
      if (isIn) next.add(key);
      else next.delete(key);
    }
    selection?.onChange(next);
  };
  const chooseOne = useCallbackRef((key: string, isIn: boolean) => choose([key], isIn));
  if (rows?.length === 0 && empty !== undefined) return empty;
  return (
    <Table.ScrollContainer
      minWidth={isFolded ? 0 : minWidth}
      scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": label, role: "region" } }}
    >
      <Table aria-label={label} aria-busy={rows === undefined} highlightOnHover verticalSpacing={6} fz="sm">
        <Table.Thead>
          <Table.Tr>
            {selection === undefined ? null : (
              <Table.Th w={36}>
                <Checkbox
                  size="xs"
                  aria-label={t("common.table.selectPage")}
                  checked={keys.length > 0 && chosen === keys.length}
                  indeterminate={chosen > 0 && chosen < keys.length}
                  disabled={keys.length === 0}
                  onChange={(event) => choose(keys, event.currentTarget.checked)}
                />
              </Table.Th>
            )}
            {columns.map((column) => (
              <Head key={column.name} column={column} sort={sort} onSort={onSort} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows === undefined
            ? Array.from({ length: expected }, (_, n) => (
                <Table.Tr key={n}>
                  <Table.Td colSpan={columns.length + (selection === undefined ? 0 : 1)}>
                    <Skeleton height={14} />
                  </Table.Td>
                </Table.Tr>
              ))
            : rows.map((row, n) => (
                <BodyRow
                  key={keys[n]}
                  row={row}
                  id={keys[n]!}
                  columns={columns}
                  label={selection?.label(keys[n]!)}
                  isChosen={selection?.selected.has(keys[n]!) ?? false}
                  onChoose={chooseOne}
                />
              ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** What a row is, with all that is said of it below, and what can be done with it. */
function folded<Row>([first, ...others]: readonly Column<Row>[]): readonly Column<Row>[] {
  if (first === undefined) return [];
  const said = others.filter(({ name }) => name !== "actions");
  const cell = (row: Row): ReactNode => (
    <Stack gap={2}>
      <div>{first.cell(row)}</div>
      {said.map(({ name, label, cell: its }) => (
        <Group key={name} gap={6} wrap="nowrap" align="baseline">
          <Text size="xs" c="dimmed" style={{ flexShrink: 0 }}>
            {label}
          </Text>
          <Text component="div" size="sm" miw={0} style={{ overflowWrap: "anywhere" }}>
            {its(row)}
          </Text>
        </Group>
      ))}
    </Stack>
  );
  return [{ ...first, cell }, ...others.filter(({ name }) => name === "actions")];
}

interface BodyRowProps<Row> {
  readonly row: Row;
  readonly id: string;
  readonly columns: readonly Column<Row>[];
  /** Of its box; it has none without one. */
  readonly label: string | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (id: string, isIn: boolean) => void;
}

/** Drawn anew only when it changes, as far as the columns stay the same. */
const BodyRow = memo(function BodyRow<Row>({ row, id, columns, label, isChosen, onChoose }: BodyRowProps<Row>) {
  return (
    <Table.Tr bg={isChosen ? "var(--mantine-primary-color-light)" : undefined}>
      {label === undefined ? null : (
        <Table.Td>
          <Checkbox
            size="xs"
            aria-label={label}
            checked={isChosen}
            onChange={(event) => onChoose(id, event.currentTarget.checked)}
          />
        </Table.Td>
      )}
      <Cells row={row} columns={columns} />
    </Table.Tr>
  );
}) as <Row>(props: BodyRowProps<Row>) => ReactNode;

const Cells = memo(function Cells<Row>({ row, columns }: Pick<BodyRowProps<Row>, "row" | "columns">) {
  return columns.map((column) => (
    <Table.Td key={column.name} ta={column.align}>
      {column.cell(row)}
    </Table.Td>
  ));
}) as <Row>(props: Pick<BodyRowProps<Row>, "row" | "columns">) => ReactNode;

function Head<Row>({
  column: { name, label, sortable = false, align, width },
  sort,
  onSort,
}: {
  readonly column: Column<Row>;
  readonly sort: string | null;
  readonly onSort: ((sort: string | null) => void) | undefined;
}) {
  const direction = sort === name ? "ascending" : sort === `-${name}` ? "descending" : undefined;
  const text = (
    <Text component="span" size="sm" fw={600}>
      {label}
    </Text>
  );
  if (!sortable || onSort === undefined) {
    return (
      <Table.Th ta={align} w={width}>
        {text}
      </Table.Th>
    );
  }
  const Icon = direction === undefined ? IconArrowsSort : direction === "ascending" ? IconArrowUp : IconArrowDown;
  const next = direction === undefined ? name : direction === "ascending" ? `-${name}` : null;
  return (
    <Table.Th ta={align} w={width} aria-sort={direction ?? "none"}>
      <UnstyledButton onClick={() => onSort(next)}>
        <Group component="span" gap={4} wrap="nowrap" justify={align === "end" ? "flex-end" : "flex-start"}>
          {text}
          <Icon size={14} aria-hidden opacity={direction === undefined ? 0.45 : 1} />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
