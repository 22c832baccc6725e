// What can be done with an export of a list.
import { ActionIcon, Group, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconBan, IconDots, IconRepeat, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { DownloadIcon } from "../../parts/export-state/download.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";

export function RowActions({
  of,
  onProblem,
  onDelete,
}: {
  readonly of: Export;
  readonly onProblem: (problem: Error | null) => void;
  readonly onDelete: (of: Export) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const mayChange = useMayChange(of);
  const { resubmit, cancel } = useExportChanges(org);
  const name = of.label ?? of._id;
  const onError = onProblem;
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <DownloadIcon of={of} org={org} onProblem={onProblem} />
      {mayChange ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon
              variant="subtle"
              aria-label={t("exports.actions.more", { name })}
              loading={resubmit.isPending || cancel.isPending}
            >
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isUnderWay(of) ? (
              <Menu.Item
                leftSection={<IconBan size={16} aria-hidden />}
                onClick={() => cancel.mutate(of._id, { onError, onSuccess: () => onProblem(null) })}
              >
                {t("exports.actions.cancel")}
              </Menu.Item>
            ) : (
              <Menu.Item
                leftSection={<IconRepeat size={16} aria-hidden />}
                onClick={() =>
                  resubmit.mutate(of._id, {
                    onError,
                    onSuccess() {
                      onProblem(null);
                      notifications.show({ message: t("exports.actions.resubmitted") });
                    },
                  })
                }
              >
                {t("exports.actions.resubmit")}
              </Menu.Item>
            )}
            <Menu.Item
              color="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => onDelete(of)}
            >
              {t("exports.actions.delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </Group>
  );
}

/** What was shared with one is looked at and downloaded, and not more. */
export function useMayChange({ owner }: Pick<Export, "owner">): boolean {
  const { isAdmin, may } = useOrg();
  const { person } = useSession();
  return may("exports.change") && (isAdmin || owner?.id === person._id);
}
