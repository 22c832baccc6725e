// The audit log: who did what, the newest first.
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useTimeZone } from "../../../lib/time-zone.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { AuditDownload } from "./audit-download.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditTable } from "./audit-table.tsx";
import { conditionOf, useAuditFilter } from "./filter.ts";

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const timeZone = useTimeZone();
  const { filter, put, clear } = useAuditFilter();
  const where = conditionOf(filter, timeZone);
  const pages = usePages(["audit", org, where ?? null], (after, signal) =>
    api.org.getAudit({ org, where, limit: 50, after }, { signal }),
  );
  return (
    <>
      <PageHead
        title={t("admin.audit.title")}
        detail={t("admin.audit.detail")}
        actions={<AuditDownload where={where} />}
      />
      <AuditFilters filter={filter} put={put} clear={where === undefined ? null : clear} />
      <Answer of={pages.found}>
        {({ data }) =>
          data.length === 0 ? (
            <EmptyState title={t("admin.audit.empty")}>{t("admin.audit.emptyDetail")}</EmptyState>
          ) : (
            <AuditTable entries={data} onFilter={put} />
          )
        }
      </Answer>
      <Pager {...pages} />
    </>
  );
}
