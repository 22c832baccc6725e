// A column or a dataset as a comparison shows it: what it is called, what it is, and the rules that differ.
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Facts } from "./model.ts";

const RULES = ["mandatory", "default", "date", "translate", "deidentify"] as const;

export function ItemCell({
  item,
  other,
  place,
}: {
  readonly item: Facts | null;
  readonly other: Facts | null;
  readonly place: number | null;
}) {
  const { t } = useTranslation();
  if (item === null) return null;
  const source = text(
    item["field"] ?? item["object"] ?? (item["value"] === undefined ? "" : `“${text(item["value"])}”`),
  );
  const rules = RULES.filter((it) => text(item[it]) !== text(other?.[it]));
  return (
    <Stack gap={0} style={{ overflowWrap: "anywhere" }}>
      <Text size="sm">
        {place}. <strong>{text(item["name"] ?? item["field"] ?? "")}</strong>
      </Text>
      {source === "" ? null : (
        <Text size="xs" c="dimmed">
          {source}
        </Text>
      )}
      {rules.map((it) => (
        <Text key={it} size="xs">
          {t(`templates.rules.${it}`)}
          {": "}
          {text(item[it]) === "" ? t("common.none") : text(item[it])}
        </Text>
      ))}
    </Stack>
  );
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "string") return value;
  if (typeof value !== "object") return JSON.stringify(value);
  const { rule } = value as { readonly rule?: string };
  return rule !== undefined && Object.keys(value).length === 1 ? rule : JSON.stringify(value);
}
