// How dates are written: a pattern, with today written by those that people use most.
import { Autocomplete, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DATE_PATTERNS, exampleOf, TIME_PATTERNS } from "./date-examples.ts";

export function DateFormat({
  value,
  onChange,
  type,
  sample,
  pointer,
  error,
}: {
  readonly value: string | null;
  readonly onChange: (pattern: string | null) => void;
  readonly type: string | undefined;
  /** The first value, as it will be written. */
  readonly sample: string | undefined;
  readonly pointer: string;
  readonly error: string | undefined;
}) {
  const { t, i18n } = useTranslation();
  const [now] = useState(() => new Date());
  const patterns =
    type === "date" ? DATE_PATTERNS : type === "time" ? TIME_PATTERNS : [...DATE_PATTERNS, ...TIME_PATTERNS.slice(2)];
  const known = [...DATE_PATTERNS, ...TIME_PATTERNS].find((it) => it === value);
  const example = sample ?? (known === undefined ? undefined : exampleOf(known, now, i18n.language));
  return (
    <Autocomplete
      label={t("templates.columns.date")}
      description={
        value === null || example === undefined
          ? t("templates.columns.dateHint")
          : t(sample === undefined ? "templates.columns.dateToday" : "templates.columns.dateFirst", { example })
      }
      data-pointer={pointer}
      placeholder={t("templates.columns.dateDefault")}
      data={[...patterns]}
      // All are shown, whatever stands there.
      filter={({ options }) => options}
      value={value ?? ""}
      onChange={(pattern) => onChange(pattern === "" ? null : pattern)}
      error={error}
      spellCheck={false}
      renderOption={({ option }) => (
        <Group justify="space-between" w="100%" wrap="nowrap">
          <Text size="sm">{exampleOf(option.value, now, i18n.language)}</Text>
          <Text size="xs" c="dimmed">
            {option.value}
          </Text>
        </Group>
      )}
    />
  );
}
