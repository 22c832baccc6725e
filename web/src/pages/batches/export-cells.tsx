// The cells of a batch's exports: what each is called, how it stands, what can be done with it.
import { ActionIcon, Anchor, Group, Stack, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRepeat } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { DownloadIcon } from "../../parts/export-state/download.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";

export function ExportName({ of: { _id: id, label, owner } }: { readonly of: Export }) {
  const { org, isAdmin } = useOrg();
  return (
    <Stack gap={0} miw={140}>
      <Anchor
        component={Link}
        to={`/${org}/exports/${id}`}
        size="sm"
        fw={label === null ? undefined : 600}
        style={{ overflowWrap: "anywhere" }}
      >
        {label ?? id}
      </Anchor>
      {isAdmin && owner?.name !== undefined ? (
        <Text size="xs" c="dimmed">
          {owner.name}
        </Text>
      ) : null}
    </Stack>
  );
}

export function ExportActions({
  of,
  onProblem,
}: {
  readonly of: Export;
  readonly onProblem: (problem: Error | null) => void;
}) {
  const { t } = useTranslation();
  const { org, isAdmin, may } = useOrg();
  const { person } = useSession();
  const { resubmit } = useExportChanges(org);
  const mayRepeat = may("exports.create") && (isAdmin || of.owner?.id === person._id) && !isUnderWay(of);
  const again = (): void =>
    resubmit.mutate(of._id, {
      onError: onProblem,
      onSuccess() {
        onProblem(null);
        notifications.show({ message: t("batches.exports.resubmitted") });
      },
    });
  return (
    <Group gap={4} justify="flex-end" wrap="nowrap">
      <DownloadIcon of={of} org={org} onProblem={onProblem} />
      {mayRepeat ? (
        <Tooltip label={t("batches.exports.again")}>
          <ActionIcon
            variant="subtle"
            loading={resubmit.isPending}
            aria-label={t("batches.exports.againIt", { name: of.label ?? of._id })}
            onClick={again}
          >
            <IconRepeat size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </Group>
  );
}
