// All object types, and a search in all of their fields.
import { Box } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { useUrlText } from "../../../lib/use-url-text.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { SearchField } from "../../../parts/search-field.tsx";
import { objectTypesQuery } from "../../../parts/fields/use-object-types.ts";
import { FieldSearch } from "./field-search.tsx";
import { matches } from "./matches.ts";
import { TypesTable } from "./types-table.tsx";

export function TypesPage() {
  const { t } = useTranslation();
  const { org, name: orgName } = useOrg();
  const shown = useShown();
  const { typed, text: search, type } = useUrlText("search");
  const found = useQuery(objectTypesQuery(org));
  return (
    <>
      <PageHead title={t("admin.catalog.title")} detail={t("admin.catalog.detail", { org: orgName })} />
      <Box mb="md">
        <SearchField label={t("admin.catalog.search")} value={typed} onChange={type} />
      </Box>
      <Answer of={found}>
        {(types) => {
          const some = types.filter((it) => matches(search, [it.name, it.label, it.documentation]));
          return (
            <>
              {types.length === 0 ? (
                <EmptyState title={t("admin.catalog.empty")}>{t("admin.catalog.emptyDetail")}</EmptyState>
              ) : some.length === 0 ? null : (
                <TypesTable types={some} />
              )}
              {search === "" ? null : (
                <FieldSearch
                  search={search}
                  types={types}
                  typesFound={t("admin.catalog.typesFound", { count: some.length, types: shown.number(some.length) })}
                />
              )}
            </>
          );
        }}
      </Answer>
    </>
  );
}
