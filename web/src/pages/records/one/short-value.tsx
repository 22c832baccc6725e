// A value in a cell: as much of it as fits on a line or two.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Field } from "../../../parts/fields/field.ts";
import { useValueText } from "../../../parts/fields/value-text.ts";
import { isMissing } from "./values.ts";

/** Characters. */
const SHOWN = 120;

export function ShortValue({ field, value }: { readonly field: Field; readonly value: unknown }) {
  const { t } = useTranslation();
  const textOf = useValueText();
  if (isMissing(value)) {
    return (
      <Text span size="sm" c="dimmed" aria-label={t("records.one.fields.missing")} role="img">
        –
      </Text>
    );
  }
  if (value === "") {
    return (
      <Text span size="sm" c="dimmed" fs="italic">
        {t("records.one.fields.empty")}
      </Text>
    );
  }
  const text = textOf(field, value);
  return (
    // On one line: rows are compared, and the whole is on the page of the record.
    <Text span size="sm" display="block" maw={320} truncate title={text.length > 36 ? text.slice(0, 2000) : undefined}>
      {text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
    </Text>
  );
}
