// Stays in sight while there is something to save.
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Problem } from "../../parts/problem.tsx";

export function SaveBar({
  isNew,
  isChanged,
  isSaving,
  error,
  onSave,
  onDiscard,
  saved,
}: {
  readonly isNew: boolean;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  readonly error: unknown;
  readonly onSave: () => void;
  /** Null where there is nothing to go back to. */
  readonly onDiscard: (() => void) | null;
  /** The revision that was saved just now. */
  readonly saved: number | null;
}) {
  const { t } = useTranslation();
  return (
    <Paper withBorder shadow="md" p="sm" mt="md" pos="sticky" bottom={12} style={{ zIndex: 20 }}>
      <Stack gap="sm">
        {error === null ? null : <Problem error={error} />}
        <Group justify="space-between" gap="sm">
          <Text size="sm" role="status">
            {saved !== null
              ? t("templates.saved", { revision: saved })
              : isChanged
                ? t("templates.unsaved.state")
                : isNew
                  ? t("templates.unsaved.new")
                  : ""}
          </Text>
          <Group gap="xs">
            {onDiscard === null || saved !== null ? null : (
              <Button variant="default" onClick={onDiscard}>
                {t("templates.unsaved.discard")}
              </Button>
            )}
            <Button onClick={onSave} loading={isSaving} disabled={saved !== null} aria-keyshortcuts="Control+S Meta+S">
              {t("common.save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Paper>
  );
}
