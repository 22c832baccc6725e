// Hands out what the filter shows of the audit log, as CSV.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { AuditEntry } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { useProblemText } from "../../../parts/problem.tsx";
import { csvOf } from "./csv.ts";
import { useSentence } from "./sentence.ts";

/** So many entries at most: more would be kept in the page's memory. */
const MOST = 20_000;

export function AuditDownload({ where }: { readonly where: string | undefined }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const sentenceOf = useSentence();
  const textOf = useProblemText();
  const { mutate, isPending } = useMutation({
    async mutationFn() {
      const entries: AuditEntry[] = [];
      for (let after: string | undefined; entries.length < MOST;) {
        const { data, next } = await api.org.getAudit({ org, where, limit: 500, after });
        entries.push(...data);
        if (next === null) break;
        after = next;
      }
      return entries;
    },
    onSuccess(entries) {
      const rows = entries.map((it) => [
        it.at,
        sentenceOf(it)
          .parts.map(({ text }) => text)
          .join(""),
        it.action,
        it.person === null ? "" : (it.names[it.person] ?? it.person),
        it.subjectKind ?? "",
        it.subject ?? "",
        it.address ?? "",
        it.requestId ?? "",
        JSON.stringify(it.details),
      ]);
      const head = ["at", "sentence", "action", "person", "subjectKind", "subject", "address", "requestId", "details"];
      offer(csvOf([head, ...rows]), `audit-${org}.csv`);
      if (entries.length >= MOST) {
        notifications.show({ message: t("admin.audit.downloadCut", { most: shown.number(MOST) }) });
      }
    },
    onError: (error) => notifications.show({ color: "red", message: textOf(error).detail }),
  });
  return (
    <Button
      size="xs"
      variant="default"
      loading={isPending}
      onClick={() => mutate()}
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {t("admin.audit.download")}
    </Button>
  );
}

function offer(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
