// All fields, each with a box that shows it as a column. There may be hundreds.
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../../../parts/fields/field.ts";
import classes from "./columns.module.css";

export function ColumnChoices({
  fields,
  chosen,
  onToggle,
}: {
  readonly fields: readonly PathField[];
  readonly chosen: readonly string[];
  readonly onToggle: (path: string, isIn: boolean) => void;
}) {
  const { t } = useTranslation();
  const isChosen = new Set(chosen);
  const groups = Map.groupBy(fields, ({ viaHeading, optional }) => viaHeading ?? (optional ? "\u0000optional" : ""));
  return (
    <div className={classes["choices"]}>
      {[...groups].map(([group, its]) => (
        <Fragment key={group}>
          {group === "" ? null : (
            <h3 className={classes["group"]}>
              {group.startsWith("\u0000") ? t("records.columns.optional") : t("records.columns.of", { name: group })}
            </h3>
          )}
          {its.map(({ path, heading, unit }) => (
            <Choice
              key={path}
              path={path}
              label={unit === null ? heading : `${heading} (${unit})`}
              isIn={isChosen.has(path)}
              onToggle={onToggle}
            />
          ))}
        </Fragment>
      ))}
    </div>
  );
}

const Choice = memo(function Choice({
  path,
  label,
  isIn,
  onToggle,
}: {
  readonly path: string;
  readonly label: string;
  readonly isIn: boolean;
  readonly onToggle: (path: string, isIn: boolean) => void;
}) {
  return (
    <label className={classes["choice"]}>
      <input type="checkbox" checked={isIn} onChange={(event) => onToggle(path, event.currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
});
