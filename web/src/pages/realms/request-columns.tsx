// The columns of the list of requests.
import { ActionIcon, Anchor, Group, Stack, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRepeat } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Export, ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { useNow } from "../../lib/use-now.ts";
import { useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { DownloadIcon } from "../../parts/export-state/download.tsx";
import { formatName } from "../../parts/export-state/format-name.ts";
import { FaultLine } from "../../parts/export-state/fault-line.tsx";
import { ExportProgress } from "../../parts/export-state/progress.tsx";
import { isUnderWay } from "../../parts/export-state/shown-state.ts";
import { StateBadge } from "../../parts/export-state/state-badge.tsx";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";
import { When } from "../../parts/export-state/when.tsx";

export function useRequestColumns(
  realms: readonly ObjectTypeWithFields[],
  narrow: boolean,
  onProblem: (problem: Error | null) => void,
): readonly Column<Export>[] {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const labels = new Map(realms.map(({ name, label }) => [name, label ?? name]));
  const all: readonly Column<Export>[] = [
    {
      name: "created",
      label: t("realms.list.request"),
      sortable: true,
      cell: (of) => (
        <>
          <Anchor component={Link} to={`/${org}/exports/${of._id}`} size="sm" fw={600}>
            {of.label ?? labels.get(of.objects ?? "") ?? of.objects}
          </Anchor>
          <Text size="xs" c="dimmed">
            {formatName(of.format)} · <When at={of.created} />
          </Text>
        </>
      ),
    },
    {
      name: "range",
      label: t("realms.list.days"),
      cell: ({ range }) =>
        range === null ? null : (
          <>
            <span style={{ whiteSpace: "nowrap" }}>{shown.day(range.from)} –</span>{" "}
            <span style={{ whiteSpace: "nowrap" }}>{shown.day(range.to)}</span>
          </>
        ),
    },
    {
      name: "state",
      label: t("realms.list.state"),
      sortable: true,
      width: 220,
      cell: (of) => <State of={of} />,
    },
    {
      name: "expiresAt",
      label: t("realms.list.expires"),
      sortable: true,
      cell: ({ expiresAt }) =>
        expiresAt === null ? null : (
          <Text size={narrow ? "xs" : "sm"} component="span" c={narrow ? "dimmed" : undefined}>
            {narrow ? `${t("realms.list.expires")} ` : null}
            <When at={expiresAt} />
          </Text>
        ),
    },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      width: 90,
      cell: (of) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <DownloadIcon of={of} org={org} onProblem={onProblem} />
          <Again of={of} org={org} onProblem={onProblem} />
        </Group>
      ),
    },
  ];
  if (!narrow) return all;
  // All of it in one.
  const [first, ...others] = all;
  const cell = (of: Export) => (
    <Stack gap={4} align="stretch">
      {[first!, ...others].map((column) => (
        <div key={column.name}>{column.cell(of)}</div>
      ))}
    </Stack>
  );
  return [{ ...first!, cell }];
}

function State({ of }: { readonly of: Export }) {
  const { t } = useTranslation();
  const shown = useShown();
  const now = useNow(60_000);
  const { dueAt } = of;
  const isLate = dueAt !== null && Date.parse(dueAt) < now;
  return (
    <>
      <StateBadge
        of={of}
        label={
          of.state === "ready" && of.problems > 0
            ? t("realms.states.problems", { count: of.problems })
            : t(`realms.states.${of.state}`)
        }
      />
      {of.state === "pending" && dueAt !== null && of.approval?.state !== "wanted" ? (
        <Text size="xs" c="dimmed">
          {isLate
            ? t("realms.list.late", { when: shown.dateTime(dueAt) })
            : t("realms.list.due", { when: shown.dateTime(dueAt) })}
        </Text>
      ) : (
        <ExportProgress of={of} />
      )}
      <FaultLine of={of} />
    </>
  );
}

/** The same once more, with one click. */
function Again({
  of,
  org,
  onProblem,
}: {
  readonly of: Export;
  readonly org: string;
  readonly onProblem: (problem: Error | null) => void;
}) {
  const { t } = useTranslation();
  const { person } = useSession();
  const { resubmit } = useExportChanges(org);
  if (isUnderWay(of) || of.owner?.id !== person._id) return null;
  const days = of.range === null ? "" : `${of.range.from} – ${of.range.to}`;
  return (
    <Tooltip label={t("realms.list.again")}>
      <ActionIcon
        variant="subtle"
        aria-label={t("realms.list.againIt", { name: of.label ?? of.objects ?? of._id, days })}
        loading={resubmit.isPending}
        onClick={() =>
          resubmit.mutate(of._id, {
            onError: onProblem,
            onSuccess() {
              onProblem(null);
              notifications.show({ message: t("realms.list.againDone") });
            },
          })
        }
      >
        <IconRepeat size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
