// What can be done with the export of the page: download, order again, cancel, delete. What did not work is said below.
import { Button, Group, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconBan, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { DownloadButton } from "../../parts/export-state/download.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";
import { Problem } from "../../parts/problem.tsx";
import { DeleteExports } from "./delete-exports.tsx";
import { useMayChange } from "./row-actions.tsx";

export function PageActions({ of }: { readonly of: Export }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const navigate = useNavigate();
  const mayChange = useMayChange(of);
  const { resubmit, cancel } = useExportChanges(org);
  const [refused, setRefused] = useState<Error | null>(null);
  const [deleting, { open, close }] = useDisclosure();
  const problem = refused ?? resubmit.error ?? cancel.error;
  return (
    <Stack gap="xs" align="flex-end">
      <Group gap="xs">
        <DownloadButton of={of} org={org} onProblem={setRefused} />
        {mayChange && isUnderWay(of) ? (
          <Button
            variant="default"
            leftSection={<IconBan size={16} aria-hidden />}
            loading={cancel.isPending}
            onClick={() => cancel.mutate(of._id)}
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
      {problem === null ? null : (
        <div style={{ maxWidth: 480 }}>
          <Problem error={problem} />
        </div>
      )}
      <DeleteExports
        ids={deleting ? [of._id] : null}
        onClose={close}
        onDone={() => void navigate(`/${org}/exports`, { replace: true })}
      />
    </Stack>
  );
}
