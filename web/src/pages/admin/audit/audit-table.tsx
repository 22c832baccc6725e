// Entries of the audit log, each as a sentence, with all that is known of it on demand.
import { Box, Button } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditEntry } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { AuditFacts } from "./audit-facts.tsx";
import { AuditSentence } from "./audit-sentence.tsx";
import type { AuditFilter } from "./filter.ts";

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
  const columns: readonly Column<AuditEntry>[] = [
    {
      name: "at",
      label: t("admin.audit.columns.at"),
      width: 190,
      cell: ({ at }) => (
        <Box component="time" dateTime={at} title={shown.relative(at)} style={{ whiteSpace: "nowrap" }}>
          {shown.dateTime(at)}
        </Box>
      ),
    },
    {
      name: "what",
      label: t("admin.audit.columns.what"),
      cell: (entry) => (
        <Box miw={260}>
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
  return <DataTable label={t("admin.audit.title")} columns={columns} rows={entries} keyOf={({ _id }) => _id} />;
}
