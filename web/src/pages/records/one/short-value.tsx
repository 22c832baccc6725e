// A value in a cell: as much of it as fits on a line or two.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Field } from "../../../parts/fields/field.ts";
import { useValueText } from "../../../parts/fields/value-text.ts";
import { isMissing } from "./values.ts";

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
  const isShort = text.length <= 36;
  return (
    <Text
      span
      size="sm"
      display="inline-block"
      maw={360}
      title={text.length > SHOWN ? text.slice(0, 2000) : undefined}
      // Short ones stay on a line; long ones need not fit into the narrowest column.
      style={isShort ? { whiteSpace: "nowrap" } : { minWidth: 200, overflowWrap: "anywhere" }}
    >
      {text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}
    </Text>
  );
}
