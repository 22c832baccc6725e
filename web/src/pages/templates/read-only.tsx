// Says why a template cannot be changed, and what can be done instead.
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import type { Kind } from "./kinds.ts";
import { useDuplicate } from "./template-actions.tsx";

export function ReadOnly({ kind, id }: { readonly kind: Kind; readonly id: string }) {
  const { t } = useTranslation();
  const { may } = useOrg();
  const { duplicate, isPending } = useDuplicate(kind);
  return (
    <Alert color="gray" icon={<IconLock aria-hidden />} title={t("templates.readOnly.title")}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">{t("templates.readOnly.detail")}</Text>
        {may("templates.create") ? (
          <Button size="xs" variant="default" loading={isPending} onClick={() => duplicate(id)}>
            {t("templates.duplicate")}
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
