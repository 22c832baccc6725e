// What can be done with a namespace, each in its dialog.
import { Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Namespace } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { useLast } from "../../../lib/use-last.ts";
import { Confirm } from "../../../parts/confirm.tsx";
import { MoveForm } from "./move-form.tsx";
import { NamespaceForm } from "./namespace-form.tsx";
import { NamespaceMembers } from "./namespace-members.tsx";
import type { NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export type TaskKind = "create" | "rename" | "move" | "archive" | "unarchive" | "delete" | "members";

export interface NamespaceTask {
  readonly kind: TaskKind;
  /** Null for the top, where there is nothing but to create. */
  readonly at: Namespace | null;
}

export function NamespaceDialogs({
  task,
  tree,
  onClose,
}: {
  readonly task: NamespaceTask | null;
  readonly tree: NamespaceTree;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const its = useLast(task);
  const kind = task?.kind;
  const name = its?.at?.name ?? "";
  const id = its?.at?._id ?? "";
  const done = async (): Promise<void> => {
    onClose();
    await client.invalidateQueries({ queryKey: ["namespaces", org] });
  };
  const titles = {
    create: its?.at === null ? t("people.namespace.createTitle") : t("people.namespace.createBelow", { name }),
    rename: t("people.namespace.editTitle", { name }),
    move: t("people.namespace.moveTitle", { name }),
    members: t("people.namespaces.membersOf", { name }),
  };
  const shown = its?.kind;
  const isDialog = shown === "create" || shown === "rename" || shown === "move" || shown === "members";
  return (
    <>
      <Modal
        opened={task !== null && isDialog}
        onClose={onClose}
        title={isDialog ? titles[shown] : ""}
        closeButtonProps={{ "aria-label": t("common.close") }}
        size={shown === "members" ? "lg" : "md"}
      >
        {its === null ? null : shown === "create" ? (
          <NamespaceForm parent={its.at} onDone={done} onCancel={onClose} />
        ) : its.at === null ? null : shown === "rename" ? (
          <NamespaceForm namespace={its.at} onDone={done} onCancel={onClose} />
        ) : shown === "move" ? (
          <MoveForm namespace={its.at} tree={tree} onDone={done} onCancel={onClose} />
        ) : shown === "members" ? (
          <NamespaceMembers namespace={its.at} />
        ) : null}
      </Modal>
      <Confirm
        opened={kind === "archive" || kind === "unarchive"}
        onClose={onClose}
        title={
          its?.kind === "unarchive"
            ? t("people.namespace.unarchiveTitle", { name })
            : t("people.namespace.archiveTitle", { name })
        }
        action={its?.kind === "unarchive" ? t("people.namespaces.unarchive") : t("people.namespaces.archive")}
        onConfirm={async () => {
          await api.org.patchNamespacesById({ org, id }, { archived: kind === "archive" });
          await done();
        }}
      >
        {its?.kind === "unarchive" ? t("people.namespace.unarchiveDetail") : t("people.namespace.archiveDetail")}
      </Confirm>
      <Confirm
        opened={kind === "delete"}
        onClose={onClose}
        title={t("people.namespace.deleteTitle", { name })}
        action={t("people.namespaces.delete")}
        onConfirm={async () => {
          await api.org.deleteNamespacesById({ org, id });
          await done();
        }}
      >
        {t("people.namespace.deleteDetail")}
      </Confirm>
    </>
  );
}
