// A namespace: what it is called, where it comes from, and what the reader may do with it.
import { ActionIcon, Badge, Button, Center, Group, Menu, Text, Tooltip } from "@mantine/core";
import { IconDatabase, IconDots, IconUsers } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Namespace } from "../../../api/generated.ts";
import type { NamespaceTask, TaskKind } from "./namespace-dialogs.tsx";
import classes from "./namespaces.module.css";
import { isManaged } from "../../../parts/namespaces/use-namespace-tree.ts";

export function NamespaceRow({
  namespace,
  label,
  toggle,
  onTask,
}: {
  readonly namespace: Namespace;
  /** Its name, or its path where it stands alone. */
  readonly label: string;
  readonly toggle?: ReactNode;
  readonly onTask: (task: NamespaceTask) => void;
}) {
  const { t } = useTranslation();
  const { name, code, fromSource, archived } = namespace;
  const item = (kind: TaskKind, words: string, more: object = {}) => (
    <Menu.Item onClick={() => onTask({ kind, at: namespace })} {...more}>
      {words}
    </Menu.Item>
  );
  return (
    <div className={classes["row"]}>
      {toggle}
      <div className={classes["name"]}>
        <Text size="sm" fw={500} component="span">
          {label}
        </Text>{" "}
        <Text size="xs" c="dimmed" component="span" visibleFrom="sm">
          {code}
        </Text>
      </div>
      {archived === null ? null : (
        <Badge variant="outline" color="gray" c="dimmed">
          {t("people.namespaces.archived")}
        </Badge>
      )}
      {fromSource ? (
        <Tooltip
          label={t("people.namespaces.sourceHint")}
          multiline
          maw={260}
          events={{ hover: true, focus: true, touch: true }}
        >
          <Center
            component="span"
            tabIndex={0}
            role="img"
            aria-label={t("people.namespaces.fromSource")}
            c="dimmed"
            p={4}
          >
            <IconDatabase size={16} aria-hidden />
          </Center>
        </Tooltip>
      ) : null}
      {isManaged(namespace) ? (
        <Group gap={4} wrap="nowrap">
          <ActionIcon
            hiddenFrom="sm"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            aria-label={t("people.namespaces.membersOf", { name })}
            onClick={() => onTask({ kind: "members", at: namespace })}
          >
            <IconUsers size={16} aria-hidden />
          </ActionIcon>
          <Button
            visibleFrom="sm"
            size="compact-sm"
            variant="default"
            aria-label={t("people.namespaces.membersOf", { name })}
            onClick={() => onTask({ kind: "members", at: namespace })}
          >
            {t("people.namespaces.members")}
          </Button>
          <Menu position="bottom-end" width={230}>
            <Menu.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                c="var(--mantine-color-text)"
                aria-label={t("people.namespaces.actionsOf", { name })}
              >
                <IconDots size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              {item("create", t("people.namespaces.below"))}
              {fromSource ? null : item("rename", t("people.namespaces.edit"))}
              {fromSource ? null : item("move", t("people.namespaces.move"))}
              {archived === null
                ? item("archive", t("people.namespaces.archive"))
                : item("unarchive", t("people.namespaces.unarchive"))}
              {fromSource ? (
                <Menu.Label>{t("people.namespaces.sourceHint")}</Menu.Label>
              ) : (
                item("delete", t("people.namespaces.delete"), { c: "var(--mantine-color-error)" })
              )}
            </Menu.Dropdown>
          </Menu>
        </Group>
      ) : (
        <Text size="xs" c="dimmed">
          {t(`people.role.${namespace.role as "guest"}`)}
        </Text>
      )}
    </div>
  );
}
