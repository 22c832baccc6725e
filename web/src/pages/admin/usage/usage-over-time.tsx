// The last days as charts, or as a table of the same figures.
import { Group, SegmentedControl, Title } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import type { Usage } from "../../../api/generated.ts";
import { Loading } from "../../../parts/loading.tsx";
import { UsageTable } from "./usage-table.tsx";

// Charts weigh more than all the rest of the page.
const UsageCharts = lazy(async () => ({ default: (await import("./usage-charts.tsx")).UsageCharts }));

const RANGES = [7, 30, 90];
const VIEWS = ["charts", "table"] as const;

export function UsageOverTime({ days, quota }: Pick<Usage, "days" | "quota">) {
  const { t } = useTranslation();
  const [query, setQuery] = useSearchParams();
  const range = RANGES.find((it) => String(it) === query.get("days")) ?? 90;
  const view = VIEWS.find((it) => it === query.get("view")) ?? "charts";
  const put = (name: string, value: string): void =>
    setQuery(
      (old) => {
        old.set(name, value);
        return old;
      },
      { replace: true },
    );
  const some = days.slice(-range);
  return (
    <section aria-labelledby="over-time">
      <Group justify="space-between" mb="md" gap="sm">
        <Title order={2} id="over-time">
          {t("admin.usage.overTime")}
        </Title>
        <Group gap="sm">
          <SegmentedControl
            size="xs"
            aria-label={t("admin.usage.range")}
            value={String(range)}
            onChange={(value) => put("days", value)}
            data={RANGES.map((it) => ({ value: String(it), label: t("common.durations.days", { count: it }) }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t("admin.usage.view")}
            value={view}
            onChange={(value) => put("view", value)}
            data={VIEWS.map((it) => ({ value: it, label: t(`admin.usage.views.${it}`) }))}
          />
        </Group>
      </Group>
      {view === "table" ? (
        <UsageTable days={some} />
      ) : (
        <Suspense fallback={<Loading />}>
          <UsageCharts days={some} quota={quota} />
        </Suspense>
      )}
    </section>
  );
}
