// A namespace picked from their tree, by its name.
import { Box, Select, type SelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Namespace } from "../../api/generated.ts";
import { inTreeOrder } from "./tree.ts";

export function NamespaceSelect({
  namespaces,
  value,
  onChange,
  ...rest
}: Omit<SelectProps, "data" | "value" | "onChange" | "renderOption"> & {
  readonly namespaces: readonly Namespace[];
  /** An id. */
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}) {
  const { i18n } = useTranslation();
  const placed = inTreeOrder(namespaces, i18n.language);
  const depths = new Map(placed.map(({ namespace, depth }) => [namespace._id, depth]));
  return (
    <Select
      {...rest}
      searchable
      value={value}
      onChange={(id) => onChange(id)}
      data={placed.map(({ namespace }) => ({ value: namespace._id, label: namespace.name }))}
      renderOption={({ option }) => (
        <Box component="span" ps={(depths.get(option.value) ?? 0) * 16}>
          {option.label}
        </Box>
      )}
    />
  );
}
