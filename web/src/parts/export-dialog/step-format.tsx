// The format of a table, its options, and how it is packed.
import { Checkbox, Group, Radio, SegmentedControl, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DELIMITERS, FORMATS } from "./draft.ts";
import { problemAt } from "./places.ts";
import type { StepProps } from "./step.ts";

const DELIMITER_NAMES = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar" } as const;

export function StepFormat({ type, draft, change, problem }: StepProps) {
  const { t } = useTranslation();
  const { format, csv, zipped, withFiles, lists } = draft;
  const setCsv = (its: Partial<typeof csv>): void => change({ csv: { ...csv, ...its } });
  return (
    <Stack>
      <Radio.Group
        label={t("exportDialog.format.label")}
        value={format}
        onChange={(value) => change({ format: value })}
        error={problemAt(problem, "format")}
      >
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs">
          {FORMATS.map((its) => (
            <Radio
              key={its}
              value={its}
              label={t(`exportDialog.format.${its}.name`)}
              description={t(`exportDialog.format.${its}.hint`)}
            />
          ))}
        </SimpleGrid>
      </Radio.Group>
      {format === "csv" ? (
        <Stack gap="xs">
          <SegmentedControl
            aria-label={t("exportDialog.csv.label")}
            data={[
              { value: "excel", label: t("exportDialog.csv.excel") },
              { value: "own", label: t("exportDialog.csv.own") },
            ]}
            value={csv.excel ? "excel" : "own"}
            onChange={(value) => setCsv({ excel: value === "excel" })}
          />
          {csv.excel ? (
            <Text size="xs" c="dimmed">
              {t("exportDialog.csv.excelHint")}
            </Text>
          ) : (
            <Group align="flex-end">
              <Select
                label={t("exportDialog.csv.delimiter")}
                data={DELIMITERS.map((it) => ({ value: it, label: t(`exportDialog.csv.${DELIMITER_NAMES[it]}`) }))}
                value={csv.delimiter}
                allowDeselect={false}
                w={180}
                onChange={(delimiter) => setCsv({ delimiter: delimiter ?? "," })}
              />
              <Checkbox
                label={t("exportDialog.csv.header")}
                checked={csv.header}
                mb={8}
                onChange={(event) => setCsv({ header: event.currentTarget.checked })}
              />
              <Checkbox
                label={t("exportDialog.csv.bom")}
                checked={csv.bom}
                mb={8}
                onChange={(event) => setCsv({ bom: event.currentTarget.checked })}
              />
            </Group>
          )}
          {problemAt(problem, "options") === undefined ? null : (
            <Text size="xs" c="var(--mantine-color-error)" role="alert">
              {problemAt(problem, "options")}
            </Text>
          )}
        </Stack>
      ) : null}
      <Checkbox
        label={t("exportDialog.pack.zip")}
        description={withFiles || lists.length > 0 ? t("exportDialog.pack.needed") : t("exportDialog.pack.zipHint")}
        checked={zipped || withFiles}
        disabled={withFiles}
        error={problemAt(problem, "container")}
        onChange={(event) => change({ zipped: event.currentTarget.checked })}
      />
      {type.files.length === 0 ? null : (
        <Checkbox
          label={t("exportDialog.pack.files")}
          description={t("exportDialog.files.long")}
          checked={withFiles}
          error={problemAt(problem, "exportFiles") ?? problemAt(problem, "fileFormats")}
          onChange={(event) => change({ withFiles: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}
