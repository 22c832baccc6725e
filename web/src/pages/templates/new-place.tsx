// Where a new template is to be: for its maker alone, or in a namespace.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNamespaces } from "./facts-hooks.ts";

export function NewPlace({
  value,
  onChange,
}: {
  readonly value: string | null;
  readonly onChange: (namespace: string | null) => void;
}) {
  const { t } = useTranslation();
  const { all, pathOf } = useNamespaces();
  // Templates can be made where one is an analyst.
  const its = all.filter(({ role }) => role !== "guest");
  return (
    <Select
      label={t("templates.place")}
      description={t("templates.placeHint")}
      placeholder={t("templates.mine")}
      data={its.map((it) => ({ value: it._id, label: pathOf(it._id) }))}
      value={value}
      onChange={onChange}
      clearable
      searchable
      clearButtonProps={{ "aria-label": t("common.clear") }}
    />
  );
}
