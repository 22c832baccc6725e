// The first rows of a table, with a profile above each column.
import { Button, ScrollArea, Table, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { ColumnLook } from "./column-look.tsx";
import type { TableFacts } from "./preview-facts.ts";
import classes from "./table-look.module.css";

/** Columns and rows that are shown before one asks for more: a form can have 300 fields. */
const COLUMNS = 40;
const ROWS = 10;

export function TableLook({ of }: { readonly of: TableFacts }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [columns, setColumns] = useState(COLUMNS);
  const [rows, setRows] = useState(ROWS);
  const some = of.columns.slice(0, columns);
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t("exports.counts.rows", { count: of.rows, shown: shown.number(of.rows) })}
        {" · "}
        {t("exports.preview.columns", { count: of.columnCount, shown: shown.number(of.columnCount) })}
        {of.profiledRows < of.rows
          ? ` · ${t("exports.preview.profiled", { shown: shown.number(of.profiledRows) })}`
          : null}
      </Text>
      <ScrollArea.Autosize
        mah="70vh"
        className={classes["scroll"]}
        viewportProps={{
          tabIndex: 0,
          role: "region",
          "aria-label": t("exports.preview.firstRows", { name: of.label ?? of.name }),
        }}
      >
        <Table fz="xs" verticalSpacing={4} striped withColumnBorders className={classes["table"]}>
          <Table.Thead>
            <Table.Tr>
              {some.map((column) => (
                <Table.Th key={column.name} className={classes["head"]}>
                  <ColumnLook of={column} rows={of.rows} profiled={of.profiledRows} />
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {of.first.slice(0, rows).map((row) => (
              <Table.Tr key={keyOf(row)}>
                {some.map((column, c) => (
                  <Table.Td key={column.name} className={classes["cell"]} title={row[c] ?? undefined}>
                    {row[c] === null || row[c] === undefined ? (
                      <Text span size="xs" c="dimmed">
                        <span aria-hidden>∅</span>
                        <span className="mantine-visually-hidden">{t("exports.preview.missing")}</span>
                      </Text>
                    ) : (
                      row[c]
                    )}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
      {of.first.length > rows ? (
        <Button size="xs" variant="subtle" mt="xs" onClick={() => setRows(of.first.length)}>
          {t("exports.preview.moreRows", { count: of.first.length })}
        </Button>
      ) : null}
      {of.columns.length > columns ? (
        <Button size="xs" variant="subtle" mt="xs" onClick={() => setColumns(columns + 100)}>
          {t("exports.preview.moreColumns", { count: of.columns.length - columns })}
        </Button>
      ) : null}
    </>
  );
}

const keys = new WeakMap<object, number>();
let count = 0;

/** Rows have no keys of their own, and two can be alike. */
function keyOf(row: object): number {
  const key = keys.get(row) ?? ++count;
  keys.set(row, key);
  return key;
}
