// What can be done with the export of the page: download, order again, cancel, delete.
import { Button, Group } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconBan, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { DownloadButton } from "../../parts/export-state/download.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";
import { DeleteExports } from "./delete-exports.tsx";
import { useMayChange } from "./row-actions.tsx";

export function PageActions({
  of,
  onProblem,
}: {
  readonly of: Export;
  /** Told what did not work, and null when something is tried anew. */
  readonly onProblem: (problem: Error | null) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const navigate = useNavigate();
  const mayChange = useMayChange(of);
  const { resubmit, cancel } = useExportChanges(org);
  const [deleting, { open, close }] = useDisclosure();
  return (
    <>
      <Group gap="xs">
        <DownloadButton of={of} org={org} onProblem={onProblem} />
        {mayChange && isUnderWay(of) ? (
          <Button
            variant="default"
            leftSection={<IconBan size={16} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(of._id, { onError: onProblem, onSuccess: () => onProblem(null) })}
          >
            {t("exports.actions.cancel")}
          </Button>
        ) : null}
        {mayChange && !isUnderWay(of) ? (
          <Button
            variant={of.state === "ready" ? "default" : "filled"}
            leftSection={<IconRepeat size={16} aria-hidden />}
            loading={resubmit.isPending}
            onClick={() =>
              resubmit.mutate(of._id, {
                onError: onProblem,
                onSuccess(made) {
                  notifications.show({ message: t("exports.actions.resubmitted") });
                  void navigate(`/${org}/exports/${made._id}`);
                },
              })
            }
          >
            {t("exports.actions.resubmit")}
          </Button>
        ) : null}
        {mayChange ? (
          <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
            {t("exports.actions.delete")}
          </Button>
        ) : null}
      </Group>
      <DeleteExports
        ids={deleting ? [of._id] : null}
        onClose={close}
        onDone={() => void navigate(`/${org}/exports`, { replace: true })}
      />
    </>
  );
}
