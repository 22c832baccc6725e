// What is shown of each registered query.
import { ActionIcon, Anchor, Button, Code, CopyButton, Group, Text, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import type { TFunction } from "i18next";
import type { PersistedQuery } from "../../../api/generated.ts";
import type { Shown } from "../../../lib/shown.ts";
import type { Column } from "../../../parts/data-table.tsx";

/** Of an id: enough to tell it from others; all of it is copied, and is in the dialog. */
const SHOWN_DIGITS = 8;

export interface QueryColumns {
  readonly t: TFunction;
  readonly shown: Shown;
  readonly onOpen: (query: PersistedQuery) => void;
  readonly onDelete: (query: PersistedQuery) => void;
}

export function queryColumns({ t, shown, onOpen, onDelete }: QueryColumns): Column<PersistedQuery>[] {
  return [
    {
      name: "name",
      label: t("admin.queries.name"),
      cell: (query) => (
        <Anchor
          component="button"
          type="button"
          size="sm"
          ta="start"
          style={{ overflowWrap: "anywhere" }}
          onClick={() => onOpen(query)}
        >
          {query.name}
        </Anchor>
      ),
    },
    { name: "id", label: t("admin.queries.id"), cell: (query) => <Id query={query} t={t} /> },
    {
      name: "created",
      label: t("admin.queries.created"),
      cell: ({ created, owner }) => (
        <>
          {shown.date(created)}
          <Text size="xs" c="dimmed">
            {owner?.name ?? t("admin.nobody")}
          </Text>
        </>
      ),
    },
    {
      name: "lastUsed",
      label: t("admin.queries.lastUsed"),
      cell: ({ lastUsed }) => (lastUsed === null ? t("admin.queries.never") : shown.relative(lastUsed)),
    },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      cell: (query) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("admin.queries.deleteNamed", { name: query.name })}
          onClick={() => onDelete(query)}
        >
          {t("admin.queries.delete")}
        </Button>
      ),
    },
  ];
}

function Id({ query: { _id, documentId, name }, t }: { readonly query: PersistedQuery; readonly t: TFunction }) {
  return (
    <Group gap={4} wrap="nowrap">
      <Code title={documentId}>{`${_id.slice(0, SHOWN_DIGITS)}…`}</Code>
      <CopyButton value={documentId}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t("common.copied") : t("admin.queries.copy")}>
            <ActionIcon
              variant="subtle"
              color={copied ? "teal" : "gray"}
              c={copied ? undefined : "var(--mantine-color-text)"}
              onClick={copy}
              aria-label={copied ? t("common.copied") : t("admin.queries.copyNamed", { name })}
            >
              {copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
