// A value of a field, as its type has it.
import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShown } from "../../../lib/shown.ts";
import type { Field } from "../../../parts/fields/field.ts";
import { useValueText } from "../../../parts/fields/value-text.ts";
import { JsonTree } from "./json-tree.tsx";
import { LongText } from "./long-text.tsx";
import { isMissing, rawText } from "./values.ts";

const EXACT: ReadonlySet<string> = new Set(["instant", "datetime", "date", "integer", "decimal", "float"]);

/** Missing values, empty texts and blanks are told apart; of a code, its label comes first. */
export function FieldValue({ field, value }: { readonly field: Field; readonly value: unknown }) {
  const { t } = useTranslation();
  const shown = useShown();
  const textOf = useValueText();
  if (isMissing(value)) return <Quiet>{t("records.one.fields.missing")}</Quiet>;
  if (value === "") return <Quiet>{t("records.one.fields.empty")}</Quiet>;
  if (typeof value === "string" && value.trim() === "") return <Quiet>{t("records.one.fields.blank")}</Quiet>;
  // A rule may leave another type than the field's: `2024` of a date.
  const text = textOf(field, value);
  if (field.labels !== null && typeof value !== "object") {
    const code = rawText(value);
    return (
      <Group gap={6} component="span">
        <Text span size="sm">
          {text}
        </Text>
        {text === code ? null : <Quiet>{t("records.one.fields.code", { code })}</Quiet>}
      </Group>
    );
  }
  if (typeof value === "object") return <JsonTree value={value} />;
  if (field.type === "binary" && typeof value === "string") {
    // Four characters of base64 are three bytes.
    const size = Math.floor((value.replace(/=+$/, "").length * 3) / 4);
    return <Quiet>{t("records.one.fields.binary", { size: shown.bytes(size) })}</Quiet>;
  }
  if (typeof value === "string" && isLink(value)) {
    return (
      <Anchor href={value} target="_blank" rel="noopener noreferrer" size="sm" style={{ overflowWrap: "anywhere" }}>
        {value}
      </Anchor>
    );
  }
  if (field.type === "text") return <LongText text={text} />;
  return (
    <Text
      span
      size="sm"
      style={{ overflowWrap: "anywhere" }}
      ff={field.type === "uuid" ? "monospace" : undefined}
      title={EXACT.has(field.type) && text !== rawText(value) ? rawText(value) : undefined}
    >
      {text}
      {field.unit === null ? null : (
        <Text span size="sm" c="dimmed">
          {" "}
          {field.unit}
        </Text>
      )}
    </Text>
  );
}

function Quiet({ children }: { readonly children: string }) {
  return (
    <Text span size="sm" c="dimmed" fs="italic">
      {children}
    </Text>
  );
}

function isLink(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}
