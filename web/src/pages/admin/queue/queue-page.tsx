// The queue: what waits and what runs, of everybody in the org, in the order in which it will be done.
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { QueueCounts } from "./queue-counts.tsx";
import { QueueTable } from "./queue-table.tsx";

/** Milliseconds. */
const LIVE = 2000;
const WHERE = JSON.stringify({ state: { $in: ["pending", "running"] } });

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const pages = usePages(
    ["exports", org, "queue"],
    // What runs, then what waits, in the order in which it was asked for.
    (after, signal) => api.org.getExports({ org, where: WHERE, sort: "-state,created", limit: 50, after }, { signal }),
    { refetchInterval: LIVE },
  );
  return (
    <>
      <PageHead title={t("admin.queue.title")} detail={t("admin.queue.detail")} />
      <QueueCounts />
      <Answer of={pages.found}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t("admin.queue.empty")}>{t("admin.queue.emptyDetail")}</EmptyState>
          ) : (
            <QueueTable exports={data} />
          )
        }
      </Answer>
      <Pager {...pages} />
    </>
  );
}
