// The columns of the list of batches; where it is narrow, all that matters in one.
import { ActionIcon, Anchor, Stack, Text, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import type { Column } from "../../parts/data-table.tsx";
import { When } from "../../parts/export-state/when.tsx";
import { useBatchWords } from "./use-batch-words.ts";

export function useBatchColumns(narrow: boolean, onDelete: (batch: Batch) => void): readonly Column<Batch>[] {
  const { t } = useTranslation();
  const { isAdmin, may } = useOrg();
  const shown = useShown();
  const words = useBatchWords();
  const name: Column<Batch> = {
    name: "name",
    label: t("batches.columns.name"),
    sortable: true,
    cell: (batch) => <BatchName batch={batch} />,
  };
  const actions: Column<Batch> = {
    name: "actions",
    label: t("common.actions"),
    align: "end",
    width: 90,
    cell: (batch) => <DeleteIcon batch={batch} onDelete={onDelete} />,
  };
  const last = may("batches.delete") ? [actions] : [];
  if (narrow) {
    const cell = (batch: Batch) => (
      <Stack gap={2} align="flex-start">
        <BatchName batch={batch} />
        <Text size="xs" c="dimmed">
          {[words.type(batch), shown.number(batch.count), words.namespace(batch)]
            .filter((it) => it !== null)
            .join(" · ")}
        </Text>
        <Text size="xs" c="dimmed">
          <When at={batch.created} />
          {isAdmin ? ` · ${words.owner(batch)}` : null}
        </Text>
      </Stack>
    );
    return [{ ...name, cell }, ...last];
  }
  return [
    name,
    { name: "objects", label: t("batches.columns.objects"), sortable: true, cell: words.type },
    {
      name: "count",
      label: t("batches.columns.count"),
      sortable: true,
      align: "end",
      cell: ({ count }) => shown.number(count),
    },
    { name: "namespace", label: t("batches.columns.namespace"), cell: (batch) => words.namespace(batch) ?? "–" },
    ...(isAdmin ? [{ name: "owner.name", label: t("batches.columns.owner"), sortable: true, cell: words.owner }] : []),
    {
      name: "created",
      label: t("batches.columns.created"),
      sortable: true,
      cell: ({ created }) => <When at={created} />,
    },
    ...last,
  ];
}

function BatchName({ batch: { _id: id, name } }: { readonly batch: Batch }) {
  const { org } = useOrg();
  return (
    <Anchor component={Link} to={`/${org}/batches/${id}`} size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
      {name}
    </Anchor>
  );
}

function DeleteIcon({ batch, onDelete }: { readonly batch: Batch; readonly onDelete: (batch: Batch) => void }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t("batches.delete.action")}>
      <ActionIcon
        variant="subtle"
        aria-label={t("batches.delete.actionIt", { name: batch.name })}
        onClick={() => onDelete(batch)}
      >
        <IconTrash size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
