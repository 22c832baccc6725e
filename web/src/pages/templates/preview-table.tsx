// The first rows of a table, each column with what is said of it.
import { Table, Text, UnstyledButton } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { detailOf } from "../../text/said.ts";
import classes from "./preview-pane.module.css";
import type { Finding, Previewed } from "./use-preview.ts";

export function PreviewTable({
  table: { name, columns, rows },
  of,
  hasProblems,
  itemAt,
  onGoTo,
}: {
  /** What the table is of. */
  readonly of: string;
  /** Whether they may be why there are no rows. */
  readonly hasProblems: boolean;
  readonly table: Previewed["preview"]["datasets"][number]["tables"][number];
  readonly itemAt: ReadonlyMap<string, string>;
  readonly onGoTo: (to: Pick<Finding, "item" | "pointer" | "rest">) => void;
}) {
  const { t } = useTranslation();
  if (columns.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t("templates.preview.draft")}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer
      minWidth={0}
      scrollAreaProps={{
        viewportProps: {
          tabIndex: 0,
          role: "region",
          "aria-label": t("templates.preview.of", { name: of === name ? name : `${of}: ${name}` }),
        },
      }}
    >
      <Table
        aria-label={t("templates.preview.of", { name: of === name ? name : `${of}: ${name}` })}
        fz="xs"
        verticalSpacing={4}
        horizontalSpacing="xs"
        withTableBorder
        withColumnBorders
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ name: header, pointer, problem, note }, n) => {
              const item = pointer === undefined ? undefined : itemAt.get(pointer);
              const mark =
                problem !== undefined ? (
                  <IconAlertTriangle size={14} color="var(--mantine-color-error)" aria-label={t("templates.problem")} />
                ) : note === undefined ? null : (
                  <IconInfoCircle size={14} aria-label={t("templates.note")} />
                );
              return (
                // oxlint-disable-next-line react/no-array-index-key -- two columns may have one name
                <Table.Th key={`${header} ${n}`} className={classes["value"]} title={problem && detailOf(problem)}>
                  {item === undefined ? (
                    <>
                      {mark} {header}
                    </>
                  ) : (
                    <UnstyledButton
                      fz="xs"
                      fw={600}
                      onClick={() => onGoTo({ item, pointer: pointer ?? "", rest: "/name" })}
                      title={t("templates.preview.goTo", { name: header })}
                    >
                      {mark} {header}
                    </UnstyledButton>
                  )}
                </Table.Th>
              );
            })}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, n) => (
            // oxlint-disable-next-line react/no-array-index-key -- rows are shown as they came
            <Table.Tr key={n}>
              {row.map((value: unknown, m) => (
                // oxlint-disable-next-line react/no-array-index-key -- as their columns
                <Table.Td key={m} className={classes["value"]} title={textOf(value)}>
                  {textOf(value)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
          {rows.length === 0 ? (
            <Table.Tr>
              <Table.Td colSpan={columns.length}>
                {t(hasProblems ? "templates.preview.noRowsYet" : "templates.preview.noRows")}
              </Table.Td>
            </Table.Tr>
          ) : null}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function textOf(value: unknown): string {
  return value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
