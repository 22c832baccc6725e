// Asks before a batch is deleted.
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Confirm } from "../../parts/confirm.tsx";

export function DeleteBatch({
  batch,
  onClose,
  onDone,
}: {
  /** Null while nothing is asked. */
  readonly batch: Batch | null;
  readonly onClose: () => void;
  readonly onDone?: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  return (
    <Confirm
      opened={batch !== null}
      onClose={onClose}
      title={t("batches.delete.title")}
      action={t("batches.delete.confirm")}
      onConfirm={async () => {
        if (batch === null) return;
        await api.org.deleteBatchesById({ org, id: batch._id });
        onDone?.();
        notifications.show({ message: t("batches.delete.done", { name: batch.name }) });
        await client.invalidateQueries({ queryKey: ["batches", org] });
      }}
    >
      {batch === null ? null : t("batches.delete.detail", { name: batch.name })}
    </Confirm>
  );
}
