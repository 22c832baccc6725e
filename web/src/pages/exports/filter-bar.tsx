// What narrows a list of exports down.
import { Checkbox, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { ListFilters } from "../../parts/list-filters.tsx";
import { type Filters, STATES } from "./use-filters.ts";

export function FilterBar({ filters: { query, has, put, clear } }: { readonly filters: Filters }) {
  const { t } = useTranslation();
  const { isAdmin } = useOrg();
  return (
    <ListFilters
      label={t("exports.filters.label")}
      searchHint={t("exports.filters.searchHint")}
      given={query}
      put={put}
      clear={has ? clear : null}
    >
      <Select
        label={t("exports.filters.state")}
        placeholder={t("common.filters.all")}
        data={STATES.map((value) => ({ value, label: t(`exports.filters.states.${value}`) }))}
        value={query.state ?? null}
        onChange={(state) => put({ state })}
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        flex="1 1 9rem"
        miw={0}
        maw={150}
      />
      {(isAdmin ? (["realms", "mine"] as const) : (["realms"] as const)).map((name) => (
        <Checkbox
          key={name}
          label={t(`exports.filters.${name}`)}
          checked={query[name] !== undefined}
          onChange={(event) => put({ [name]: event.currentTarget.checked ? "true" : null })}
          pb={8}
        />
      ))}
    </ListFilters>
  );
}
