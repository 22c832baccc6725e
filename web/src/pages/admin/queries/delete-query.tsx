// Asks before a registered query is ended.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { PersistedQuery } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useLast } from "../../../lib/use-last.ts";
import { Confirm } from "../../../parts/confirm.tsx";

export function DeleteQuery({
  query,
  onClose,
}: {
  readonly query: PersistedQuery | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const its = useLast(query);
  return (
    <Confirm
      opened={query !== null}
      onClose={onClose}
      title={t("admin.queries.deleteTitle", { name: its?.name ?? "" })}
      action={t("admin.queries.deleteAction")}
      onConfirm={async () => {
        await api.org.deletePersistedQueriesById({ org, id: query!._id });
        await client.invalidateQueries({ queryKey: ["persisted-queries", org] });
      }}
    >
      {t("admin.queries.deleteDetail")}
    </Confirm>
  );
}
