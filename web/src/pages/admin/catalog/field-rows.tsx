// Rows of fields: hundreds of them, drawn anew only when they change. Their cells are plain elements.
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { DataTable } from "../../../parts/data-table.tsx";
import { useFieldColumns } from "./field-columns.tsx";

export const FieldRows = memo(function FieldRows({
  type,
  fields,
  target,
}: {
  readonly type: ObjectTypeWithFields;
  readonly fields: ObjectTypeWithFields["fields"];
  readonly target: string;
}) {
  const { t } = useTranslation();
  return (
    <DataTable
      label={t("admin.catalog.fieldsTable")}
      columns={useFieldColumns(type, target)}
      rows={fields}
      keyOf={({ name }) => name}
      minWidth={860}
      empty={<p>{t("admin.catalog.noField")}</p>}
    />
  );
});
