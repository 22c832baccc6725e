// The time zone that dates are shown in: the person's own, else the organisation's, else the browser's.
import { createContext, useContext } from "react";

export const TimeZoneContext = createContext<string>(Intl.DateTimeFormat().resolvedOptions().timeZone);

export function useTimeZone(): string {
  return useContext(TimeZoneContext);
}
