// How much of the quota archives take.
import { Group, Progress, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../../lib/shown.ts";

/** From here on, something should be done. */
const NEARLY_FULL = 0.9;

export function QuotaBar({ stored, quota }: { readonly stored: number; readonly quota: number | null }) {
  const { t } = useTranslation();
  const shown = useShown();
  if (quota === null) {
    return <Text mb="md">{t("admin.usage.storedWithoutQuota", { stored: shown.bytes(stored) })}</Text>;
  }
  const share = quota === 0 ? 1 : stored / quota;
  const words = t("admin.usage.stored", {
    stored: shown.bytes(stored),
    quota: shown.bytes(quota),
    share: shown.percent(share),
  });
  return (
    <Stack gap={6} mb="lg" maw={640}>
      <Group justify="space-between" gap="xs">
        <Text fw={600}>{words}</Text>
        <Text size="sm" c="dimmed">
          {t("admin.usage.free", { free: shown.bytes(Math.max(0, quota - stored)) })}
        </Text>
      </Group>
      <Progress.Root size="lg">
        <Progress.Section
          value={Math.min(100, share * 100)}
          color={share >= NEARLY_FULL ? "var(--mantine-color-error)" : undefined}
          aria-label={t("admin.usage.quota")}
          aria-valuetext={words}
        />
      </Progress.Root>
      {share < NEARLY_FULL ? null : (
        <Text size="sm" c="var(--mantine-color-error)">
          <IconAlertTriangle size={14} aria-hidden /> {t("admin.usage.nearlyFull")}
        </Text>
      )}
    </Stack>
  );
}
