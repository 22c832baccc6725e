// The items of a list as a table; the first cell of each leads to its page.
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { type Field, isLabelOfCode, isNumeric } from "../../../parts/fields/field.ts";
import { ShortValue } from "./short-value.tsx";
import { isMissing, nameOf, recordAddress, valueOf, type Values } from "./values.ts";

interface Row {
  readonly values: Values;
  /** Null where it has no page of its own. */
  readonly key: string | null;
  readonly at: number;
}

export function ListTable({
  label,
  type,
  rows,
  keys,
  parent,
}: {
  readonly label: string;
  /** Absent while it is on its way, or where there is none for what is inside of JSON. */
  readonly type: ObjectTypeWithFields | undefined;
  readonly rows: readonly Values[];
  readonly keys: readonly string[] | null;
  /** The object type of the record that they belong to; null where all is to be shown. */
  readonly parent: string | null;
}) {
  const { org } = useOrg();
  const hasPages = type !== undefined && type.kind !== "elements" && type.key.length > 0;
  const items = rows.map((values, at): Row => ({ values, key: hasPages ? (keys?.[at] ?? null) : null, at }));
  const addressOf = (key: string | null): string | null =>
    key === null || type === undefined ? null : recordAddress(org, type.name, key);
  const fields = fieldsOf(type, rows, parent);
  const columns = useColumns(fields, addressOf);
  return <DataTable label={label} columns={columns} rows={items} keyOf={({ at }) => String(at)} />;
}

function useColumns(
  fields: readonly Field[],
  addressOf: (key: string | null) => string | null,
): readonly Column<Row>[] {
  return fields.map((field, n) => {
    const isFirst = n === 0;
    return {
      name: field.name,
      label: <Heading field={field} />,
      align: isNumeric(field) && !isFirst ? "end" : "start",
      cell: ({ values, key }) => (
        <Item field={field} value={valueOf(values, field.name)} to={isFirst ? addressOf(key) : null} recordKey={key} />
      ),
    };
  });
}

function Heading({ field }: { readonly field: Field }) {
  return (
    <span style={{ whiteSpace: "nowrap" }}>
      {field.unit === null ? nameOf(field) : `${nameOf(field)} (${field.unit})`}
    </span>
  );
}

function Item({
  field,
  value,
  to,
  recordKey,
}: {
  readonly field: Field;
  readonly value: unknown;
  readonly to: string | null;
  readonly recordKey: string | null;
}) {
  const { t } = useTranslation();
  if (to === null) return <ShortValue field={field} value={value} />;
  return (
    <Anchor component={Link} to={to} size="sm">
      {isMissing(value) || value === "" ? (
        t("records.one.lists.open", { title: recordKey ?? "" })
      ) : (
        <ShortValue field={field} value={value} />
      )}
    </Anchor>
  );
}

/** Those that are shown without being asked for, the title first; not what only says which record they belong to. */
function fieldsOf(
  type: ObjectTypeWithFields | undefined,
  rows: readonly Values[],
  parent: string | null,
): readonly Field[] {
  if (type === undefined) return Object.keys(rows[0] ?? {}).map(unknownField);
  const back = type.references.filter(({ object }) => object === parent);
  // Of several ways back it is not known which one was come by.
  const hidden = back.length === 1 ? (back[0]?.fields ?? []) : [];
  const shown = type.fields.filter((it) => !it.optional && !isLabelOfCode(it) && !hidden.includes(it.name));
  const title = shown.find(({ name }) => name === type.title);
  return title === undefined ? shown : [title, ...shown.filter((it) => it !== title)];
}

/** As far as a name tells. */
function unknownField(name: string): Field {
  return {
    name,
    id: null,
    label: null,
    documentation: null,
    type: "text",
    element: null,
    native: null,
    unit: null,
    optional: false,
    nullable: true,
    labels: null,
    deidentified: null,
    deidentify: null,
    readable: false,
    sortable: false,
    operators: [],
  };
}
