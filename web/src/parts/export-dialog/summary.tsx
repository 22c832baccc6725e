// What will come of it: how many rows and files, about how large, whether somebody is asked, and how it begins.
import { Alert, Loader, ScrollArea, Stack, Table, Text, Title } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import classes from "./export-form.module.css";
import type { ExportSubject } from "./subject.ts";
import type { Estimate } from "./use-estimate.ts";

export function Summary({
  subject,
  estimate: { data, isFetching, error },
  isComplete,
}: {
  readonly subject: ExportSubject;
  readonly estimate: UseQueryResult<Estimate>;
  readonly isComplete: boolean;
}) {
  const { t } = useTranslation();
  const { number, bytes } = useShown();
  const its = error === null && isComplete ? data : undefined;
  const { count, exact } = its?.rows ?? subject.count ?? { count: null, exact: false };
  const shown =
    count === null
      ? t("common.counts.unknown")
      : t(exact ? "common.counts.exact" : "common.counts.about", { shown: number(count) });
  const about = (value: number | null | undefined): string =>
    value === null || value === undefined ? t("common.unknown") : t("common.counts.about", { shown: bytes(value) });
  const size = (its?.bytes ?? 0) + (its?.files?.bytes ?? 0);
  const isOver = typeof its?.quotaLeft === "number" && size > its.quotaLeft;
  const facts: readonly (readonly [string, string])[] = [
    [t("exportDialog.summary.rows"), shown],
    ...(its === undefined ? [] : ([[t("exportDialog.summary.bytes"), about(its.bytes)]] as const)),
    ...(its?.files === null || its?.files === undefined
      ? []
      : ([
          [
            t("exportDialog.summary.files"),
            `${its.files.count === null ? t("common.unknown") : number(its.files.count)} · ${about(its.files.bytes)}`,
          ],
        ] as const)),
  ];
  return (
    <Stack component="aside" gap="sm" className={classes["summary"] ?? ""} aria-label={t("exportDialog.summary.title")}>
      <Title order={3}>
        {t("exportDialog.summary.title")}{" "}
        {isFetching ? <Loader size={14} role="status" aria-label={t("common.loading")} /> : null}
      </Title>
      <Table withRowBorders={false} fz="sm" verticalSpacing={2} horizontalSpacing={0} aria-live="polite">
        <Table.Tbody>
          {facts.map(([name, value]) => (
            <Table.Tr key={name}>
              <Table.Th fw={400} c="dimmed">
                {name}
              </Table.Th>
              <Table.Td ta="end">{value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {its === undefined || its.approval === null ? null : (
        <Alert color="yellow" p="xs">
          {t(its.approval === "objects" ? "exportDialog.summary.approvalObjects" : "exportDialog.summary.approvalRows")}
        </Alert>
      )}
      {isOver ? (
        <Alert color="red" p="xs">
          {t("exportDialog.summary.quota", { left: bytes(its.quotaLeft ?? 0) })}
        </Alert>
      ) : null}
      {its === undefined || its.preview === null ? null : <FirstRows of={its.preview} />}
    </Stack>
  );
}

function FirstRows({ of: { columns, rows } }: { readonly of: NonNullable<Estimate["preview"]> }) {
  const { t } = useTranslation();
  const title = t("exportDialog.summary.preview");
  // Columns of templates can share a name, and rows can be alike: they are told by their places.
  const heads = columns.map((it, at) => ({ ...it, at }));
  const lines = rows.map((cells, at) => ({ cells, at }));
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <ScrollArea viewportProps={{ tabIndex: 0, role: "region", "aria-label": title }}>
        <Table aria-label={title} fz="xs" withTableBorder verticalSpacing={3} horizontalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              {heads.map(({ name, type, at }) => (
                <Table.Th key={at} title={type} style={{ whiteSpace: "nowrap" }}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={line.at}>
                {heads.map(({ at }) => (
                  <Table.Td key={at} maw={180}>
                    <Text size="xs" truncate="end">
                      {textOf(line.cells[at])}
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {rows.length === 0 ? <Text size="xs">{t("exportDialog.summary.noRows")}</Text> : null}
    </div>
  );
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
