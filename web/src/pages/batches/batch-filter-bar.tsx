// What narrows the list of batches down.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";
import { NamespaceSelect } from "../../parts/namespaces/namespace-select.tsx";
import { useNamespaces } from "../../parts/namespaces/use-namespaces.ts";
import type { BatchFilters } from "./use-batch-filters.ts";

export function BatchFilterBar({ filters: { given, has, set, clear } }: { readonly filters: BatchFilters }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const types = useObjectTypes();
  const { data: namespaces = [] } = useNamespaces(org);
  const [search, setSearch] = useState(given.search ?? "");
  const look = useDebouncedCallback((text: string) => set("search", text.trim()), 250);
  const clearButtonProps = { "aria-label": t("common.clear") };
  return (
    <Group role="search" aria-label={t("batches.filters.label")} gap="xs" align="flex-end" mb="sm">
      <TextInput
        label={t("batches.filters.search")}
        placeholder={t("batches.filters.searchHint")}
        leftSection={<IconSearch size={16} aria-hidden />}
        type="search"
        value={search}
        maxLength={200}
        onChange={(event) => {
          setSearch(event.currentTarget.value);
          look(event.currentTarget.value);
        }}
        flex="1 1 14rem"
        maw={360}
      />
      <Select
        label={t("batches.filters.objects")}
        placeholder={t("batches.filters.all")}
        data={[...types.values()].map(({ name, label }) => ({ value: name, label: label ?? name }))}
        value={given.objects ?? null}
        onChange={(value) => set("objects", value)}
        searchable
        clearable
        clearButtonProps={clearButtonProps}
        flex="1 1 9rem"
        maw={220}
      />
      {namespaces.length === 0 ? null : (
        <NamespaceSelect
          label={t("batches.filters.namespace")}
          placeholder={t("batches.filters.all")}
          namespaces={namespaces}
          value={given.namespace ?? null}
          onChange={(value) => set("namespace", value)}
          clearable
          clearButtonProps={clearButtonProps}
          flex="1 1 9rem"
          maw={240}
        />
      )}
      {has ? (
        <Button
          variant="subtle"
          onClick={() => {
            setSearch("");
            clear();
          }}
        >
          {t("batches.filters.clear")}
        </Button>
      ) : null}
    </Group>
  );
}
