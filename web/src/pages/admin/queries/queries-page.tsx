// GraphQL queries that are registered, which tokens may run that may run nothing else.
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { PersistedQuery } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Answer } from "../../../parts/answer.tsx";
import { DataTable } from "../../../parts/data-table.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { DeleteQuery } from "./delete-query.tsx";
import { queryColumns } from "./query-columns.tsx";
import { QueryDialog } from "./query-dialog.tsx";
import { RegisterDialog } from "./register-dialog.tsx";

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const [isRegistering, setRegistering] = useState(false);
  const [opened, setOpened] = useState<PersistedQuery | null>(null);
  const [deleting, setDeleting] = useState<PersistedQuery | null>(null);
  const { found, ...pages } = usePages(["persisted-queries", org], (after, signal) =>
    api.org.getPersistedQueries({ org, ...(after === undefined ? {} : { after }) }, { signal }),
  );
  return (
    <>
      <PageHead
        title={t("admin.queries.title")}
        detail={t("admin.queries.detail")}
        actions={<Button onClick={() => setRegistering(true)}>{t("admin.queries.register")}</Button>}
      />
      <Answer of={found}>
        {({ data }) => (
          <DataTable
            label={t("admin.queries.title")}
            columns={queryColumns({ t, shown, onOpen: setOpened, onDelete: setDeleting })}
            rows={data}
            keyOf={({ _id }) => _id}
            folds
            empty={<EmptyState title={t("admin.queries.empty")}>{t("admin.queries.emptyDetail")}</EmptyState>}
          />
        )}
      </Answer>
      <Pager {...pages} />
      <RegisterDialog opened={isRegistering} onClose={() => setRegistering(false)} />
      <QueryDialog query={opened} onClose={() => setOpened(null)} />
      <DeleteQuery query={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}
