// The datasets of an export template in their order.
import { closestCenter, DndContext, type DragEndEvent } from "@dnd-kit/core";
import { SortableContext, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button, Group, Paper, Stack, Text, VisuallyHidden } from "@mantine/core";
import { IconFileText, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type Dispatch, type SetStateAction, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { AddDatasets } from "./add-datasets.tsx";
import { moved } from "./columns.ts";
import { type Bundle, nameOfInline, newKey, type Part } from "./model.ts";
import { PartRow } from "./part-row.tsx";
import { CountContext } from "./place-input.tsx";
import { useDragging } from "./use-dragging.ts";
import type { Previewed } from "./use-preview.ts";

export function PartsEditor({
  parts,
  setDraft,
  found,
  readOnly,
}: {
  readonly parts: readonly Part[];
  readonly setDraft: Dispatch<SetStateAction<Bundle>>;
  readonly found: Previewed | undefined;
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [isAdding, setAdding] = useState(false);
  const [said, setSaid] = useState("");
  const { data: templates } = useQuery({
    queryKey: ["dataset-templates", org, "all"],
    queryFn: ({ signal }) => api.org.getDatasetTemplates({ org, limit: 500, sort: "name" }, { signal }),
  });
  const nameOf = (part: Part): string => (part.kind === "reference" ? part.name : nameOfInline(part.body));
  const dragging = useDragging((key) => parts.map((it) => (it.key === key ? nameOf(it) : "")).join(""));
  const change = (to: (parts: readonly Part[]) => readonly Part[]): void =>
    setDraft((its) => ({ ...its, parts: to(its.parts) }));
  const move = (part: Part, to: number): void => {
    change((its) => moved(its, part.key, to));
    const place = Math.min(Math.max(1, to + 1), parts.length);
    setSaid(t("templates.columns.movedTo", { name: nameOf(part), place, count: parts.length }));
  };
  const drop = ({ active, over }: DragEndEvent): void => {
    const to = parts.findIndex((it) => it.key === over?.id);
    if (to !== -1) change((its) => moved(its, String(active.id), to));
  };
  return (
    <Stack gap="xs" data-pointer="/datasets">
      {parts.length === 0 ? (
        <Paper withBorder p="md" style={{ borderStyle: "dashed" }}>
          <Text size="sm" c="dimmed">
            {t("templates.datasets.none")}
          </Text>
        </Paper>
      ) : (
        <DndContext {...dragging} collisionDetection={closestCenter} onDragEnd={drop}>
          <SortableContext items={parts.map((it) => it.key)} strategy={verticalListSortingStrategy}>
            <CountContext value={parts.length}>
              <Stack component="ol" gap={6} m={0} p={0} style={{ listStyle: "none" }}>
                {parts.map((part, n) => (
                  <PartRow
                    key={part.key}
                    part={part}
                    index={n}
                    template={templates?.data.find((it) => part.kind === "reference" && it._id === part.template)}
                    findings={found?.findings.filter((it) => it.item === part.key) ?? []}
                    fileNames={
                      found?.preview.datasets.find((it) => found.itemAt.get(it.pointer) === part.key)?.fileNames ?? []
                    }
                    readOnly={readOnly}
                    onMove={(to) => move(part, to)}
                    onChange={(its) => change((all) => all.map((it) => (it.key === part.key ? its : it)))}
                    onRemove={() => change((all) => all.filter((it) => it.key !== part.key))}
                  />
                ))}
              </Stack>
            </CountContext>
          </SortableContext>
        </DndContext>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {readOnly ? null : (
        <Group gap="xs">
          <Button variant="light" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("templates.datasets.add")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFileText size={16} aria-hidden />}
            onClick={() => {
              const name = t("templates.datasets.textName");
              const body = {
                name,
                format: "text",
                fileName: t("templates.datasets.textFile"),
                columns: [{ value: "" }],
              };
              change((its) => [...its, { key: newKey(), kind: "inline", body }]);
            }}
          >
            {t("templates.datasets.addText")}
          </Button>
        </Group>
      )}
      <AddDatasets
        opened={isAdding}
        onClose={() => setAdding(false)}
        templates={templates?.data ?? []}
        onAdd={(chosen) =>
          change((its) => [
            ...its,
            ...chosen.map(({ _id, name }): Part => ({ key: newKey(), kind: "reference", template: _id, name })),
          ])
        }
      />
    </Stack>
  );
}
