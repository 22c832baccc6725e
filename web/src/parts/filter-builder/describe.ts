// What a filter asks, in words.
import { useTranslation } from "react-i18next";
import type { PathField } from "../fields/field.ts";
import { plain, useValueText } from "../fields/value-text.ts";
import type { Condition, Item } from "./model.ts";
import { valuesOf, wordOf } from "./operators.ts";
import { isComplete } from "./write-where.ts";

/** Values that are named one by one; more are counted. */
const NAMED = 3;

export function useDescribe(fields: readonly PathField[]): (item: Item) => string {
  const { t } = useTranslation();
  const textOf = useValueText();
  const describeCondition = ({ path, asked, value }: Condition): string => {
    const field = fields.find((it) => it.path === path);
    const type = field?.type ?? "text";
    const valueText = (it: unknown): string =>
      it === null ? t("records.filter.missingValue") : field === undefined ? plain(it) : textOf(field, it);
    const values = Array.isArray(value) ? value : [value];
    const named = values.slice(0, NAMED).map(valueText).join(", ");
    const more = values.length - NAMED;
    const words = t(`records.filter.operators.${wordOf(asked, type)}`);
    const heading = field?.heading ?? path;
    switch (valuesOf(asked)) {
      case "none":
        return `${heading} ${words}`;
      case "two":
        return `${heading} ${t("records.filter.betweenText", { from: valueText(values[0]), to: valueText(values[1]) })}`;
      default:
        return `${heading} ${words} ${more > 0 ? t("records.filter.andMore", { named, count: more }) : named}`;
    }
  };
  const describe = (item: Item): string => {
    if (item.kind === "raw") return JSON.stringify(item.json);
    if (item.kind === "condition") return describeCondition(item);
    const shown = item.items.filter((it) => it.kind !== "condition" || isComplete(it));
    const text = shown
      .map((it) => (it.kind === "group" ? `(${describe(it)})` : describe(it)))
      .join(` ${t(item.joined === "all" ? "records.filter.and" : "records.filter.or")} `);
    return item.joined === "none" ? t("records.filter.not", { text }) : text;
  };
  return describe;
}
