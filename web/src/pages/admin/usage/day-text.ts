// Days of the organisation's calendar as the reader writes them, whatever zone they are in.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

interface DayText {
  /** `3 May` */
  readonly short: (day: string) => string;
  /** `Friday, 3 May 2024` */
  readonly long: (day: string) => string;
}

export function useDayText(): DayText {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const short = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", timeZone: "UTC" });
    const long = new Intl.DateTimeFormat(i18n.language, { dateStyle: "full", timeZone: "UTC" });
    return { short: (day) => short.format(new Date(day)), long: (day) => long.format(new Date(day)) };
  }, [i18n.language]);
}
