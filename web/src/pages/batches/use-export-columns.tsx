// The columns of a batch's exports.
import { ActionIcon, Anchor, Group, Stack, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRepeat } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { DownloadIcon } from "../../parts/export-state/download.tsx";
import { formatName } from "../../parts/export-state/format-name.ts";
import { ExportProgress } from "../../parts/export-state/progress.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { StateBadge } from "../../parts/export-state/state-badge.tsx";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";
import { When } from "../../parts/export-state/when.tsx";

/** @param narrow whether all that matters stands in one column */
export function useExportColumns(
  narrow: boolean,
  onProblem: (problem: Error | null) => void,
): readonly Column<Export>[] {
  const { t } = useTranslation();
  const shown = useShown();
  const templates = useTemplateNames();
  const templateOf = ({ template }: Export): string =>
    template === null
      ? t("batches.exports.noTemplate")
      : (templates.get(template) ?? t("batches.exports.unknownTemplate"));
  const actions: Column<Export> = {
    name: "actions",
    label: t("common.actions"),
    align: "end",
    width: 96,
    cell: (of) => <Actions of={of} onProblem={onProblem} />,
  };
  const name: Column<Export> = {
    name: "label",
    label: t("batches.exports.name"),
    cell: (of) => <ExportName of={of} />,
  };
  if (narrow) {
    const cell = (of: Export) => (
      <Stack gap={4}>
        <ExportName of={of} />
        <State of={of} />
        <Text size="xs" c="dimmed">
          {templateOf(of)} · {formatName(of.format)} · <When at={of.created} />
          {of.dataFile === null ? null : ` · ${shown.bytes(of.dataFile.size)}`}
        </Text>
      </Stack>
    );
    return [{ ...name, cell }, actions];
  }
  const withFormat = (of: Export) => (
    <>
      {templateOf(of)}
      <Text size="xs" c="dimmed">
        {formatName(of.format)}
      </Text>
    </>
  );
  return [
    name,
    { name: "template", label: t("batches.exports.template"), cell: withFormat },
    { name: "state", label: t("batches.exports.state"), width: 230, cell: (of) => <State of={of} /> },
    { name: "created", label: t("batches.exports.created"), cell: ({ created }) => <When at={created} /> },
    {
      name: "size",
      label: t("batches.exports.size"),
      align: "end",
      cell: ({ dataFile }) => (dataFile === null ? "–" : shown.bytes(dataFile.size)),
    },
    actions,
  ];
}

function ExportName({ of: { _id: id, label, owner } }: { readonly of: Export }) {
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

function State({ of }: { readonly of: Export }) {
  return (
    <Stack gap={2} align="stretch" maw={260}>
      <div>
        <StateBadge of={of} />
      </div>
      <ExportProgress of={of} />
      {of.state === "error" && of.fault !== null ? (
        <Text size="xs" c="dimmed" lineClamp={2} title={of.fault.detail} style={{ overflowWrap: "anywhere" }}>
          {of.fault.detail}
        </Text>
      ) : null}
    </Stack>
  );
}

function Actions({ of, onProblem }: { readonly of: Export; readonly onProblem: (problem: Error | null) => void }) {
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

/** Of those that the reader sees. */
function useTemplateNames(): ReadonlyMap<string, string> {
  const { org, may } = useOrg();
  const enabled = may("templates.see");
  const { data: ofExports } = useQuery({
    queryKey: ["export-templates", org, "names"],
    queryFn: ({ signal }) => api.org.getExportTemplates({ org, limit: 500 }, { signal }),
    staleTime: 60_000,
    enabled,
  });
  const { data: ofDatasets } = useQuery({
    queryKey: ["dataset-templates", org, "names"],
    queryFn: ({ signal }) => api.org.getDatasetTemplates({ org, limit: 500 }, { signal }),
    staleTime: 60_000,
    enabled,
  });
  return new Map([...(ofExports?.data ?? []), ...(ofDatasets?.data ?? [])].map(({ _id, name }) => [_id, name]));
}
