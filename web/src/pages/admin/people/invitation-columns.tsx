// What is shown of each invitation.
import { Button, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import type { Invitation } from "../../../api/generated.ts";
import type { Shown } from "../../../lib/shown.ts";
import type { Column } from "../../../parts/data-table.tsx";
import { ROLES } from "./roles.ts";

export interface InvitationColumns {
  readonly t: TFunction;
  readonly shown: Shown;
  readonly pathOf: (namespace: string) => string;
  readonly onRevoke: (invitation: Invitation) => void;
}

export function invitationColumns({ t, shown, pathOf, onRevoke }: InvitationColumns): Column<Invitation>[] {
  return [
    {
      name: "email",
      label: t("people.invitations.email"),
      cell: ({ email }) => (
        <Text size="sm" fw={500} style={{ overflowWrap: "anywhere" }} miw={160}>
          {email}
        </Text>
      ),
    },
    {
      name: "role",
      label: t("people.invitations.role"),
      cell({ role, namespace }) {
        const known = [...ROLES, "admin" as const].find((it) => it === role) ?? "none";
        const words = t(`people.role.${known}`);
        return namespace === null ? words : t("people.members.roleIn", { role: words, namespace: pathOf(namespace) });
      },
    },
    { name: "created", label: t("people.invitations.created"), cell: ({ created }) => shown.date(created) },
    { name: "expires", label: t("people.invitations.expires"), cell: ({ expires }) => shown.date(expires) },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      cell: (invitation) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("people.invitations.revokeNamed", { email: invitation.email })}
          onClick={() => onRevoke(invitation)}
        >
          {t("people.invitations.revoke")}
        </Button>
      ),
    },
  ];
}
