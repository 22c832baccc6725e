// What the export will be, as far as it is chosen: rows, files, size, approval, and its first rows.
import { Alert, Group, Loader, ScrollArea, Stack, Table, Text, Title } from "@mantine/core";
import { IconUserCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ExportEstimate } from "../../api/generated.ts";
import { useShown } from "../../lib/shown.ts";

export function Summary({
  estimate,
  isLoading,
}: {
  readonly estimate: ExportEstimate | undefined;
  readonly isLoading: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Stack gap="xs" aria-busy={isLoading} component="section" aria-label={t("exportDialog.summary.title")}>
      <Group gap="xs">
        <Title order={3} size="h4">
          {t("exportDialog.summary.title")}
        </Title>
        {isLoading ? <Loader size={14} aria-hidden /> : null}
      </Group>
      {estimate === undefined ? (
        <Text size="sm" c="dimmed">
          {isLoading ? t("exportDialog.summary.counting") : t("exportDialog.summary.nothing")}
        </Text>
      ) : (
        <>
          <Figures estimate={estimate} />
          {estimate.approval === null ? null : (
            <Alert color="cyan" variant="light" p="xs" icon={<IconUserCheck size={18} aria-hidden />}>
              {t(`exportDialog.summary.approval.${estimate.approval}`)}
            </Alert>
          )}
          {estimate.preview === null ? null : <FirstRows preview={estimate.preview} />}
        </>
      )}
    </Stack>
  );
}

function Figures({ estimate: { rows, files, bytes, quotaLeft } }: { readonly estimate: ExportEstimate }) {
  const { t } = useTranslation();
  const shown = useShown();
  const counted = ({ count, exact }: ExportEstimate["rows"]): string =>
    count === null
      ? t("common.counts.unknown")
      : exact
        ? shown.number(count)
        : t("common.counts.about", { shown: shown.number(count) });
  const about = (value: number | null): string =>
    value === null ? t("common.unknown") : t("common.counts.about", { shown: shown.bytes(value) });
  const facts: readonly (readonly [string, string])[] = [
    [t("exportDialog.summary.rows"), counted(rows)],
    ...(bytes === null && files !== null ? [] : [[t("exportDialog.summary.size"), about(bytes)] as const]),
    ...(files === null
      ? []
      : [
          [
            t("exportDialog.summary.files"),
            files.count === null ? t("common.counts.unknown") : shown.number(files.count),
          ] as const,
          [t("exportDialog.summary.fileSize"), about(files.bytes)] as const,
        ]),
    ...(quotaLeft === null ? [] : [[t("exportDialog.summary.quotaLeft"), shown.bytes(quotaLeft)] as const]),
  ];
  return (
    <Table withRowBorders={false} verticalSpacing={2} horizontalSpacing={0} fz="sm" variant="vertical" layout="auto">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={400} c="dimmed" bg="transparent" pr="md">
              {name}
            </Table.Th>
            <Table.Td fw={600}>{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function FirstRows({ preview: { columns, rows } }: { readonly preview: NonNullable<ExportEstimate["preview"]> }) {
  const { t } = useTranslation();
  const label = t("exportDialog.summary.firstRows");
  return (
    <Stack gap={4}>
      <Title order={4} size="h5">
        {label}
      </Title>
      <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0, role: "region", "aria-label": label }}>
        <Table fz="xs" verticalSpacing={3} horizontalSpacing={8} striped withTableBorder>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, label: its }) => (
                <Table.Th key={name} style={{ whiteSpace: "nowrap" }} title={its ?? undefined}>
                  {name}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, n) => (
              // oxlint-disable-next-line react/no-array-index-key -- Rows have no names, and are never moved.
              <Table.Tr key={n}>
                {columns.map(({ name }, column) => (
                  <Table.Td key={name} style={{ whiteSpace: "nowrap" }}>
                    {textOf(row[column])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Stack>
  );
}

/** As it will stand in the file, or its beginning. */
function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
