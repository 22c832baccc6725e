// Object types with where they come from and how many records there are.
import { Anchor, Box, Code, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ObjectType } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { NARROW } from "../../../lib/narrow.ts";
import { addressOf } from "./address.ts";

export function TypesTable({ types }: { readonly types: readonly ObjectType[] }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const columns: readonly Column<ObjectType>[] = [
    {
      name: "name",
      label: t("admin.catalog.columns.type"),
      cell: ({ name, label, documentation }) => (
        <Box miw={150}>
          <Anchor component={Link} to={addressOf(org, name)} size="sm">
            {label ?? name}
          </Anchor>{" "}
          {label === null ? null : <Code>{name}</Code>}
          {documentation === null ? null : (
            <Text size="xs" c="dimmed">
              {documentation}
            </Text>
          )}
        </Box>
      ),
    },
    {
      name: "rows",
      label: t("admin.catalog.columns.rows"),
      align: "end",
      width: 120,
      cell: ({ estimatedRows }) =>
        estimatedRows === null
          ? t("common.counts.unknown")
          : t("common.counts.about", { shown: shown.number(estimatedRows) }),
    },
    { name: "source", label: t("admin.catalog.columns.source"), cell: ({ source }) => source ?? "–" },
    {
      name: "key",
      label: t("admin.catalog.columns.key"),
      cell: ({ key }) => (key.length === 0 ? t("common.none") : <Code>{key.join(", ")}</Code>),
    },
    {
      name: "range",
      label: t("admin.catalog.columns.range"),
      cell: ({ range }) => (range === null ? "–" : <Code>{range.field}</Code>),
    },
  ];
  const counted = types.some(({ estimatedRows }) => estimatedRows !== null);
  const told = columns.filter(({ name }) => counted || name !== "rows");
  return (
    <DataTable
      label={t("admin.catalog.types")}
      columns={isNarrow ? told.slice(0, 2) : told}
      rows={types}
      keyOf={({ name }) => name}
      minWidth={300}
    />
  );
}
