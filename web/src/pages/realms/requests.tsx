// The requests that one has made, as they go.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { usePages } from "../../lib/use-pages.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { DataTable } from "../../parts/data-table.tsx";
import { EmptyState } from "../../parts/empty-state.tsx";
import { type ExportList, lookAgain } from "../../parts/export-state/shown-state.ts";
import { useExportChanges } from "../../parts/export-state/use-changes.ts";
import { Pager } from "../../parts/pager.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useRequestColumns } from "./request-columns.tsx";

const NONE: ReadonlySet<string> = new Set();
/** So many expired ones are looked for at a time. */
const AT_ONCE = 500;

export function Requests({ realms }: { readonly realms: readonly ObjectTypeWithFields[] }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { person } = useSession();
  const { remove } = useExportChanges(org);
  const narrow = useMediaQuery("(max-width: 62em)", window.innerWidth < 992) ?? false;
  const [selected, setSelected] = useState(NONE);
  const [asking, setAsking] = useState<"selected" | "expired" | null>(null);
  const [sort, setSort] = useState<string | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const mine = { org, realms: "true", mine: "true" };
  const pages = usePages<ExportList>(
    ["exports", org, "requests", sort],
    (after, signal) =>
      api.org.getExports(
        { ...mine, limit: 20, ...(sort === null ? {} : { sort }), ...(after === undefined ? {} : { after }) },
        { signal },
      ),
    { refetchInterval: lookAgain },
  );
  const { data, error, refetch } = pages.found;
  const columns = useRequestColumns(realms, narrow, setProblem);
  const removeExpired = async (): Promise<void> => {
    for (let after: string | null = null; ;) {
      const its: ExportList = await api.org.getExports({
        ...mine,
        state: "expired",
        limit: AT_ONCE,
        ...(after === null ? {} : { after }),
      });
      await remove(its.data.filter(({ owner }) => owner?.id === person._id).map(({ _id }) => _id));
      after = its.next;
      if (after === null) return;
    }
  };
  return (
    <Stack component="section" gap="xs" aria-labelledby="requests-title">
      <Group justify="space-between">
        <Title order={2} size="h3" id="requests-title">
          {t("realms.list.title")}
        </Title>
        <Group gap="xs">
          {selected.size === 0 ? null : (
            <Button
              size="xs"
              variant="default"
              leftSection={<IconTrash size={14} aria-hidden />}
              onClick={() => setAsking("selected")}
            >
              {t("realms.list.delete", { count: selected.size })}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setAsking("expired")}>
            {t("realms.list.deleteExpired")}
          </Button>
        </Group>
      </Group>
      {problem === null ? null : <Problem error={problem} />}
      {error === null ? null : <Problem error={error} retry={() => void refetch()} />}
      {error !== null && data === undefined ? null : (
        <DataTable
          label={t("realms.list.table")}
          columns={columns}
          rows={data?.data}
          keyOf={({ _id }) => _id}
          sort={sort}
          onSort={setSort}
          selection={{
            selected,
            onChange: setSelected,
            label: (id) => t("realms.list.select", { name: data?.data.find(({ _id }) => _id === id)?.objects ?? id }),
          }}
          empty={<EmptyState title={t("realms.list.empty.title")}>{t("realms.list.empty.detail")}</EmptyState>}
          expected={4}
          minWidth={narrow ? 280 : 720}
        />
      )}
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
      <Text size="xs" c="dimmed">
        {t("realms.list.note")}
      </Text>
      <Confirm
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={
          asking === "expired" ? t("realms.list.expiredTitle") : t("realms.list.deleteTitle", { count: selected.size })
        }
        action={
          asking === "expired" ? t("realms.list.deleteExpired") : t("realms.list.delete", { count: selected.size })
        }
        onConfirm={async () => {
          if (asking === "expired") await removeExpired();
          else {
            await remove([...selected]);
            setSelected(NONE);
          }
        }}
      >
        {t(asking === "expired" ? "realms.list.expiredDetail" : "realms.list.deleteDetail")}
      </Confirm>
    </Stack>
  );
}
