// The tree of groups and projects: made, named, moved, archived; and who has which role in each.
import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../../frame/org.ts";
import { useUrlText } from "../../../lib/use-url-text.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { SearchField } from "../../../parts/search-field.tsx";
import { NamespaceDialogs, type NamespaceTask } from "./namespace-dialogs.tsx";
import { NamespaceBranch } from "./namespace-branch.tsx";
import { NamespaceRow } from "./namespace-row.tsx";
import classes from "./namespaces.module.css";
import { type NamespaceTree, useNamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

/** So many are shown of what was looked for. */
const MOST = 100;
/** So few are all open at first. */
const FEW = 60;

export function Page() {
  const { t } = useTranslation();
  const { isAdmin } = useOrg();
  const { typed, text, type } = useUrlText("q");
  const found = useNamespaceTree();
  const [task, setTask] = useState<NamespaceTask | null>(null);
  const create = isAdmin ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setTask({ kind: "create", at: null })}>
      {t("people.namespaces.create")}
    </Button>
  ) : null;
  return (
    <>
      <PageHead
        title={t("people.namespaces.title")}
        detail={t("people.namespaces.detail")}
        actions={found.data?.all.length === 0 ? null : create}
      />
      <Answer of={found}>
        {(tree) =>
          tree.all.length === 0 ? (
            <EmptyState title={t("people.namespaces.empty")} action={create}>
              {t("people.namespaces.emptyDetail")}
            </EmptyState>
          ) : (
            <>
              <Group mb="sm">
                <SearchField
                  label={t("people.namespaces.search")}
                  placeholder={t("people.namespaces.searchHint")}
                  value={typed}
                  onChange={type}
                />
              </Group>
              {text === "" ? (
                <ul className={classes["tree"]} aria-label={t("people.namespaces.tree")}>
                  {(tree.below.get(null) ?? []).map((it) => (
                    <NamespaceBranch
                      key={it._id}
                      namespace={it}
                      tree={tree}
                      isOpenAtFirst={tree.all.length <= FEW}
                      onTask={setTask}
                    />
                  ))}
                </ul>
              ) : (
                <Matches tree={tree} text={text} onTask={setTask} />
              )}
              <NamespaceDialogs task={task} tree={tree} onClose={() => setTask(null)} />
            </>
          )
        }
      </Answer>
      {found.data?.all.length === 0 ? (
        <NamespaceDialogs task={task} tree={found.data} onClose={() => setTask(null)} />
      ) : null}
    </>
  );
}

function Matches({
  tree,
  text,
  onTask,
}: {
  readonly tree: NamespaceTree;
  readonly text: string;
  readonly onTask: (task: NamespaceTask) => void;
}) {
  const { t } = useTranslation();
  const wanted = text.toLowerCase();
  const matches = tree.all.filter(({ name, code, key }) => `${name}\n${code}\n${key}`.toLowerCase().includes(wanted));
  if (matches.length === 0) {
    return <EmptyState title={t("people.namespaces.none")}>{t("people.namespaces.noneDetail")}</EmptyState>;
  }
  return (
    <>
      <ul className={classes["tree"]} aria-label={t("people.namespaces.tree")}>
        {matches.slice(0, MOST).map((it) => (
          <li key={it._id}>
            <NamespaceRow namespace={it} label={tree.pathOf(it._id)} onTask={onTask} />
          </li>
        ))}
      </ul>
      {matches.length > MOST ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t("people.namespaces.more", { count: matches.length - MOST })}
        </Text>
      ) : null}
    </>
  );
}
