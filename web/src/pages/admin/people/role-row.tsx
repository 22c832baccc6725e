// A role that is held: what in, which, and the way to take it away.
import { ActionIcon, Group, Select, Text, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Role, ROLES } from "./roles.ts";

export function RoleRow({
  label,
  children,
  role,
  isEditable,
  isPending,
  onChange,
}: {
  /** Whom or what the role is about, for those who do not see the row. */
  readonly label: string;
  readonly children: ReactNode;
  readonly role: Role;
  readonly isEditable: boolean;
  readonly isPending: boolean;
  /** Null takes it away. */
  readonly onChange: (role: Role | null) => void;
}) {
  const { t } = useTranslation();
  const remove = t("people.member.take", { namespace: label });
  return (
    <Group wrap="nowrap" gap="xs" justify="space-between" component="li">
      <Text size="sm" component="div" miw={0} style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
      {isEditable ? (
        <Group gap={4} wrap="nowrap">
          <Select
            size="xs"
            w={130}
            aria-label={t("people.member.roleIn", { namespace: label })}
            data={ROLES.map((value) => ({ value, label: t(`people.role.${value}`) }))}
            value={role}
            allowDeselect={false}
            disabled={isPending}
            onChange={(next) => onChange(next)}
          />
          <Tooltip label={remove}>
            <ActionIcon
              variant="subtle"
              color="gray"
              c="var(--mantine-color-text)"
              aria-label={remove}
              disabled={isPending}
              onClick={() => onChange(null)}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      ) : (
        <Text size="sm" c="dimmed">
          {t(`people.role.${role}`)}
        </Text>
      )}
    </Group>
  );
}
