// A day of the calendar: picked, or typed as one's language writes it.
import { DateInput, type DateInputProps } from "@mantine/dates";
import "dayjs/locale/fr";
import { useTranslation } from "react-i18next";

export function DayInput(
  props: Pick<
    DateInputProps,
    "label" | "value" | "onChange" | "error" | "description" | "excludeDate" | "minDate" | "maxDate" | "defaultDate"
  >,
) {
  const { t, i18n } = useTranslation();
  const format = i18n.language === "fr" ? "DD/MM/YYYY" : "YYYY-MM-DD";
  return (
    <DateInput
      {...props}
      required
      locale={i18n.language}
      valueFormat={format}
      placeholder={t("realms.form.dayFormat")}
      previousLabel={t("realms.form.before")}
      nextLabel={t("realms.form.after")}
      // Red days would say that something is wrong with them, and days of other months are too pale.
      weekendDays={[]}
      hideOutsideDates
      // In the page, and so within its landmarks.
      popoverProps={{ withinPortal: false }}
    />
  );
}
