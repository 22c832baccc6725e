// Any of the time zones that the browser knows, found by typing, with what the clock says there.
import { Select } from "@mantine/core";
import { useInterval } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** `America/New_York` is found by "new york". */
const ZONES = [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].map((value) => ({
  value,
  label: value.replaceAll("_", " "),
}));

export function TimeZoneSelect({
  value,
  fallback,
  error,
  onChange,
}: {
  /** Null for the organisation's. */
  readonly value: string | null;
  readonly fallback: string;
  readonly error?: string | undefined;
  readonly onChange: (zone: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => new Date());
  useInterval(() => setNow(new Date()), 5000, { autoInvoke: true });
  const time = new Intl.DateTimeFormat(i18n.language, {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: value ?? fallback,
    timeZoneName: "shortOffset",
  }).format(now);
  const known = value === null || ZONES.some((it) => it.value === value);
  return (
    <Select
      label={t("profile.you.timeZone")}
      description={t("profile.you.timeZoneNow", { time })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      error={error}
      data={known ? ZONES : [{ value, label: value }, ...ZONES]}
      placeholder={t("profile.you.timeZoneOrg", { zone: fallback })}
      nothingFoundMessage={t("profile.you.timeZoneNone")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("profile.you.timeZoneClear") }}
      maxDropdownHeight={280}
      value={value}
      onChange={onChange}
      // What is typed replaces what is chosen.
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
