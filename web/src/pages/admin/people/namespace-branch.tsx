// A namespace with those below it, which can be hidden.
import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Namespace } from "../../../api/generated.ts";
import type { NamespaceTask } from "./namespace-dialogs.tsx";
import { NamespaceRow } from "./namespace-row.tsx";
import classes from "./namespaces.module.css";
import type { NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export function NamespaceBranch({
  namespace,
  tree,
  isOpenAtFirst,
  onTask,
}: {
  readonly namespace: Namespace;
  readonly tree: NamespaceTree;
  readonly isOpenAtFirst: boolean;
  readonly onTask: (task: NamespaceTask) => void;
}) {
  const { t } = useTranslation();
  const [opened, { toggle }] = useDisclosure(isOpenAtFirst);
  const { _id, name } = namespace;
  const below = tree.below.get(_id) ?? [];
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <NamespaceRow
        namespace={namespace}
        label={name}
        onTask={onTask}
        toggle={
          below.length === 0 ? (
            <span style={{ width: 22 }} />
          ) : (
            <ActionIcon
              size={22}
              variant="subtle"
              color="gray"
              c="var(--mantine-color-text)"
              aria-expanded={opened}
              aria-label={t(opened ? "people.namespaces.collapse" : "people.namespaces.expand", { name })}
              onClick={toggle}
            >
              <Icon size={16} aria-hidden />
            </ActionIcon>
          )
        }
      />
      {opened && below.length > 0 ? (
        <ul className={classes["branch"]}>
          {below.map((it) => (
            <NamespaceBranch key={it._id} namespace={it} tree={tree} isOpenAtFirst={isOpenAtFirst} onTask={onTask} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}
