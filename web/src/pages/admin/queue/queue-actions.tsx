// Cancels or deletes an export that waits or runs, after a question.
import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconPlayerStop, IconTrash } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Export } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { Confirm } from "../../../parts/confirm.tsx";

export function QueueActions({ of: { _id: id, owner }, name }: { readonly of: Export; readonly name: string }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const [asked, ask] = useState<"cancel" | "delete" | null>(null);
  const close = (): void => ask(null);
  const refresh = async (): Promise<void> => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ["exports", org] }),
      client.invalidateQueries({ queryKey: ["usage", org] }),
    ]);
  };
  const who = owner?.name ?? t("admin.nobody");
  return (
    <>
      <Group gap={4} justify="flex-end" wrap="nowrap">
        <Tooltip label={t("admin.queue.cancel")}>
          <ActionIcon
            variant="default"
            aria-label={t("admin.queue.cancelNamed", { name })}
            onClick={() => ask("cancel")}
          >
            <IconPlayerStop size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t("common.delete")}>
          <ActionIcon
            variant="default"
            aria-label={t("admin.queue.deleteNamed", { name })}
            onClick={() => ask("delete")}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Confirm
        opened={asked === "cancel"}
        onClose={close}
        title={t("admin.queue.cancelNamed", { name })}
        action={t("admin.queue.cancelAction")}
        onConfirm={async () => {
          await api.org.postExportsByIdCancel({ org, id });
          await refresh();
        }}
      >
        {t("admin.queue.cancelDetail", { who })}
      </Confirm>
      <Confirm
        opened={asked === "delete"}
        onClose={close}
        title={t("admin.queue.deleteNamed", { name })}
        action={t("common.delete")}
        onConfirm={async () => {
          await api.org.deleteExportsById({ org, id });
          await refresh();
        }}
      >
        {t("admin.queue.deleteDetail", { who })}
      </Confirm>
    </>
  );
}
