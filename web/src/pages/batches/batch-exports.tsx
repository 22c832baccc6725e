// The history of a batch: the exports that were made of it.
import { Anchor, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../api/client.ts";
import type { Batch } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { usePages } from "../../lib/use-pages.ts";
import { DataTable } from "../../parts/data-table.tsx";
import { lookAgain } from "../../parts/export-state/shown-state.ts";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { Section } from "../records/one/section.tsx";
import { useExportColumns } from "./use-export-columns.tsx";

const LIMIT = 10;

export function BatchExports({ batch: { _id: id } }: { readonly batch: Batch }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [problem, setProblem] = useState<Error | null>(null);
  const narrow = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const columns = useExportColumns(narrow, setProblem);
  const pages = usePages(
    ["exports", org, "of-batch", id],
    (after, signal) =>
      api.org.getExports({ org, batch: id, limit: LIMIT, ...(after === undefined ? {} : { after }) }, { signal }),
    { refetchInterval: lookAgain },
  );
  const { data, error, refetch } = pages.found;
  const failed = problem ?? error;
  return (
    <Section
      id="exports"
      title={t("batches.exports.title")}
      aside={
        data === undefined || data.data.length === 0 ? undefined : (
          <Anchor component={Link} to={`/${org}/exports?batch=${id}`} size="sm">
            {t("batches.exports.all")}
          </Anchor>
        )
      }
    >
      {failed === null ? null : <Problem error={failed} retry={problem === null ? () => void refetch() : undefined} />}
      {error !== null && data === undefined ? null : (
        <DataTable
          label={t("batches.exports.title")}
          minWidth={narrow ? 0 : 480}
          columns={columns}
          rows={data?.data}
          keyOf={({ _id }) => _id}
          expected={2}
          empty={
            <Text size="sm" c="dimmed">
              {t("batches.exports.empty")}
            </Text>
          }
        />
      )}
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
    </Section>
  );
}
