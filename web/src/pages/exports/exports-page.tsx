// Exports with their states, as they change.
import { Alert, Button, CloseButton, Group, Pill, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import type { Export } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { usePages } from "../../lib/use-pages.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type ExportList, lookAgain } from "../../parts/export-state/shown-state.ts";
import { PageHead } from "../../parts/page-head.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useColumns } from "./columns.tsx";
import { DeleteExpired, DeleteExports } from "./delete-exports.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useFilters } from "./use-filters.ts";
import { useBatchName } from "./use-batch-name.ts";

const NONE: ReadonlySet<string> = new Set();

export function Page() {
  const { t } = useTranslation();
  const { org, isAdmin, may } = useOrg();
  const filters = useFilters();
  const narrow = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const [selected, setSelected] = useState(NONE);
  const [deleting, setDeleting] = useState<readonly string[] | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const { query } = filters;
  const pages = usePages<ExportList>(
    ["exports", org, "list", query],
    (after, signal) => api.org.getExports({ org, ...query, ...(after === undefined ? {} : { after }) }, { signal }),
    { refetchInterval: lookAgain },
  );
  const { data, error, refetch } = pages.found;
  const isEmpty = data?.data.length === 0 && !filters.has && pages.index === 0;
  const columns = useColumns({
    narrow,
    withOwner: isAdmin && query.mine === undefined,
    onProblem: setProblem,
    onDelete: useCallback(({ _id }: Export) => setDeleting([_id]), []),
  });
  const batchName = useBatchName(query.batch ?? null);
  const none =
    filters.has || pages.index > 0 ? (
      <EmptyState
        title={t("exports.noMatch.title")}
        action={
          <Button variant="default" onClick={filters.clear}>
            {t("common.filters.clear")}
          </Button>
        }
      >
        {t("exports.noMatch.detail")}
      </EmptyState>
    ) : (
      <EmptyState
        title={t("exports.empty.title")}
        action={
          may("objects.see") ? (
            <Button component={Link} to={`/${org}/records`}>
              {t("exports.empty.action")}
            </Button>
          ) : undefined
        }
      >
        {t("exports.empty.detail")}
      </EmptyState>
    );
  return (
    <>
      <PageHead
        title={t("exports.title")}
        detail={t(isAdmin && query.mine === undefined ? "exports.detailAll" : "exports.detail")}
        actions={may("exports.change") && !isEmpty ? <DeleteExpired /> : undefined}
      />
      {isEmpty ? null : <FilterBar filters={filters} />}
      {query.batch === undefined ? null : (
        <Pill withRemoveButton onRemove={() => filters.put({ batch: null })} mb="sm" size="md">
          {t("exports.filters.batch", { name: batchName ?? query.batch })}
        </Pill>
      )}
      {problem === null ? null : (
        <Group wrap="nowrap" align="flex-start" mb="sm">
          <div style={{ flex: 1 }}>
            <Problem error={problem} />
          </div>
          <CloseButton aria-label={t("common.close")} onClick={() => setProblem(null)} />
        </Group>
      )}
      {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
      {selected.size === 0 ? null : (
        <Alert variant="light" p="xs" mb="xs" role="status">
          <Group gap="sm">
            <Text size="sm" fw={600}>
              {t("exports.selected", { count: selected.size })}
            </Text>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => setDeleting([...selected])}
            >
              {t("exports.actions.delete")}
            </Button>
            <Button size="xs" variant="subtle" onClick={() => setSelected(NONE)}>
              {t("common.clear")}
            </Button>
          </Group>
        </Alert>
      )}
      {error !== null && data === undefined ? null : (
        <DataTable
          label={t("exports.title")}
          columns={columns}
          rows={data?.data}
          keyOf={({ _id }) => _id}
          sort={query.sort ?? null}
          onSort={(sort) => filters.put({ sort })}
          {...(may("exports.change")
            ? {
                selection: {
                  selected,
                  onChange: setSelected,
                  label: (id: string) =>
                    t("exports.select", { name: data?.data.find(({ _id }) => _id === id)?.label ?? id }),
                },
              }
            : {})}
          empty={none}
          minWidth={narrow ? 280 : 720}
        />
      )}
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
      <DeleteExports
        ids={deleting}
        onClose={() => setDeleting(null)}
        onDone={(ids) => setSelected(new Set([...selected].filter((id) => !ids.includes(id))))}
      />
    </>
  );
}
