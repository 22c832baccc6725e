// How a column's values are made unrecognisable.
import { Autocomplete, Group, NumberInput, Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Deidentify, RULES } from "./model.ts";

const OF_DATES = new Set(["year", "shift"]);
const DATES = new Set(["date", "datetime", "instant"]);

export function DeidentifyRule({
  value,
  onChange,
  byConfiguration,
  type,
  paths,
  pointer,
  error,
}: {
  readonly value: Deidentify | null;
  readonly onChange: (rule: Deidentify | null) => void;
  /** The rule that the configuration has for the field already. */
  readonly byConfiguration: string | undefined;
  readonly type: string | undefined;
  readonly paths: readonly string[];
  readonly pointer: string;
  readonly error: string | undefined;
}) {
  const { t } = useTranslation();
  const offered = RULES.filter(
    (it) => it === value?.rule || !OF_DATES.has(it) || type === undefined || DATES.has(type),
  );
  const start = (rule: Deidentify["rule"]): Deidentify =>
    rule === "truncate" ? { rule, length: 4 } : rule === "shift" ? { rule, days: 180, subject: "" } : { rule };
  return (
    <Stack gap="xs" data-pointer={pointer}>
      <Select
        label={t("templates.deidentify.label")}
        description={
          byConfiguration === undefined ? undefined : t("templates.deidentify.already", { rule: byConfiguration })
        }
        placeholder={t("common.none")}
        data={offered.map((it) => ({ value: it, label: t(`templates.deidentify.rules.${it}`) }))}
        value={value?.rule ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        onChange={(rule) => onChange(rule === null ? null : start(rule))}
        error={error}
      />
      {value?.rule === "truncate" ? (
        <NumberInput
          size="xs"
          label={t("templates.deidentify.length")}
          min={1}
          max={100_000}
          value={value.length ?? ""}
          onChange={(length) => onChange({ ...value, length: Number(length) || 1 })}
          maw={240}
        />
      ) : null}
      {value?.rule === "shift" ? (
        <Group gap="sm" align="flex-start">
          <NumberInput
            size="xs"
            label={t("templates.deidentify.days")}
            min={1}
            max={100_000}
            value={value.days ?? ""}
            onChange={(days) => onChange({ ...value, days: Number(days) || 1 })}
          />
          <Autocomplete
            size="xs"
            label={t("templates.deidentify.subject")}
            description={t("templates.deidentify.subjectHint")}
            data={[...paths]}
            limit={40}
            value={value.subject ?? ""}
            onChange={(subject) => onChange({ ...value, subject })}
          />
        </Group>
      ) : null}
    </Stack>
  );
}
