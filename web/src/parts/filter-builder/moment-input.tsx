// A date, or a date with a time, from a calendar; dates can be typed, too.
import { DateInput, DatesProvider, DateTimePicker } from "@mantine/dates";
import "@mantine/dates/styles.css";
import dayjs from "dayjs";
import french from "dayjs/locale/fr";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../lib/time-zone.ts";
import { instantOf, localOf } from "../../lib/zoned.ts";
import { readDay } from "./scalars.ts";

// Known, not chosen: months and days of the calendar have names in it.
dayjs.locale(french, undefined, true);

export function MomentInput({
  type,
  label,
  text,
  onChange,
}: {
  readonly type: "date" | "datetime" | "instant";
  readonly label: string;
  /** ISO 8601; empty for none. */
  readonly text: string;
  readonly onChange: (value: string | undefined) => void;
}) {
  const { t, i18n } = useTranslation();
  const timeZone = useTimeZone();
  const [opened, setOpened] = useState(false);
  const day = i18n.language === "fr" ? "DD/MM/YYYY" : "YYYY-MM-DD";
  const common = {
    size: "xs",
    flex: 1,
    miw: 120,
    "aria-label": label,
    clearable: true,
    clearButtonProps: { "aria-label": t("common.clear") },
    // Those of other months are paler than one can read.
    hideOutsideDates: true,
    ariaLabels: {
      previousMonth: t("records.filter.calendar.previousMonth"),
      nextMonth: t("records.filter.calendar.nextMonth"),
      previousYear: t("records.filter.calendar.previousYear"),
      nextYear: t("records.filter.calendar.nextYear"),
      previousDecade: t("records.filter.calendar.previousDecade"),
      nextDecade: t("records.filter.calendar.nextDecade"),
    },
    // Escape closes the calendar, not what is around it.
    // A dropdown that has a role would need a name, which it cannot be given.
    popoverProps: { withRoles: false, onOpen: () => setOpened(true), onClose: () => setOpened(false) },
    "data-mantine-stop-propagation": opened,
  } as const;
  return (
    <DatesProvider settings={{ locale: i18n.language, firstDayOfWeek: 1, weekendDays: [] }}>
      {type === "date" ? (
        <DateInput
          {...common}
          valueFormat={day}
          dateParser={readDay}
          placeholder={t("records.filter.datePlaceholder")}
          value={readDay(text)}
          onChange={(next) => onChange(next ?? undefined)}
        />
      ) : (
        <DateTimePicker
          {...common}
          valueFormat={`${day} HH:mm`}
          placeholder={label}
          value={type === "instant" ? localOf(text, timeZone) : localOf(text === "" ? "" : `${text}Z`, "UTC")}
          timePickerProps={{
            hoursInputLabel: t("records.filter.calendar.hours"),
            minutesInputLabel: t("records.filter.calendar.minutes"),
          }}
          submitButtonProps={{ "aria-label": t("records.filter.done") }}
          onChange={(next) => onChange(next === null ? undefined : written(next, type, timeZone))}
        />
      )}
    </DatesProvider>
  );
}

/** @param local `2024-05-01 12:34:56` */
function written(local: string, type: "datetime" | "instant", timeZone: string): string {
  return type === "instant" ? instantOf(local, timeZone) : local.replace(" ", "T");
}
