// Fields of all object types that fit a search.
import { Anchor, Box, Code, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { ObjectType, ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { type Column, DataTable } from "../../../parts/data-table.tsx";
import { NARROW } from "../../../lib/narrow.ts";
import { typeQuery } from "../../../parts/fields/use-path-fields.ts";
import { addressOf } from "./address.ts";
import { matches } from "./matches.ts";

/** More than that nobody reads: they type on. */
const MOST = 200;

interface Found {
  readonly type: ObjectTypeWithFields;
  readonly field: ObjectTypeWithFields["fields"][number];
}

export function FieldSearch({
  search,
  types,
  typesFound,
}: {
  readonly search: string;
  readonly types: readonly ObjectType[];
  /** How many types fit, in words, for those who do not see the table above. */
  readonly typesFound: string;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const answers = useQueries({ queries: types.map(({ name }) => typeQuery(org, name)) });
  const known = answers.flatMap(({ data }) => (data === undefined ? [] : [data]));
  const failed = answers.filter(({ isError }) => isError).length;
  const found = known.flatMap((type): Found[] =>
    type.fields
      .filter(({ name, label, documentation }) => matches(search, [name, label, documentation]))
      .map((field) => ({ type, field })),
  );
  const columns: readonly Column<Found>[] = [
    {
      name: "field",
      label: t("admin.catalog.columns.field"),
      cell: ({ type, field }) => (
        <Box miw={150}>
          <Anchor component={Link} to={addressOf(org, type.name, field.name)} size="sm">
            {field.label ?? field.name}
          </Anchor>{" "}
          {field.label === null ? null : <Code>{field.name}</Code>}
        </Box>
      ),
    },
    { name: "type", label: t("admin.catalog.columns.type"), cell: ({ type }) => type.label ?? type.name },
    {
      name: "kind",
      label: t("admin.catalog.columns.fieldType"),
      cell: ({ field }) => t(`admin.catalog.fieldTypes.${field.type as "text"}`, { defaultValue: field.type }),
    },
  ];
  const isNarrow = useMediaQuery(NARROW) ?? false;
  const isDone = known.length + failed === types.length;
  return (
    <Box component="section" mt="lg" aria-labelledby="fields-found">
      <Title order={2} id="fields-found" mb={4}>
        {t("admin.catalog.fields")}
      </Title>
      <Text size="sm" c="dimmed" role="status" mb="xs">
        {typesFound}{" "}
        {isDone
          ? t("admin.catalog.fieldsFound", { count: found.length, fields: shown.number(found.length) })
          : t("admin.catalog.searching", { done: shown.number(known.length), all: shown.number(types.length) })}{" "}
        {failed === 0 ? null : t("admin.catalog.unread", { count: failed, types: shown.number(failed) })}
      </Text>
      {found.length === 0 ? null : (
        <DataTable
          label={t("admin.catalog.fieldsTable")}
          columns={isNarrow ? columns.slice(0, 2) : columns}
          rows={found.slice(0, MOST)}
          keyOf={({ type, field }) => `${type.name} ${field.name}`}
          minWidth={300}
        />
      )}
      {found.length <= MOST ? null : (
        <Text size="sm" mt="xs">
          {t("admin.catalog.more", { most: shown.number(MOST) })}
        </Text>
      )}
    </Box>
  );
}
