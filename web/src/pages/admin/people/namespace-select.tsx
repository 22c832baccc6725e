// A namespace, found by any part of its path.
import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Namespace } from "../../../api/generated.ts";
import type { NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

/** More are found by typing. */
const MOST = 100;

export function NamespaceSelect({
  label,
  description,
  tree,
  offered,
  value,
  error,
  onChange,
  placeholder,
}: {
  readonly label: string;
  readonly description?: string;
  readonly tree: NamespaceTree;
  readonly offered: (namespace: Namespace) => boolean;
  readonly value: string | null;
  readonly error?: string | undefined;
  readonly onChange: (id: string | null) => void;
  readonly placeholder?: string;
}) {
  const { t } = useTranslation();
  return (
    <Select
      label={label}
      description={description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      data={tree.all.filter(offered).map(({ _id }) => ({ value: _id, label: tree.pathOf(_id) }))}
      value={value}
      error={error}
      onChange={onChange}
      placeholder={placeholder}
      searchable
      clearable={placeholder !== undefined}
      clearButtonProps={{ "aria-label": t("common.clear") }}
      limit={MOST}
      nothingFoundMessage={t("people.namespaces.none")}
    />
  );
}
