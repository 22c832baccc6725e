// What an export gave: rows and files by table, its file, and its problems.
import { Alert, Code, CopyButton, Button, Group, List, Stack, Table, Text } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { formatName } from "../../parts/export-state/format-name.ts";
import { When } from "../../parts/export-state/when.tsx";
import { Facts } from "./facts.tsx";
import { Section } from "./section.tsx";
import type { ExportDetails } from "./use-live-export.ts";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";

interface Result {
  readonly tables?: readonly { readonly name: string; readonly rows: number }[];
  readonly problems?: readonly FoundProblem[];
}

interface FoundProblem {
  readonly code: string;
  readonly column: string;
  readonly count: number;
  readonly keys?: readonly string[];
}

export function Outcome({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const shown = useShown();
  const objects = useObjectTypes();
  const { tables = [], problems = [] } = (of.result ?? {}) as Result;
  const { dataFile, progress } = of;
  return (
    <Section title={t("exports.outcome.title")}>
      <Stack gap="md">
        {problems.length === 0 ? null : <Problems all={problems} count={of.problems} />}
        {tables.length === 0 ? null : (
          <Table fz="sm" verticalSpacing={4} aria-label={t("exports.outcome.tables")}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("exports.outcome.table")}</Table.Th>
                <Table.Th ta="end">{t("exports.outcome.rows")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tables.map(({ name, rows }) => (
                <Table.Tr key={name}>
                  <Table.Td>{objects.get(name)?.label ?? name}</Table.Td>
                  <Table.Td ta="end">{shown.number(rows)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        <Facts
          facts={[
            { name: t("exports.outcome.files"), value: progress.files === 0 ? null : shown.number(progress.files) },
            {
              name: t("exports.outcome.archive"),
              value:
                dataFile === null
                  ? null
                  : `${dataFile.filename} · ${formatName(dataFile.mime)} · ${shown.bytes(dataFile.size)}`,
            },
            {
              name: t("exports.outcome.snapshot"),
              value: of.snapshotAt === null ? null : shown.dateTime(of.snapshotAt),
            },
            {
              name: t("exports.outcome.expires"),
              value:
                of.expiresAt === null ? null : (
                  <>
                    {shown.dateTime(of.expiresAt)} (<When at={of.expiresAt} />)
                  </>
                ),
            },
            { name: "SHA-256", value: dataFile === null ? null : <Sha256 text={dataFile.sha256} /> },
          ]}
        />
      </Stack>
    </Section>
  );
}

function Problems({ all, count }: { readonly all: readonly FoundProblem[]; readonly count: number }) {
  const { t, i18n } = useTranslation();
  const shown = useShown();
  const objects = useObjectTypes();
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={t("exports.outcome.problems", { count })}
      styles={{ title: { color: "var(--mantine-color-text)" } }}
    >
      <List size="sm" spacing={4}>
        {all.map(({ code, column, count: its, keys = [] }) => {
          const key = `exports.problemCodes.${code}` as "exports.problemCodes.file-missing";
          return (
            <List.Item key={`${code} ${column}`}>
              <Text span size="sm" fw={600}>
                {column === "" ? null : `${objects.get(column)?.label ?? column}: `}
              </Text>
              {i18n.exists(key, { count: its })
                ? t(key, { count: its, shown: shown.number(its) })
                : t("exports.problemCodes.other", { count: its, shown: shown.number(its), code })}
              {keys.length === 0 ? null : (
                <Text size="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                  {t("exports.outcome.keys", { keys: keys.join(", ") })}
                </Text>
              )}
            </List.Item>
          );
        })}
      </List>
    </Alert>
  );
}

function Sha256({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Code style={{ overflowWrap: "anywhere" }}>{text}</Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="compact-xs"
            variant="default"
            onClick={copy}
            aria-label={t("exports.outcome.copySha")}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          >
            {t(copied ? "common.copied" : "common.copy")}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
