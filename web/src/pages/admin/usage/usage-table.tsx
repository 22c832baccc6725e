// The figures of the charts, the newest day first.
import { useTranslation } from "react-i18next";
import type { Usage } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { useDayText } from "./day-text.ts";

type Day = Usage["days"][number];

export function UsageTable({ days }: Pick<Usage, "days">) {
  const { t } = useTranslation();
  const shown = useShown();
  const dayText = useDayText();
  const figure = (name: "ordered" | "ready" | "rows" | "stored"): Column<Day> => ({
    name,
    label: t(`admin.usage.columns.${name}`),
    align: "end",
    cell: (day) => (name === "stored" ? shown.bytes(day.stored) : shown.number(day[name])),
  });
  const columns: readonly Column<Day>[] = [
    { name: "day", label: t("admin.usage.columns.day"), cell: ({ day }) => dayText.long(day) },
    figure("ordered"),
    figure("ready"),
    figure("rows"),
    figure("stored"),
  ];
  return (
    <DataTable label={t("admin.usage.figures")} columns={columns} rows={days.toReversed()} keyOf={({ day }) => day} />
  );
}
