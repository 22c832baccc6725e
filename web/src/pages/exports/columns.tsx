// The columns of a list of exports; where it is narrow, all that matters in one.
import { Anchor, Group, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Export, ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { type Shown, useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { formatName } from "../../parts/export-state/format-name.ts";
import { StateCell } from "../../parts/export-state/state-cell.tsx";
import { When } from "../../parts/export-state/when.tsx";
import { RowActions } from "./row-actions.tsx";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";

interface ColumnsAsked {
  readonly narrow: boolean;
  readonly withOwner: boolean;
  readonly onProblem: (problem: Error | null) => void;
  readonly onDelete: (of: Export) => void;
}

export function useColumns({ narrow, withOwner, onProblem, onDelete }: ColumnsAsked): readonly Column<Export>[] {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const objects = useObjectTypes();
  // Rows are drawn anew only with other columns.
  return useMemo(
    () => columnsOf({ narrow, withOwner, onProblem, onDelete, t, org, shown, objects }),
    [narrow, withOwner, onProblem, onDelete, t, org, shown, objects],
  );
}

function columnsOf({
  narrow,
  withOwner,
  onProblem,
  onDelete,
  t,
  org,
  shown,
  objects,
}: ColumnsAsked & {
  readonly t: TFunction;
  readonly org: string;
  readonly shown: Shown;
  readonly objects: ReadonlyMap<string, ObjectType>;
}): readonly Column<Export>[] {
  const what = (of: Export) => (
    <>
      {of.objects === null ? t(`exports.kinds.${of.kind}`) : (objects.get(of.objects)?.label ?? of.objects)}
      <Text size="xs" c="dimmed">
        {[of.objects === null ? null : t(`exports.kinds.${of.kind}`), formatName(of.format)]
          .filter((it) => it !== null)
          .join(" · ")}
      </Text>
    </>
  );
  const name: Column<Export> = {
    name: "label",
    label: t("exports.columns.name"),
    sortable: true,
    cell: (of) => <Name of={of} org={org} />,
  };
  const actions: Column<Export> = {
    name: "actions",
    label: t("common.actions"),
    align: "end",
    width: 90,
    cell: (of) => <RowActions of={of} onProblem={onProblem} onDelete={onDelete} />,
  };
  if (narrow) {
    const cell = (of: Export) => (
      <Stack gap={4} align="flex-start">
        <Name of={of} org={org} />
        <Text size="xs" component="div">
          {what(of)}
        </Text>
        <StateCell of={of} />
        <Group justify="space-between" w="100%" gap="xs">
          <Text size="xs" c="dimmed">
            <When at={of.created} />
            {of.dataFile === null ? null : ` · ${shown.bytes(of.dataFile.size)}`}
          </Text>
          {actions.cell(of)}
        </Group>
      </Stack>
    );
    return [{ ...name, cell }];
  }
  return [
    name,
    { name: "objects", label: t("exports.columns.what"), sortable: true, cell: what },
    {
      name: "state",
      label: t("exports.columns.state"),
      sortable: true,
      width: 230,
      cell: (of) => <StateCell of={of} />,
    },
    {
      name: "created",
      label: t("exports.columns.created"),
      sortable: true,
      cell: (of) => (
        <>
          <When at={of.created} />
          {withOwner ? (
            <Text size="xs" c="dimmed">
              {of.owner?.name ?? t("exports.people.gone")}
            </Text>
          ) : null}
        </>
      ),
    },
    {
      name: "expiresAt",
      label: t("exports.columns.expires"),
      sortable: true,
      cell: (of) => (of.expiresAt === null ? <None /> : <When at={of.expiresAt} />),
    },
    {
      name: "dataFile.size",
      label: t("exports.columns.size"),
      sortable: true,
      align: "end",
      cell: (of) =>
        of.dataFile === null ? <None /> : <span style={{ whiteSpace: "nowrap" }}>{shown.bytes(of.dataFile.size)}</span>,
    },
    actions,
  ];
}

function None() {
  return (
    <Text span size="sm" c="dimmed" aria-hidden>
      –
    </Text>
  );
}

/** Its label, where it has one, and its id: both lead to its page. */
function Name({ of: { _id: id, label }, org }: { readonly of: Export; readonly org: string }) {
  const to = `/${org}/exports/${id}`;
  const idLink = (
    <Anchor
      component={Link}
      to={to}
      size="xs"
      ff="monospace"
      c={label === null ? undefined : "dimmed"}
      display="block"
      truncate
      maw="clamp(15.5rem, 20vw, 17rem)"
      title={id}
    >
      {id}
    </Anchor>
  );
  if (label === null) return idLink;
  return (
    <Stack gap={0} miw={160}>
      <Anchor component={Link} to={to} size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
        {label}
      </Anchor>
      {idLink}
    </Stack>
  );
}
