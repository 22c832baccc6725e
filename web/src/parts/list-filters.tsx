// What narrows down a list of things that are made of records: words, object type, namespace, and what the list has besides.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../frame/org.ts";
import { useUrlText } from "../lib/use-url-text.ts";
import { useObjectTypes } from "./fields/use-object-types.ts";
import { NamespaceSelect } from "./namespaces/namespace-select.tsx";
import { useNamespaces } from "./namespaces/use-namespaces.ts";

export function ListFilters({
  label,
  searchHint,
  given,
  put,
  clear,
  children,
}: {
  readonly label: string;
  /** What is searched. */
  readonly searchHint: string;
  readonly given: { readonly objects?: string; readonly namespace?: string };
  readonly put: (change: { readonly objects?: string | null; readonly namespace?: string | null }) => void;
  /** Null where there is nothing to clear. */
  readonly clear: (() => void) | null;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const types = useObjectTypes();
  const { data: namespaces = [] } = useNamespaces(org);
  const search = useUrlText("search");
  const select = {
    placeholder: t("common.filters.all"),
    clearable: true,
    clearButtonProps: { "aria-label": t("common.clear") },
    flex: "1 1 9rem",
    miw: 0,
  };
  return (
    <Group role="search" aria-label={label} gap="xs" align="flex-end" mb="sm">
      <TextInput
        label={t("common.search")}
        placeholder={searchHint}
        leftSection={<IconSearch size={16} aria-hidden />}
        type="search"
        value={search.typed}
        maxLength={200}
        onChange={(event) => search.type(event.currentTarget.value)}
        flex="1 1 14rem"
        maw={360}
      />
      <Select
        {...select}
        label={t("common.filters.objects")}
        data={[...types.values()].map(({ name, label: its }) => ({ value: name, label: its ?? name }))}
        value={given.objects ?? null}
        onChange={(objects) => put({ objects })}
        searchable
        maw={190}
      />
      {namespaces.length === 0 ? null : (
        <NamespaceSelect
          {...select}
          label={t("common.filters.namespace")}
          namespaces={namespaces}
          value={given.namespace ?? null}
          onChange={(namespace) => put({ namespace })}
          maw={210}
        />
      )}
      {children}
      {clear === null ? null : (
        <Button variant="subtle" onClick={clear}>
          {t("common.filters.clear")}
        </Button>
      )}
    </Group>
  );
}
