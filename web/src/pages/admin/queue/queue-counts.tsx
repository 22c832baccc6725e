// How many exports wait, run and are late, and what the queue waits for.
import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { Figures } from "../figures.tsx";
import { useSettings } from "../settings/use-settings.ts";

export function QueueCounts() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const { data: usage } = useQuery({
    queryKey: ["usage", org],
    queryFn: ({ signal }) => api.org.getUsage({ org }, { signal }),
    refetchInterval: 10_000,
  });
  const { data: settings } = useSettings();
  const opens = settings?.window?.next[0];
  const count = (value: number | undefined): string => (value === undefined ? "…" : shown.number(value));
  return (
    <>
      <Figures
        figures={[
          { label: t("admin.queue.counts.running"), value: count(usage?.exports.running) },
          { label: t("admin.queue.counts.pending"), value: count(usage?.exports.pending) },
          { label: t("admin.queue.counts.overdue"), value: count(usage?.overdue), alarming: (usage?.overdue ?? 0) > 0 },
          {
            label: t("admin.queue.counts.concurrency"),
            value: count(settings?.concurrency),
          },
        ]}
      />
      {opens === undefined ? null : (
        <Text size="sm" mb="md">
          {t("admin.queue.window", { opens: shown.dateTime(opens), relative: shown.relative(opens) })}
        </Text>
      )}
    </>
  );
}
