// All object types, and a search in all of their fields.
import { TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { useObjectTypes } from "../use-object-types.ts";
import { FieldSearch } from "./field-search.tsx";
import { matches } from "./matches.ts";
import { TypesTable } from "./types-table.tsx";

export function TypesPage() {
  const { t } = useTranslation();
  const { name: orgName } = useOrg();
  const shown = useShown();
  const [query, setQuery] = useSearchParams();
  const typed = query.get("search") ?? "";
  const search = useDeferredValue(typed);
  const found = useObjectTypes();
  return (
    <>
      <PageHead title={t("admin.catalog.title")} detail={t("admin.catalog.detail", { org: orgName })} />
      <TextInput
        label={t("admin.catalog.search")}
        placeholder={t("admin.catalog.searchHint")}
        leftSection={<IconSearch size={16} aria-hidden />}
        type="search"
        value={typed}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setQuery(value === "" ? {} : { search: value }, { replace: true });
        }}
        maw={420}
        mb="md"
      />
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
              {search.trim() === "" ? null : (
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
