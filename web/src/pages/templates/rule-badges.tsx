// The rules of a column at a glance.
import { Badge, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "./model.ts";
import type { Choice } from "./use-choices.ts";

export function RuleBadges({ column, choice }: { readonly column: Column; readonly choice: Choice | undefined }) {
  const { t } = useTranslation();
  const { mandatory, default: instead, date, translate, deidentify } = column;
  const shown = [
    ...(mandatory ? [t("templates.rules.mandatory")] : []),
    ...(instead === null ? [] : [`${t("templates.rules.default")}: ${String(instead)}`]),
    ...(date === null ? [] : [date]),
    ...(translate === null
      ? []
      : [
          translate.kind === "named"
            ? `→ ${translate.name}`
            : t("templates.rules.pairs", { count: translate.pairs.length }),
        ]),
    ...(deidentify === null ? [] : [t(`templates.deidentify.${deidentify.rule}`)]),
    ...(deidentify === null && choice?.deidentified !== undefined ? [t("templates.deidentify.byConfiguration")] : []),
  ];
  if (shown.length === 0) return null;
  return (
    <Group gap={4} maw="100%">
      {shown.map((it) => (
        <Badge key={it} variant="default" size="sm" tt="none" fw={500} maw={220}>
          {it}
        </Badge>
      ))}
    </Group>
  );
}
