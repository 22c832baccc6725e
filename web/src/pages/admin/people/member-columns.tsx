// What is shown of each member.
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import type { TFunction } from "i18next";
import type { Member } from "../../../api/generated.ts";
import type { Shown } from "../../../lib/shown.ts";
import type { Column } from "../../../parts/data-table.tsx";

/** Further roles are counted. */
const MOST = 2;

export interface MemberColumns {
  readonly t: TFunction;
  readonly shown: Shown;
  readonly pathOf: (namespace: string) => string;
  /** The reader's id. */
  readonly you: string;
  readonly onManage: (id: string) => void;
}

export function memberColumns({ t, shown, pathOf, you, onManage }: MemberColumns): Column<Member>[] {
  return [
    {
      name: "name",
      label: t("people.members.name"),
      sortable: true,
      cell: ({ _id, name, email, disabled }) => (
        <Stack gap={0} miw={160} style={{ overflowWrap: "anywhere" }}>
          <Group gap={6}>
            <Text size="sm" fw={500}>
              {name}
            </Text>
            {_id === you ? (
              <Text size="xs" c="dimmed">
                ({t("people.members.you")})
              </Text>
            ) : null}
            {disabled === null ? null : (
              <Badge variant="outline" color="gray" c="dimmed">
                {t("people.members.disabled")}
              </Badge>
            )}
          </Group>
          <Text size="xs" c="dimmed">
            {email}
          </Text>
        </Stack>
      ),
    },
    {
      name: "roles",
      label: t("people.members.roles"),
      cell: ({ role, roles }) => {
        if (role === "admin") return <Badge variant="filled">{t("people.role.admin")}</Badge>;
        if (roles.length === 0)
          return (
            <Text size="sm" c="dimmed" component="span">
              {t("people.role.none")}
            </Text>
          );
        return (
          <Stack gap={0} miw={180} style={{ overflowWrap: "anywhere" }}>
            {roles.slice(0, MOST).map((it) => (
              <Text key={it.namespace} size="sm">
                {t("people.members.roleIn", { role: t(`people.role.${it.role}`), namespace: pathOf(it.namespace) })}
              </Text>
            ))}
            {roles.length > MOST ? (
              <Text size="xs" c="dimmed">
                {t("people.members.more", { count: roles.length - MOST })}
              </Text>
            ) : null}
          </Stack>
        );
      },
    },
    {
      name: "created",
      label: t("people.members.since"),
      sortable: true,
      cell: ({ created }) => shown.date(created),
    },
    {
      name: "actions",
      label: t("common.actions"),
      align: "end",
      cell: ({ _id, name }) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t("people.members.manageNamed", { name })}
          onClick={() => onManage(_id)}
        >
          {t("people.members.manage")}
        </Button>
      ),
    },
  ];
}
