// To the page before and the next; nothing where there is one page only.
import { Button, Group, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

export function Pager({
  index,
  forward,
  back,
}: {
  readonly index: number;
  readonly forward: (() => void) | null;
  readonly back: (() => void) | null;
}) {
  const { t } = useTranslation();
  if (forward === null && back === null) return null;
  return (
    <Group component="nav" aria-label={t("common.table.pages")} justify="flex-end" gap="xs" mt="sm">
      <Button
        size="xs"
        variant="default"
        disabled={back === null}
        onClick={() => back?.()}
        leftSection={<IconChevronLeft size={14} aria-hidden />}
      >
        {t("common.previous")}
      </Button>
      <Text size="sm">{t("common.table.page", { number: index + 1 })}</Text>
      <Button
        size="xs"
        variant="default"
        disabled={forward === null}
        onClick={() => forward?.()}
        rightSection={<IconChevronRight size={14} aria-hidden />}
      >
        {t("common.next")}
      </Button>
    </Group>
  );
}
