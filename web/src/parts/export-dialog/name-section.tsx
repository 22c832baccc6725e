// What the export is called, what it is for, and whether a mail tells that it is ready.
import { Checkbox, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import type { SectionProps } from "./export-form.tsx";

export function NameSection({ draft, change, problem }: SectionProps) {
  const { t } = useTranslation();
  const isRequired = useOrg().purpose === "required";
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t("exportDialog.name.label")}
          description={t("exportDialog.name.hint")}
          maxLength={100}
          value={draft.label}
          onChange={(event) => change({ label: event.currentTarget.value })}
          error={problem("/label")}
        />
        <TextInput
          label={t("exportDialog.name.purpose")}
          description={t(isRequired ? "exportDialog.name.purposeAsked" : "exportDialog.name.purposeHint")}
          withAsterisk={isRequired}
          aria-required={isRequired}
          maxLength={2000}
          value={draft.purpose}
          onChange={(event) => change({ purpose: event.currentTarget.value })}
          error={
            problem("/purpose") !== undefined && isRequired && draft.purpose.trim() === ""
              ? t("exportDialog.name.purposeRequired")
              : problem("/purpose")
          }
        />
      </SimpleGrid>
      <Checkbox
        label={t("exportDialog.name.notify")}
        checked={draft.notify}
        onChange={(event) => change({ notify: event.currentTarget.checked })}
      />
    </Stack>
  );
}
