// What the catalog tells of each field.
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import type { Column } from "../../../parts/data-table.tsx";
import { fieldId } from "./address.ts";
import classes from "./field-columns.module.css";

type Field = ObjectTypeWithFields["fields"][number];

/** So many codes of a field are shown. */
const CODES = 12;

/** @param target the id of the element that the address names */
export function useFieldColumns(
  { key, title, state, updated, fields }: ObjectTypeWithFields,
  target: string,
): readonly Column<Field>[] {
  const { t } = useTranslation();
  const marksOf = ({ name, optional, nullable }: Field): string[] => [
    ...(key.includes(name) ? [t("admin.catalog.marks.key")] : []),
    ...(name === title ? [t("admin.catalog.marks.title")] : []),
    ...(name === state ? [t("admin.catalog.marks.state")] : []),
    ...(name === updated ? [t("admin.catalog.marks.updated")] : []),
    ...(optional ? [t("admin.catalog.marks.optional")] : []),
    ...(nullable ? [] : [t("admin.catalog.marks.always")]),
  ];
  const typeOf = (type: string): string => t(`admin.catalog.fieldTypes.${type as "text"}`, { defaultValue: type });
  const ruleOf = (rule: string): string => t(`admin.catalog.rules.${rule as "hash"}`, { defaultValue: rule });
  const columns: readonly Column<Field>[] = [
    {
      name: "field",
      label: t("admin.catalog.columns.field"),
      cell: ({ name, label, documentation }) => (
        <div id={fieldId(name)} className={classes["field"]} data-named={target === fieldId(name) || undefined}>
          <b>{label ?? name}</b> {label === null ? null : <code>{name}</code>}
          {documentation === null ? null : <div className={classes["dimmed"]}>{documentation}</div>}
        </div>
      ),
    },
    {
      name: "type",
      label: t("admin.catalog.columns.fieldType"),
      cell: ({ type, element, unit, native }) => (
        <>
          {element === null ? typeOf(type) : t("admin.catalog.arrayOf", { element: typeOf(element) })}
          {unit === null ? null : ` (${unit})`}
          {native === null ? null : (
            <div className={classes["dimmed"]}>
              <code>{native}</code>
            </div>
          )}
        </>
      ),
    },
    { name: "marks", label: t("admin.catalog.columns.marks"), cell: (field) => marksOf(field).join(", ") },
    {
      name: "codes",
      label: t("admin.catalog.columns.codes"),
      cell: ({ labels }) =>
        labels === null ? null : (
          <ul className={classes["codes"]}>
            {Object.entries(labels)
              .slice(0, CODES)
              .map(([code, label]) => (
                <li key={code}>
                  <code>{code}</code> {label}
                </li>
              ))}
            {Object.keys(labels).length <= CODES ? null : (
              <li>{t("admin.catalog.moreCodes", { count: Object.keys(labels).length - CODES })}</li>
            )}
          </ul>
        ),
    },
    {
      name: "rule",
      label: t("admin.catalog.columns.deidentified"),
      cell: ({ deidentified, deidentify, readable }) => (
        <>
          {deidentified === null ? (readable ? null : t("admin.catalog.unreadable")) : ruleOf(deidentified)}
          {deidentified !== null || deidentify === null
            ? null
            : t("admin.catalog.deidentifiedFor", {
                rule: ruleOf(deidentify.rule),
                role: t(`admin.audit.roles.${deidentify.below as "owner"}`, { defaultValue: "" }),
              })}
        </>
      ),
    },
    {
      name: "operators",
      label: t("admin.catalog.columns.operators"),
      cell: ({ operators }) => <code className={classes["operators"]}>{operators.join(" ")}</code>,
    },
  ];
  // What nothing is told of by any field takes no room.
  const unused = new Set([
    ...(fields.some(({ labels }) => labels !== null) ? [] : ["codes"]),
    ...(fields.some(({ readable, deidentify }) => !readable || deidentify !== null) ? [] : ["rule"]),
  ]);
  return columns.filter(({ name }) => !unused.has(name));
}
