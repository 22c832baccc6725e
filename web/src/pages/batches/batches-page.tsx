// Frozen selections of records.
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { usePages } from "../../lib/use-pages.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { BatchFilterBar } from "./batch-filter-bar.tsx";
import { DeleteBatch } from "./delete-batch.tsx";
import { useBatchColumns } from "./use-batch-columns.tsx";
import { useBatchFilters } from "./use-batch-filters.ts";

export function Page() {
  const { t } = useTranslation();
  const { org, isAdmin } = useOrg();
  const filters = useBatchFilters();
  const { query, has, put } = filters;
  const narrow = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const [deleting, setDeleting] = useState<Batch | null>(null);
  const columns = useBatchColumns(narrow, setDeleting);
  const pages = usePages(["batches", org, "list", query], (after, signal) =>
    api.org.getBatches({ org, ...query, ...(after === undefined ? {} : { after }) }, { signal }),
  );
  const { data, error, refetch } = pages.found;
  const isFirst = !has && pages.index === 0 && data?.data.length === 0;
  return (
    <>
      <PageHead title={t("batches.title")} detail={t(isAdmin ? "batches.detailAll" : "batches.detail")} />
      {isFirst ? null : <BatchFilterBar filters={filters} />}
      {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
      {error !== null && data === undefined ? null : (
        <DataTable
          label={t("batches.title")}
          minWidth={narrow ? 0 : 480}
          columns={columns}
          rows={data?.data}
          keyOf={({ _id }) => _id}
          sort={query.sort ?? null}
          onSort={(sort) => put({ sort })}
          empty={isFirst ? <NoBatches /> : <NoMatch onClear={filters.clear} />}
        />
      )}
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
      <DeleteBatch batch={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

function NoBatches() {
  const { t } = useTranslation();
  const { org } = useOrg();
  return (
    <EmptyState
      title={t("batches.empty.title")}
      action={
        <Button component={Link} to={`/${org}/records`}>
          {t("batches.empty.action")}
        </Button>
      }
    >
      {t("batches.empty.detail")}
    </EmptyState>
  );
}

function NoMatch({ onClear }: { readonly onClear: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      title={t("batches.noMatch.title")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("common.filters.clear")}
        </Button>
      }
    >
      {t("batches.noMatch.detail")}
    </EmptyState>
  );
}
