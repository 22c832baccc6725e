// What narrows a list of exports down.
import { Button, Checkbox, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import type { Filters } from "./use-filters.ts";
import { STATES } from "./use-filters.ts";
import { useNamespaces, useObjectTypes } from "./use-names.ts";

export function FilterBar({ filters: { query, has, set, clear } }: { readonly filters: Filters }) {
  const { t } = useTranslation();
  const { isAdmin } = useOrg();
  const objects = useObjectTypes();
  const namespaces = useNamespaces();
  const [search, setSearch] = useState(query.search ?? "");
  const look = useDebouncedCallback((text: string) => set("search", text.trim()), 250);
  return (
    <Group role="search" aria-label={t("exports.filters.label")} gap="xs" align="flex-end" mb="sm">
      <TextInput
        label={t("exports.filters.search")}
        placeholder={t("exports.filters.searchHint")}
        leftSection={<IconSearch size={16} aria-hidden />}
        type="search"
        value={search}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
        flex="1 1 14rem"
        maw={360}
      />
      <Select
        label={t("exports.filters.state")}
        placeholder={t("exports.filters.all")}
        data={STATES.map((value) => ({ value, label: t(`exports.filters.states.${value}`) }))}
        value={query.state ?? null}
        onChange={(value) => set("state", value)}
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        flex="1 1 9rem"
        miw={0}
        maw={150}
      />
      <Select
        label={t("exports.filters.objects")}
        placeholder={t("exports.filters.all")}
        data={[...objects.values()].map(({ name, label }) => ({ value: name, label: label ?? name }))}
        value={query.objects ?? null}
        onChange={(value) => set("objects", value)}
        searchable
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        flex="1 1 9rem"
        miw={0}
        maw={170}
      />
      {namespaces.size === 0 ? null : (
        <Select
          label={t("exports.filters.namespace")}
          placeholder={t("exports.filters.all")}
          data={[...namespaces].map(([value, label]) => ({ value, label }))}
          value={query.namespace ?? null}
          onChange={(value) => set("namespace", value)}
          searchable
          clearable
          clearButtonProps={{ "aria-label": t("common.clear") }}
          flex="1 1 9rem"
          miw={0}
          maw={190}
        />
      )}
      <Checkbox
        label={t("exports.filters.realms")}
        checked={query.realms !== undefined}
        onChange={(event) => set("realms", event.currentTarget.checked ? "true" : null)}
        pb={8}
      />
      {isAdmin ? (
        <Checkbox
          label={t("exports.filters.mine")}
          checked={query.mine !== undefined}
          onChange={(event) => set("mine", event.currentTarget.checked ? "true" : null)}
          pb={8}
        />
      ) : null}
      {has ? (
        <Button
          variant="subtle"
          onClick={() => {
            setSearch("");
            clear();
          }}
        >
          {t("exports.filters.clear")}
        </Button>
      ) : null}
    </Group>
  );
}
