// ISO 8601 durations (`P7D`, `P1Y`, `PT36H`) as people say them.
import { useTranslation } from "react-i18next";

const UNITS = { Y: "years", M: "months", W: "weeks", D: "days" } as const;
const CLOCK = { H: "hours", M: "minutes", S: "seconds" } as const;

export function useIsoDuration(): (text: string) => string {
  const { i18n } = useTranslation();
  return (text) => {
    const [, date = "", time = ""] = /^P([^T]*)(?:T(.*))?$/.exec(text) ?? [];
    const parts = [...partsOf(date, UNITS), ...partsOf(time, CLOCK)];
    if (parts.length === 0) return text;
    const words = parts.map(([unit, count]) =>
      new Intl.NumberFormat(i18n.language, { style: "unit", unit: unit.slice(0, -1), unitDisplay: "long" }).format(
        count,
      ),
    );
    return new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(words);
  };
}

function partsOf(text: string, units: Readonly<Record<string, string>>): [string, number][] {
  return [...text.matchAll(/(\d+(?:\.\d+)?)([A-Z])/g)].flatMap(([, count, letter]) => {
    const unit = units[letter!];
    return unit === undefined ? [] : [[unit, Number(count)]];
  });
}
