// Exports that wait or run, with what can be done to them.
import { Anchor, Box, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Export } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { NARROW } from "../../../lib/narrow.ts";
import { useObjectLabel } from "../../../parts/fields/use-object-types.ts";
import { QueueActions } from "./queue-actions.tsx";
import { QueueState } from "./queue-state.tsx";

/** Where it is narrow, these stand with the export. */
const WIDE = new Set(["owner", "created", "state"]);

export function QueueTable({ exports }: { readonly exports: readonly Export[] }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const labelOf = useObjectLabel();
  const nameOf = ({ label, objects }: Export): string =>
    label ?? (objects === null ? t("admin.exportUnnamed") : t("admin.exportOf", { objects: labelOf(objects) }));
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const ordered = ({ created }: Export) => (
    <time dateTime={created} title={shown.dateTime(created)}>
      {shown.relative(created)}
    </time>
  );
  const columns: readonly Column<Export>[] = [
    {
      name: "position",
      label: t("admin.queue.columns.position"),
      align: "end",
      width: 64,
      cell: ({ state, position }) =>
        state === "running" ? t("admin.queue.now") : position === null ? "–" : shown.number(position),
    },
    {
      name: "export",
      label: t("admin.queue.columns.export"),
      cell: (it) => (
        <Box miw={150}>
          <Anchor component={Link} to={`/${org}/exports/${it._id}`} size="sm" style={{ overflowWrap: "anywhere" }}>
            {nameOf(it)}
          </Anchor>
          <Text size="xs" c="dimmed">
            {[it.objects === null || it.label === null ? null : labelOf(it.objects), t(`admin.kinds.${it.kind}`)]
              .filter((part) => part !== null)
              .join(" · ")}
          </Text>
          {isNarrow ? (
            <Text size="xs" c="dimmed">
              {it.owner?.name ?? t("admin.nobody")} · {ordered(it)}
            </Text>
          ) : null}
          {isNarrow ? <QueueState of={it} name={nameOf(it)} /> : null}
        </Box>
      ),
    },
    {
      name: "owner",
      label: t("admin.queue.columns.owner"),
      cell: ({ owner }) => owner?.name ?? t("admin.nobody"),
    },
    {
      name: "created",
      label: t("admin.queue.columns.since"),
      cell: ordered,
    },
    {
      name: "state",
      label: t("admin.queue.columns.state"),
      width: "38%",
      cell: (it) => (
        <Box miw={240}>
          <QueueState of={it} name={nameOf(it)} />
        </Box>
      ),
    },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      width: 96,
      cell: (it) => <QueueActions of={it} name={nameOf(it)} />,
    },
  ];
  return (
    <DataTable
      label={t("admin.queue.title")}
      columns={isNarrow ? columns.filter(({ name }) => !WIDE.has(name)) : columns}
      rows={exports}
      keyOf={({ _id }) => _id}
      minWidth={300}
    />
  );
}
