// Asks before exports are deleted with their archives: some, or all that have expired.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";

export function DeleteExports({
  ids,
  onClose,
  onDone,
}: {
  /** Null while nothing is asked. */
  readonly ids: readonly string[] | null;
  readonly onClose: () => void;
  readonly onDone?: (ids: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { remove } = useExportChanges(org);
  const count = ids?.length ?? 0;
  return (
    <Confirm
      opened={ids !== null}
      onClose={onClose}
      title={t("exports.deletion.title", { count })}
      action={t("exports.deletion.action", { count })}
      onConfirm={async () => {
        await remove(ids!);
        onDone?.(ids!);
      }}
    >
      {t("exports.deletion.detail", { count })}
    </Confirm>
  );
}

export function DeleteExpired() {
  const { t } = useTranslation();
  const { org, isAdmin } = useOrg();
  const { removeExpired } = useExportChanges(org);
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" onClick={open}>
        {t("exports.deletion.expired")}
      </Button>
      <Confirm
        opened={opened}
        onClose={close}
        title={t("exports.deletion.expired")}
        action={t("exports.deletion.expiredAction")}
        onConfirm={async () => {
          const count = await removeExpired();
          notifications.show({ message: t("exports.deletion.done", { count }) });
        }}
      >
        {t(isAdmin ? "exports.deletion.expiredAll" : "exports.deletion.expiredOwn")}
      </Confirm>
    </>
  );
}
