// Entries of the audit log, each as a sentence, with all that is known of it on demand.
import { Box, Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { NARROW } from "../../../lib/narrow.ts";
import { AuditFacts } from "./audit-facts.tsx";
import { AuditSentence } from "./audit-sentence.tsx";
import type { AuditFilter } from "./filter.ts";

/** Where it is narrow, the time stands above the sentence, and the address with the details. */
const WIDE = new Set(["at", "address"]);

export function AuditTable({
  entries,
  onFilter,
}: {
  readonly entries: readonly AuditEntry[];
  readonly onFilter: (change: AuditFilter) => void;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const when = ({ at }: AuditEntry) => (
    <Box component="time" dateTime={at} title={shown.relative(at)} style={{ whiteSpace: "nowrap" }}>
      {shown.dateTime(at)}
    </Box>
  );
  const columns: readonly Column<AuditEntry>[] = [
    {
      name: "at",
      label: t("admin.audit.columns.at"),
      width: 190,
      cell: when,
    },
    {
      name: "what",
      label: t("admin.audit.columns.what"),
      cell: (entry) => (
        <Box miw={150}>
          {isNarrow ? (
            <Text size="xs" c="dimmed">
              {when(entry)}
            </Text>
          ) : null}
          <AuditSentence entry={entry} />
          {open.has(entry._id) ? <AuditFacts entry={entry} onFilter={onFilter} /> : null}
        </Box>
      ),
    },
    {
      name: "address",
      label: t("admin.audit.columns.address"),
      width: 140,
      cell: ({ address }) => address ?? "–",
    },
    {
      name: "details",
      label: t("admin.audit.columns.details"),
      align: "end",
      width: 110,
      cell: ({ _id }) => {
        const isOpen = open.has(_id);
        const Icon = isOpen ? IconChevronDown : IconChevronRight;
        return (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isOpen}
            onClick={() => toggle(_id)}
            rightSection={<Icon size={14} aria-hidden />}
          >
            {t("admin.audit.columns.details")}
          </Button>
        );
      },
    },
  ];
  return (
    <DataTable
      label={t("admin.audit.title")}
      columns={isNarrow ? columns.filter(({ name }) => !WIDE.has(name)) : columns}
      rows={entries}
      keyOf={({ _id }) => _id}
      minWidth={300}
    />
  );
}
