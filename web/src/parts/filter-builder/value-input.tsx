// One value, entered as its type has it: from labels, a calendar, yes or no, or typed.
import { Select, TextInput } from "@mantine/core";
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import dayjs from "dayjs";
import french from "dayjs/locale/fr";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../lib/time-zone.ts";
import { instantOf, localOf } from "../../lib/zoned.ts";
import { finished, scalarOf, textOf } from "./scalars.ts";

// Known, not chosen: months and days of the calendar have names in it.
dayjs.locale(french, undefined, true);

export function ValueInput({
  type,
  labels,
  label,
  value,
  onChange,
}: {
  readonly type: string;
  readonly labels: Readonly<Partial<Record<string, string>>> | null;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const { t, i18n } = useTranslation();
  const timeZone = useTimeZone();
  const common = { size: "xs", flex: 1, miw: 120, "aria-label": label, placeholder: label } as const;
  const text = textOf(value);
  const give = (next: string): void => onChange(next === "" ? undefined : scalarOf(next, type));
  if (labels !== null || type === "boolean") {
    const data =
      labels === null
        ? [
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ]
        : Object.entries(labels).map(([code, its]) => ({ value: code, label: its ?? code }));
    return (
      <Select
        {...common}
        searchable={data.length > 8}
        data={data}
        value={text === "" ? null : text}
        onChange={(next) => give(next ?? "")}
      />
    );
  }
  const dates = { locale: i18n.language, firstDayOfWeek: 1 } as const;
  const day = i18n.language === "fr" ? "DD/MM/YYYY" : "YYYY-MM-DD";
  if (type === "date") {
    return (
      <DatesProvider settings={dates}>
        <DateInput
          {...common}
          valueFormat={day}
          placeholder={t("records.filter.datePlaceholder")}
          clearable
          clearButtonProps={{ "aria-label": t("common.clear") }}
          value={/^\d{4}-\d\d-\d\d/.test(text) ? text.slice(0, 10) : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      </DatesProvider>
    );
  }
  if (type === "datetime" || type === "instant") {
    const shown = type === "instant" ? localOf(text, timeZone) : localOf(text === "" ? "" : `${text}Z`, "UTC");
    return (
      <DatesProvider settings={dates}>
        <DateTimePicker
          {...common}
          valueFormat={`${day} HH:mm`}
          clearable
          clearButtonProps={{ "aria-label": t("common.clear") }}
          value={shown}
          onChange={(next) =>
            onChange(
              next === null ? undefined : type === "instant" ? instantOf(next, timeZone) : next.replace(" ", "T"),
            )
          }
        />
      </DatesProvider>
    );
  }
  const isNumber = type === "integer" || type === "decimal" || type === "float";
  return (
    <TextInput
      {...common}
      inputMode={isNumber ? "decimal" : "text"}
      placeholder={type === "time" ? "12:34" : label}
      value={text}
      onChange={(event) => give(event.currentTarget.value)}
      onBlur={() => finished(value, type) !== value && onChange(finished(value, type))}
    />
  );
}
