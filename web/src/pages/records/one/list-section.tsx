// One of a record's lists: its beginning came with the record, more comes when it is asked for.
import { Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { RecordWithLists } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { useObjectType } from "../../../parts/fields/use-path-fields.ts";
import { Problem } from "../../../parts/problem.tsx";
import { ListTable } from "./list-table.tsx";
import { Section } from "./section.tsx";
import type { Values } from "./values.ts";

type List = NonNullable<RecordWithLists["lists"][string]>;

const AT_ONCE = 100;

export function ListSection({
  id,
  title,
  list,
  object,
  name,
  recordKey,
  begun,
}: {
  readonly id: string;
  readonly title: string;
  /** The list's name, and the object type of its items. */
  readonly list: string;
  readonly object: string;
  /** The record's object type, and its key. */
  readonly name: string;
  readonly recordKey: string;
  readonly begun: List;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const type = useObjectType(org, object);
  const more = useInfiniteQuery({
    queryKey: ["records", org, name, "one", recordKey, "list", list, begun.next],
    queryFn: ({ pageParam: after, signal }) =>
      api.org.getObjectsByNameRecordsByKeyListsByList(
        { org, name, key: recordKey, list, limit: AT_ONCE, after: after! },
        { signal },
      ),
    initialPageParam: begun.next,
    getNextPageParam: ({ next }) => next,
    enabled: false,
  });
  const pages = more.data?.pages ?? [];
  const rows = [begun.data, ...pages.map(({ data }) => data)].flat() as Values[];
  const keys = begun.keys === null ? null : [begun.keys, ...pages.map((page) => page.keys ?? [])].flat();
  const hasMore = pages.at(-1)?.hasMore ?? begun.hasMore;
  const isOpen = hasMore && (pages.length === 0 ? begun.next : pages.at(-1)!.next) !== null;
  const fetchMore = (): void => void (pages.length === 0 ? more.refetch() : more.fetchNextPage());
  return (
    <Section
      id={id}
      title={title}
      detail={
        rows.length === 0
          ? undefined
          : t(hasMore ? "records.one.lists.shown" : "records.one.lists.count", {
              count: rows.length,
              shown: shown.number(rows.length),
            })
      }
    >
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("records.one.lists.none")}
        </Text>
      ) : (
        <ListTable label={title} type={type.data} rows={rows} keys={keys} parent={name} />
      )}
      {more.error === null ? null : <Problem error={more.error} retry={fetchMore} />}
      {isOpen ? (
        <Group mt="xs">
          <Button size="xs" variant="default" loading={more.isFetching} onClick={fetchMore}>
            {t("common.showMore")}
          </Button>
        </Group>
      ) : null}
    </Section>
  );
}
