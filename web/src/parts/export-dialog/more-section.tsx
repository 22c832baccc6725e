// What few need: time zone, language, encryption to a key; for administrators whose rights, and a script.
import { Checkbox, Collapse, Select, SimpleGrid, Stack, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import type { SectionProps } from "./export-form.tsx";

const PLACES = ["/timeZone", "/language", "/recipient", "/principal", "/afterScript"];

export function MoreSection({ draft, change, problem }: SectionProps) {
  const { t } = useTranslation();
  const { isAdmin } = useOrg();
  const id = useId();
  const [opened, setOpened] = useState(false);
  // What is wrong in there is seen.
  const isOpen = opened || PLACES.some((it) => problem(it) !== undefined);
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton onClick={() => setOpened(!isOpen)} aria-expanded={isOpen} aria-controls={id} fz="sm" fw={600}>
        <Icon size={14} aria-hidden /> {t("exportDialog.more.label")}
      </UnstyledButton>
      <Collapse expanded={isOpen} id={id}>
        <Stack gap="sm" mt="sm">
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select
              label={t("exportDialog.more.timeZone")}
              data={zones(draft.timeZone)}
              value={draft.timeZone}
              searchable
              allowDeselect={false}
              onChange={(timeZone) => timeZone !== null && change({ timeZone })}
              error={problem("/timeZone")}
            />
            <Select
              label={t("exportDialog.more.language")}
              data={[
                { value: "en", label: "English" },
                { value: "fr", label: "Français" },
              ]}
              value={draft.language}
              allowDeselect={false}
              onChange={(language) => language !== null && change({ language })}
              error={problem("/language")}
            />
          </SimpleGrid>
          {draft.kind === "template" ? null : (
            <Checkbox
              label={t("exportDialog.more.bag")}
              checked={draft.bag}
              onChange={(event) => change({ bag: event.currentTarget.checked })}
            />
          )}
          <TextInput
            label={t("exportDialog.more.recipient")}
            description={t("exportDialog.more.recipientHint")}
            placeholder="age1…"
            value={draft.recipient}
            onChange={(event) => change({ recipient: event.currentTarget.value })}
            error={problem("/recipient")}
          />
          {isAdmin ? (
            <>
              <TextInput
                label={t("exportDialog.more.principal")}
                description={t("exportDialog.more.principalHint")}
                value={draft.principal}
                onChange={(event) => change({ principal: event.currentTarget.value })}
                error={problem("/principal")}
              />
              <Textarea
                label={t("exportDialog.more.afterScript")}
                description={t("exportDialog.more.afterScriptHint")}
                value={draft.afterScript}
                autosize
                minRows={3}
                maxRows={12}
                styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
                onChange={(event) => change({ afterScript: event.currentTarget.value })}
                error={problem("/afterScript")}
              />
            </>
          ) : null}
        </Stack>
      </Collapse>
    </div>
  );
}

function zones(own: string): string[] {
  return [...new Set([own, "UTC", ...Intl.supportedValuesOf("timeZone")])];
}
