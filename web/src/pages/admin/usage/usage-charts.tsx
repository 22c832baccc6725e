// Charts of the last days: exports ordered and ready, rows that went out, bytes that archives take.
import "@mantine/charts/styles.css";
import { AreaChart, BarChart } from "@mantine/charts";
import { Paper, Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Usage } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import classes from "./usage-charts.module.css";
import { useDayText } from "./day-text.ts";

const [FIRST, SECOND] = ["var(--chart-first)", "var(--chart-second)"];

export function UsageCharts({ days, quota }: Pick<Usage, "days" | "quota">) {
  const { t } = useTranslation();
  const shown = useShown();
  const dayText = useDayText();
  const total = (name: "ordered" | "ready" | "rows"): number => days.reduce((sum, day) => sum + day[name], 0);
  const most = Math.max(0, ...days.map(({ stored }) => stored));
  const common = {
    h: 200,
    data: days,
    dataKey: "day",
    gridAxis: "x" as const,
    tickLine: "none" as const,
    strokeDasharray: "",
    // Days that are narrow have no room for each.
    xAxisProps: { tickFormatter: dayText.short, minTickGap: 24 },
    tooltipProps: { labelFormatter: (day: unknown) => (typeof day === "string" ? dayText.long(day) : "") },
  };
  // The text says what matters, and the table beside has all figures: a picture is enough here.
  const noKeys = { accessibilityLayer: false };
  const wide = { width: 64 };
  const compact = (value: number): string => shown.compact(value);
  // The limit is drawn where it is near: far above, all else would be a line at the bottom.
  const near = quota !== null && most > quota / 20;
  return (
    <Stack className={classes["charts"]}>
      <Chart
        title={t("admin.usage.charts.exports")}
        detail={t("admin.usage.charts.exportsDetail", {
          ordered: shown.number(total("ordered")),
          ready: shown.number(total("ready")),
        })}
      >
        <BarChart
          {...common}
          series={[
            { name: "ordered", label: t("admin.usage.columns.ordered"), color: FIRST },
            { name: "ready", label: t("admin.usage.columns.ready"), color: SECOND },
          ]}
          withLegend
          legendProps={{ verticalAlign: "top", height: 28 }}
          valueFormatter={shown.number}
          yAxisProps={{ ...wide, allowDecimals: false }}
          barChartProps={{ ...noKeys, barGap: 1 }}
        />
      </Chart>
      <Chart
        title={t("admin.usage.charts.rows")}
        detail={t("admin.usage.charts.rowsDetail", { count: total("rows"), rows: shown.number(total("rows")) })}
      >
        <BarChart
          {...common}
          series={[{ name: "rows", label: t("admin.usage.columns.rows"), color: FIRST }]}
          valueFormatter={shown.number}
          yAxisProps={{ ...wide, tickFormatter: compact, allowDecimals: false }}
          barChartProps={noKeys}
        />
      </Chart>
      <Chart
        title={t("admin.usage.charts.stored")}
        detail={
          quota === null
            ? t("admin.usage.charts.storedDetail", { most: shown.bytes(most) })
            : t("admin.usage.charts.storedOfQuota", { most: shown.bytes(most), quota: shown.bytes(quota) })
        }
      >
        <AreaChart
          {...common}
          series={[{ name: "stored", label: t("admin.usage.columns.stored"), color: FIRST }]}
          curveType="linear"
          withDots={false}
          fillOpacity={0.25}
          valueFormatter={shown.bytes}
          yAxisProps={{ ...wide, ...(near ? { domain: [0, Math.max(most, quota)] } : {}) }}
          referenceLines={
            near
              ? [
                  {
                    y: quota,
                    label: t("admin.usage.quota"),
                    color: "var(--mantine-color-error)",
                    strokeDasharray: "4 4",
                  },
                ]
              : []
          }
          areaChartProps={{ ...noKeys, margin: { top: 20 } }}
        />
      </Chart>
    </Stack>
  );
}

function Chart({
  title,
  detail,
  children,
}: {
  readonly title: string;
  readonly detail: string;
  readonly children: React.ReactNode;
}) {
  return (
    <Paper withBorder p="md">
      <Title order={3}>{title}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {detail}
      </Text>
      <div role="img" aria-label={`${title}: ${detail}`}>
        {children}
      </div>
    </Paper>
  );
}
