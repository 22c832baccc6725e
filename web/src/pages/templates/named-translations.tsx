// Value translations by name, which several columns can use.
import { Button, Fieldset, Group, Paper, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Fold } from "./fold.tsx";
import { type Dataset, newKey, type Translation } from "./model.ts";
import { PairsEditor } from "./pairs-editor.tsx";

export function NamedTranslations({
  draft: { translations },
  patch,
  readOnly,
}: {
  readonly draft: Dataset;
  readonly patch: (some: Partial<Dataset>) => void;
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  const change = (key: string, some: Partial<Translation>): void =>
    patch({ translations: translations.map((it) => (it.key === key ? { ...it, ...some } : it)) });
  return (
    <Fold title={t("templates.translations.title")} pointer="/translations" startsOpen={translations.length > 0}>
      <Fieldset variant="unstyled" disabled={readOnly}>
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {t("templates.translations.detail")}
          </Text>
          {translations.map((it) => (
            <Paper key={it.key} withBorder p="sm">
              <Stack gap="xs">
                <Group align="flex-end" justify="space-between">
                  <TextInput
                    size="xs"
                    label={t("templates.translations.name")}
                    value={it.name}
                    onChange={(event) => change(it.key, { name: event.currentTarget.value })}
                  />
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    c="dimmed"
                    onClick={() => patch({ translations: translations.filter(({ key }) => key !== it.key) })}
                  >
                    {t("templates.translations.remove")}
                  </Button>
                </Group>
                <PairsEditor label={it.name} pairs={it.pairs} onChange={(pairs) => change(it.key, { pairs })} />
              </Stack>
            </Paper>
          ))}
          <Group>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => {
                const name = t("templates.translations.newName", { n: translations.length + 1 });
                patch({ translations: [...translations, { key: newKey(), name, pairs: [] }] });
              }}
            >
              {t("templates.translations.add")}
            </Button>
          </Group>
        </Stack>
      </Fieldset>
    </Fold>
  );
}
