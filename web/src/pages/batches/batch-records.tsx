// The records of a batch as they are now, page by page; those that have vanished are told.
import { Alert, Group, Text } from "@mantine/core";
import { IconGhost2 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Batch, ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { usePages } from "../../lib/use-pages.ts";
import { Loading } from "../../parts/loading.tsx";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { ListTable } from "../records/one/list-table.tsx";
import { Section } from "../records/one/section.tsx";
import type { Values } from "../records/one/values.ts";
import { CheckBatch } from "./check-batch.tsx";
import { KeyList } from "./key-list.tsx";

const LIMIT = 50;

export function BatchRecords({
  batch: { _id: id, count },
  type,
}: {
  readonly batch: Batch;
  readonly type: ObjectTypeWithFields | undefined;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const pages = usePages(["batches", org, id, "records"], (after, signal) =>
    api.org.getBatchesByIdRecords(
      { org, id, limit: LIMIT, ...(after === undefined ? {} : { after: Number(after) }) },
      { signal },
    ),
  );
  const { data, error, refetch } = pages.found;
  const gone = data?.vanished.count ?? 0;
  const from = pages.index * LIMIT + 1;
  const to = Math.min(count, from + LIMIT - 1);
  return (
    <Section
      id="records"
      title={t("batches.records.title")}
      detail={
        count === 0
          ? shown.number(0)
          : t("batches.records.range", {
              from: shown.number(from),
              to: shown.number(to),
              all: shown.number(count),
            })
      }
      aside={<CheckBatch id={id} />}
    >
      <Text size="sm" c="dimmed" mb="xs">
        {t("batches.records.asNow")}
      </Text>
      {gone === 0 ? null : (
        <Alert
          variant="default"
          icon={<IconGhost2 aria-hidden />}
          title={t("batches.records.vanishedTitle", { count: gone, shown: shown.number(gone) })}
          mb="sm"
        >
          <Text size="sm">
            {t(gone === 1 ? "batches.records.vanishedDetail" : "batches.records.vanishedDetailMany")}
          </Text>
          {data === undefined || data.vanished.keys.length === 0 ? null : (
            <Group gap={6} mt={4}>
              <Text span size="sm">
                {t("batches.records.vanishedKeys")}
              </Text>
              <KeyList keys={data.vanished.keys} />
            </Group>
          )}
        </Alert>
      )}
      {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
      {data === undefined ? (
        error === null && <Loading />
      ) : data.data.length === 0 ? (
        <Text size="sm" c="dimmed">
          {count === 0 ? t("records.one.lists.none") : t("batches.records.allVanished")}
        </Text>
      ) : (
        <ListTable
          label={t("batches.records.title")}
          type={type}
          rows={data.data as Values[]}
          keys={data.keys}
          parent={null}
        />
      )}
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
    </Section>
  );
}
