// A filter in words, with its JSON for those who want it.
import { useTranslation } from "react-i18next";
import classes from "./condition-words.module.css";
import { JsonDetails } from "./json-details.tsx";
import { type Field, fieldLabel, useFields } from "./use-fields.ts";

type Fields = ReadonlyMap<string, Field>;

export function ConditionWords({ object, condition }: { readonly object: string | null; readonly condition: unknown }) {
  const { t } = useTranslation();
  const fields = useFields(object);
  return (
    <>
      <Condition fields={fields} condition={condition} />
      <JsonDetails label={t("exports.asked.asJson")} json={condition} />
    </>
  );
}

const GROUPS = { $and: "and", $or: "or", $nor: "nor", $not: "not" } as const;

function Condition({ fields, condition }: { readonly fields: Fields; readonly condition: unknown }) {
  const { t } = useTranslation();
  if (!isObject(condition)) return <code>{JSON.stringify(condition)}</code>;
  const parts = Object.entries(condition);
  const rows = parts.map(([name, its]) => {
    const group = GROUPS[name as keyof typeof GROUPS];
    if (group === undefined) return <Compared key={name} fields={fields} path={name} its={its} />;
    const members = Array.isArray(its) ? (its as readonly unknown[]) : [its];
    return (
      <div key={name}>
        {t(`exports.conditions.${group}`)}
        <ul className={classes["group"]}>
          {members.map((member) => (
            <li key={JSON.stringify(member)}>
              <Condition fields={fields} condition={member} />
            </li>
          ))}
        </ul>
      </div>
    );
  });
  return rows.length === 1 ? (
    rows[0]
  ) : (
    <div>
      {t("exports.conditions.and")}
      <ul className={classes["group"]}>
        {rows.map((row) => (
          <li key={row.key}>{row}</li>
        ))}
      </ul>
    </div>
  );
}

const OPERATORS = [
  "$eq",
  "$ne",
  "$gt",
  "$gte",
  "$lt",
  "$lte",
  "$in",
  "$nin",
  "$regex",
  "$contains",
  "$startsWith",
  "$size",
  "$all",
] as const;

/** A field with what is said of it: "Status is one of fresh, frozen". */
function Compared({ fields, path, its }: { readonly fields: Fields; readonly path: string; readonly its: unknown }) {
  const { t } = useTranslation();
  const field = fields.get(path);
  const label = <strong>{fieldLabel(fields, path)}</strong>;
  const valueOf = (value: unknown): string => {
    if (value === null) return t("exports.conditions.missing");
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return field?.labels?.[text] ?? (typeof value === "string" ? `“${text}”` : text);
  };
  const said = (value: unknown): string =>
    Array.isArray(value) ? value.map((it) => valueOf(it as unknown)).join(", ") : valueOf(value);
  if (!isObject(its)) {
    return (
      <span>
        {label} {t("exports.conditions.$eq")} {said(its)}
      </span>
    );
  }
  return (
    <span>
      {label}{" "}
      {Object.entries(its).map(([operator, value], n) => {
        const before = n === 0 ? "" : `${t("exports.conditions.andShort")} `;
        if (operator === "$options") return null;
        if (operator === "$exists") {
          return `${before}${t(value === true ? "exports.conditions.exists" : "exports.conditions.existsNot")} `;
        }
        const known = OPERATORS.find((it) => it === operator);
        if (known !== undefined) return `${before}${t(`exports.conditions.${known}`)} ${said(value)} `;
        return (
          <span key={operator}>
            {before}
            {operator === "$elemMatch" || operator === "$not" ? (
              <>
                {t(`exports.conditions.${operator}`)} <Condition fields={NO_FIELDS} condition={value} />
              </>
            ) : (
              <code>{JSON.stringify({ [operator]: value })}</code>
            )}
          </span>
        );
      })}
    </span>
  );
}

const NO_FIELDS: Fields = new Map();

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
