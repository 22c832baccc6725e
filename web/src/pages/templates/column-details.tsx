// The rules of a column, in the order in which they apply.
import { Autocomplete, Button, Checkbox, Fieldset, Group, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ColumnProps } from "./column-content.tsx";
import { withField } from "./columns.ts";
import { DateFormat } from "./date-format.tsx";
import { DeidentifyRule } from "./deidentify-rule.tsx";
import { errorIn } from "./field-errors.ts";
import { TranslateRule } from "./translate-rule.tsx";
import { type Choice, mayBeDate } from "./use-choices.ts";

export function ColumnDetails({
  column,
  choices,
  choice,
  translations,
  findings,
  sample,
  readOnly,
  onChange,
  onDuplicate,
}: ColumnProps & { readonly choice: Choice | undefined }) {
  const { t } = useTranslation();
  const { key, field } = column;
  const set = (some: Partial<typeof column>): void => onChange(key, some);
  const its = (name: string) => ({ "data-pointer": `${key}/${name}`, error: errorIn(findings, `/${name}`) });
  const type = choice?.type ?? (typeof column.others["type"] === "string" ? column.others["type"] : undefined);
  return (
    <Fieldset variant="unstyled" disabled={readOnly} pt="sm" pl={readOnly ? 0 : 34} pb={6}>
      <Stack gap="sm">
        {field === null ? (
          <TextInput
            label={t("templates.columns.value")}
            value={column.value}
            onChange={(event) => set({ value: event.currentTarget.value })}
            {...its("value")}
          />
        ) : (
          <>
            <Autocomplete
              label={t("templates.columns.field")}
              description={t("templates.columns.fieldHint")}
              data={choices.all.map((it) => it.path)}
              limit={60}
              value={field}
              onChange={(path) => path !== field && set(withField(column, path))}
              filter={({ options, search }) => {
                const words = search.trim().toLowerCase();
                return options.filter((it) => {
                  if (!("value" in it)) return false;
                  const text = `${it.value} ${choices.byPath.get(it.value)?.label ?? ""}`.toLowerCase();
                  return text.includes(words);
                });
              }}
              renderOption={({ option }) => (
                <div>
                  <Text size="sm">{choices.byPath.get(option.value)?.label}</Text>
                  <Text size="xs" c="dimmed">
                    {option.value}
                  </Text>
                </div>
              )}
              {...its("field")}
            />
            {choice?.documentation === undefined ? null : (
              <Text size="xs" c="dimmed">
                {choice.documentation}
              </Text>
            )}
            <DeidentifyRule
              value={column.deidentify}
              onChange={(deidentify) => set({ deidentify })}
              byConfiguration={choice?.deidentified}
              type={type}
              paths={choices.all.map((it) => it.path)}
              pointer={`${key}/deidentify`}
              error={errorIn(findings, "/deidentify")}
            />
            <TranslateRule
              value={column.translate}
              onChange={(translate) => set({ translate })}
              labels={choice?.labels}
              names={translations}
              pointer={`${key}/translate`}
              error={errorIn(findings, "/translate")}
            />
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput
                label={t("templates.columns.default")}
                description={t("templates.columns.defaultHint")}
                value={column.default === null ? "" : String(column.default)}
                onChange={(event) =>
                  set({ default: event.currentTarget.value === "" ? null : event.currentTarget.value })
                }
                {...its("default")}
              />
              {mayBeDate(type) || column.date !== null ? (
                <DateFormat
                  value={column.date}
                  onChange={(date) => set({ date })}
                  type={type}
                  sample={column.date === null ? undefined : sample}
                  pointer={`${key}/date`}
                  error={errorIn(findings, "/date")}
                />
              ) : null}
            </SimpleGrid>
            <Checkbox
              label={t("templates.columns.mandatory")}
              description={t("templates.columns.mandatoryHint")}
              checked={column.mandatory}
              onChange={(event) => set({ mandatory: event.currentTarget.checked })}
              {...its("mandatory")}
            />
          </>
        )}
        <Group>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => onDuplicate(key)}
          >
            {t("templates.columns.duplicate")}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  );
}
