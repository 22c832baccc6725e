// The value of a condition: one, two for a range, or many.
import { Group, MultiSelect, TagsInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PathField } from "../fields/field.ts";
import { scalarOf, textOf } from "./scalars.ts";
import { type Asked, valuesOf } from "./operators.ts";
import { ValueInput } from "./value-input.tsx";

export function ConditionValue({
  field,
  asked,
  value,
  onChange,
}: {
  readonly field: PathField | undefined;
  readonly asked: Asked;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation();
  // The size of a list is a number, whatever is in it; the elements of an array have their own type.
  const type = asked === "size" ? "integer" : ((asked === "hasAll" ? field?.element : field?.type) ?? "text");
  const labels = asked === "size" ? null : (field?.labels ?? null);
  const values = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (valuesOf(asked) === "two") {
    return (
      <Group gap="xs" flex={1} wrap="nowrap">
        <ValueInput
          type={type}
          labels={labels}
          label={t("records.filter.from")}
          value={values[0]}
          onChange={(from) => onChange([from, values[1]])}
        />
        <Text size="sm">{t("records.filter.to")}</Text>
        <ValueInput
          type={type}
          labels={labels}
          label={t("records.filter.until")}
          value={values[1]}
          onChange={(to) => onChange([values[0], to])}
        />
      </Group>
    );
  }
  if (valuesOf(asked) === "one") {
    return (
      <ValueInput type={type} labels={labels} label={t("records.filter.value")} value={value} onChange={onChange} />
    );
  }
  const texts = values.map(textOf);
  const give = (next: readonly string[]): void => onChange(next.map((it) => scalarOf(it, type)));
  if (labels !== null) {
    return (
      <MultiSelect
        size="xs"
        flex={1}
        miw={180}
        searchable
        aria-label={t("records.filter.values")}
        placeholder={texts.length === 0 ? t("records.filter.values") : ""}
        data={Object.entries(labels).map(([code, label]) => ({ value: code, label: label ?? code }))}
        value={texts}
        onChange={give}
      />
    );
  }
  return (
    <TagsInput
      size="xs"
      flex={1}
      miw={180}
      aria-label={t("records.filter.values")}
      placeholder={texts.length === 0 ? t("records.filter.valuesHint") : ""}
      splitChars={[",", ";", "\n", "\t"]}
      acceptValueOnBlur
      value={texts}
      onChange={give}
    />
  );
}
