// The templates of a kind that the reader may use, with search, filter and sort.
import { Button, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { usePages } from "../../lib/use-pages.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useObjectTypes } from "./facts-hooks.ts";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";
import { useTemplateColumns } from "./template-columns.tsx";

export function TemplateList({
  kind,
  onImport,
}: {
  readonly kind: Kind;
  /** Null where the reader may make none. */
  readonly onImport: (() => void) | null;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { all: objectTypes } = useObjectTypes();
  const [query, setQuery] = useSearchParams();
  const search = query.get("q") ?? "";
  const objects = query.get("objects");
  const sort = query.get("sort");
  const [typed, setTyped] = useState(search);
  const say = (name: string, value: string | null): void =>
    setQuery(
      (its) => {
        if (value === null || value === "") its.delete(name);
        else its.set(name, value);
        return its;
      },
      { replace: true },
    );
  const sayLater = useDebouncedCallback((text: string) => say("q", text.trim()), 300);
  const { found, ...pager } = usePages([resourceOf(kind), org, { search, objects, sort }], (after, signal) =>
    callsOf(kind).list(
      {
        org,
        limit: 50,
        sort: sort ?? "-updated",
        ...(after === undefined ? {} : { after }),
        ...(search === "" ? {} : { search }),
        ...(objects === null ? {} : { objects }),
      },
      { signal },
    ),
  );
  const isNarrowed = search !== "" || objects !== null;
  const columns = useTemplateColumns(kind);
  return (
    <>
      <Group mb="sm" gap="sm" align="flex-end">
        <TextInput
          label={t("common.search")}
          placeholder={t("templates.searchHint")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          w={{ base: "100%", xs: 280 }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            sayLater(event.currentTarget.value);
          }}
        />
        <Select
          label={t("templates.objectType")}
          placeholder={t("templates.anyObjectType")}
          data={objectTypes.map((it) => ({ value: it.name, label: it.label ?? it.name }))}
          value={objects}
          onChange={(value) => say("objects", value)}
          clearable
          searchable
          clearButtonProps={{ "aria-label": t("common.clear") }}
          w={{ base: "100%", xs: 220 }}
        />
      </Group>
      {found.error === null ? null : <Problem error={found.error} retry={() => void found.refetch()} />}
      {found.error !== null && found.data === undefined ? null : (
        <DataTable
          label={t(`templates.${kind}.many`)}
          columns={columns}
          rows={found.data?.data}
          keyOf={(it) => it._id}
          folds
          sort={sort ?? "-updated"}
          onSort={(by) => say("sort", by)}
          empty={
            isNarrowed ? (
              <EmptyState title={t("templates.noneFound")}>{t("templates.noneFoundDetail")}</EmptyState>
            ) : (
              <EmptyState
                title={t(`templates.${kind}.none`)}
                action={
                  onImport === null ? undefined : (
                    <Group mt="xs">
                      <Button component={Link} to={`/${org}/templates/${kind}/new`}>
                        {t(`templates.${kind}.new`)}
                      </Button>
                      <Button variant="default" onClick={onImport}>
                        {t("templates.import.action")}
                      </Button>
                    </Group>
                  )
                }
              >
                {t(`templates.${kind}.noneDetail`)}
              </EmptyState>
            )
          }
        />
      )}
      <Pager {...pager} />
    </>
  );
}
