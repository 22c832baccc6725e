// Fields that were picked, in their order; the first dozen, the rest when asked for.
import { Badge, Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObjectFields } from "./use-object-fields.ts";

const FIRST = 12;

export function FieldList({ object, paths }: { readonly object: string | null; readonly paths: readonly string[] }) {
  const { t } = useTranslation();
  const fields = useObjectFields(
    object,
    paths.some((it) => it.includes(".")),
  );
  const [all, setAll] = useState(false);
  const shown = all ? paths : paths.slice(0, FIRST);
  return (
    <Group gap={4}>
      {shown.map((path) => {
        const plain = path.replace(/^-/, "");
        const label = fields.find((it) => it.path === plain)?.heading ?? plain;
        return (
          <Badge key={path} variant="default" tt="none" fw={500} radius="sm">
            {path.startsWith("-") ? t("exports.asked.descending", { label }) : label}
          </Badge>
        );
      })}
      {paths.length > FIRST && !all ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t("exports.asked.moreFields", { count: paths.length - FIRST })}
        </Button>
      ) : null}
    </Group>
  );
}
