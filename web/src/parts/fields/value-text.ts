// Values of fields as texts, in the reader's language and time zone. What a type does not explain is shown as it is.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../lib/time-zone.ts";
import type { Field } from "./field.ts";

export type ValueText = (field: Pick<Field, "type" | "labels" | "name">, value: unknown) => string;

const NUMBER = /^-?\d+(?:\.(\d+))?$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
/** Numbers that name something are not counted in thousands. */
const IDENTIFIER = /(?:^|[._])(?:id|no|nr|number|year|code|key)$/i;

/** The text of a value that is not missing. */
export function useValueText(): ValueText {
  const { t, i18n } = useTranslation();
  const timeZone = useTimeZone();
  const language = i18n.language;
  const [yes, no] = [t("common.yes"), t("common.no")];
  return useMemo(() => makeText(language, timeZone, yes, no), [language, timeZone, yes, no]);
}

function makeText(language: string, timeZone: string, yes: string, no: string): ValueText {
  const date = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" });
  const time = { dateStyle: "medium", timeStyle: "short" } as const;
  const local = new Intl.DateTimeFormat(language, { ...time, timeZone: "UTC" });
  const instant = new Intl.DateTimeFormat(language, { ...time, timeZone });
  const numbers = new Map<string, Intl.NumberFormat>();
  const numberText = (text: string, isName: boolean): string => {
    const found = NUMBER.exec(text);
    if (found === null) return text;
    const digits = Math.min(found[1]?.length ?? 0, 20);
    const how = `${digits} ${isName}`;
    const options = { minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
    const format =
      numbers.get(how) ?? new Intl.NumberFormat(language, { ...options, useGrouping: isName ? false : "min2" });
    numbers.set(how, format);
    return format.format(text as Intl.StringNumericLiteral);
  };
  return ({ type, labels, name }, value) => {
    if (labels !== null) return labels[plain(value)] ?? plain(value);
    const text = plain(value);
    switch (type) {
      case "boolean":
        return value === true ? yes : value === false ? no : text;
      case "integer":
      case "decimal":
      case "float":
        return numberText(text, IDENTIFIER.test(name));
      case "date":
        return DATE.test(text) ? date.format(new Date(text)) : text;
      case "datetime":
        return TIME.test(text) ? local.format(new Date(`${text}Z`)) : text;
      case "instant":
        return TIME.test(text) ? instant.format(new Date(text)) : text;
      default:
        return text;
    }
  };
}

/** Texts as they are, lists of simple values with commas, else JSON. */
export function plain(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((it) => typeof it === "string" || typeof it === "number")) {
    return value.join(", ");
  }
  return JSON.stringify(value);
}
