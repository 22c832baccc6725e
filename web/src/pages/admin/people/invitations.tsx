// Invitations that nobody has accepted yet; nothing where there are none.
import { Box, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Invitation } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useLast } from "../../../lib/use-last.ts";
import { useShown } from "../../../lib/shown.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Confirm } from "../../../parts/confirm.tsx";
import { DataTable } from "../../../parts/data-table.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { invitationColumns } from "./invitation-columns.tsx";

export function Invitations({ pathOf }: { readonly pathOf: (namespace: string) => string }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { org } = useOrg();
  const client = useQueryClient();
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const its = useLast(revoking);
  const { found, ...pages } = usePages(["invitations", org], (after, signal) =>
    api.org.getInvitations({ org, ...(after === undefined ? {} : { after }) }, { signal }),
  );
  if (found.error !== null) return <Problem error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined || (found.data.data.length === 0 && pages.index === 0)) return null;
  return (
    <Box component="section" mt="xl">
      <Title order={2} mb="sm">
        {t("people.invitations.title")}
      </Title>
      <DataTable
        label={t("people.invitations.table")}
        columns={invitationColumns({ t, shown, pathOf, onRevoke: setRevoking })}
        rows={found.data.data}
        keyOf={({ _id }) => _id}
        folds
      />
      <Pager {...pages} />
      <Confirm
        opened={revoking !== null}
        onClose={() => setRevoking(null)}
        title={t("people.invitations.revokeTitle")}
        action={t("people.invitations.revoke")}
        onConfirm={async () => {
          await api.org.deleteInvitationsById({ org, id: revoking!._id });
          await client.invalidateQueries({ queryKey: ["invitations", org] });
        }}
      >
        {t("people.invitations.revokeDetail", { email: its?.email ?? "" })}
      </Confirm>
    </Box>
  );
}
