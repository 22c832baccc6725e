// The heads of the table: names with units, sorting, and what is said about a field.
import { UnstyledButton } from "@mantine/core";
import { IconArrowDown, IconArrowsSort, IconArrowUp, IconEyeOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { isNumeric, type PathField } from "../../../parts/fields/field.ts";
import classes from "./records-table.module.css";

export function RecordsHead({
  columns,
  hasTitle,
  order,
  onOrder,
  box,
}: {
  readonly columns: readonly PathField[];
  /** Whether the first column says which record it is; else the key stands before it. */
  readonly hasTitle: boolean;
  readonly order: readonly string[];
  readonly onOrder: (order: readonly string[]) => void;
  /** Selects the page; null where nothing can be selected. */
  readonly box: {
    readonly state: "none" | "some" | "all";
    readonly isFixed: boolean;
    readonly onChange: (isIn: boolean) => void;
  } | null;
}) {
  const { t } = useTranslation();
  return (
    <thead>
      <tr>
        {box === null ? null : (
          <th className={classes["box"]} scope="col">
            <input
              type="checkbox"
              aria-label={t("common.table.selectPage")}
              checked={box.state === "all"}
              ref={(input) => {
                if (input !== null) input.indeterminate = box.state === "some";
              }}
              disabled={box.isFixed}
              onChange={(event) => box.onChange(event.currentTarget.checked)}
            />
          </th>
        )}
        {hasTitle ? null : (
          <th className={classes["first"]} scope="col">
            {t("records.table.key")}
          </th>
        )}
        {columns.map((field, n) => (
          <Head
            key={field.path}
            field={field}
            isFirst={n === 0 && hasTitle}
            direction={
              order.includes(field.path) ? "ascending" : order.includes(`-${field.path}`) ? "descending" : null
            }
            onOrder={onOrder}
          />
        ))}
      </tr>
    </thead>
  );
}

function Head({
  field,
  isFirst,
  direction,
  onOrder,
}: {
  readonly field: PathField;
  readonly isFirst: boolean;
  readonly direction: "ascending" | "descending" | null;
  readonly onOrder: (order: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { path, heading, viaHeading, isTitle, unit, documentation, deidentified, sortable } = field;
  const name = (
    <>
      {isTitle && viaHeading !== null ? viaHeading : heading}
      {unit === null ? null : <span className={classes["unit"]}> ({unit})</span>}
      {deidentified === null ? null : (
        <IconEyeOff size={14} role="img" aria-label={t("records.table.deidentified", { rule: deidentified })} />
      )}
    </>
  );
  const className = `${isNumeric(field) ? classes["end"] : ""} ${isFirst ? classes["first"] : ""}`;
  const about = documentation ?? undefined;
  if (!sortable) {
    return (
      <th scope="col" className={className} title={about}>
        <span className={classes["sort"]}>{name}</span>
      </th>
    );
  }
  const Icon = direction === null ? IconArrowsSort : direction === "ascending" ? IconArrowUp : IconArrowDown;
  const next = direction === null ? [path] : direction === "ascending" ? [`-${path}`] : [];
  return (
    <th scope="col" className={className} title={about} aria-sort={direction ?? "none"}>
      <UnstyledButton className={classes["sort"]} onClick={() => onOrder(next)}>
        {name}
        <Icon size={14} aria-hidden opacity={direction === null ? 0.45 : 1} />
      </UnstyledButton>
    </th>
  );
}
