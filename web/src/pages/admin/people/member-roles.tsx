// A member's roles by namespace, and one more.
import { Button, Group, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Member } from "../../../api/generated.ts";
import { Problem } from "../../../parts/problem.tsx";
import { NamespaceSelect } from "./namespace-select.tsx";
import { RoleRow } from "./role-row.tsx";
import { type Role, ROLES } from "./roles.ts";
import { useGiveRole } from "./use-give-role.ts";
import { isManaged, type NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export function MemberRoles({ member, tree }: { readonly member: Member; readonly tree: NamespaceTree }) {
  const { t } = useTranslation();
  const [namespace, setNamespace] = useState<string | null>(null);
  const [role, setRole] = useState<Role>("analyst");
  const give = useGiveRole();
  const held = new Set(member.roles.map((it) => it.namespace));
  const rows = member.roles
    .map((it) => ({ ...it, path: tree.pathOf(it.namespace) }))
    .toSorted((a, b) => a.path.localeCompare(b.path));
  const canGive = tree.all.some(isManaged);
  return (
    <Stack gap="sm">
      <Title order={3}>{t("people.member.roles")}</Title>
      {member.role === "admin" ? (
        <Text size="sm" c="dimmed">
          {t("people.member.adminHas")}
        </Text>
      ) : null}
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("people.member.noRoles")}
        </Text>
      ) : (
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
          {rows.map((it) => {
            const at = tree.byId.get(it.namespace);
            return (
              <RoleRow
                key={it.namespace}
                label={it.path}
                role={it.role}
                isEditable={at !== undefined && isManaged(at)}
                isPending={give.isPending}
                onChange={(next) => give.mutate({ person: member._id, namespace: it.namespace, role: next })}
              >
                {it.path}
              </RoleRow>
            );
          })}
        </Stack>
      )}
      {give.error === null ? null : <Problem error={give.error} />}
      {canGive ? (
        <Group align="flex-end" gap="xs">
          <Stack flex="1 1 220px" gap={0}>
            <NamespaceSelect
              label={t("people.member.addTitle")}
              placeholder={t("people.member.namespace")}
              tree={tree}
              offered={(it) => isManaged(it) && !held.has(it._id)}
              value={namespace}
              onChange={setNamespace}
            />
          </Stack>
          <Select
            w={150}
            aria-label={t("people.member.role")}
            data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
            value={role}
            allowDeselect={false}
            onChange={(next) => setRole(next as Role)}
          />
          <Button
            variant="default"
            disabled={namespace === null}
            loading={give.isPending}
            onClick={() =>
              give.mutate({ person: member._id, namespace: namespace!, role }, { onSuccess: () => setNamespace(null) })
            }
          >
            {t("people.member.add")}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
