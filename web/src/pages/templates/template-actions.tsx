// What can be done with a template, from its row and from its page.
import { ActionIcon, Menu, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCopy, IconDots, IconDownload, IconTrash } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { ListedTemplate, Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { BASE_PATH } from "../../lib/base-path.ts";
import { Confirm } from "../../parts/confirm.tsx";
import { useProblemText } from "../../parts/problem.tsx";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";

type Facts = Pick<ListedTemplate & Template, "_id" | "name" | "mayChange" | "namespace">;

/** Makes a copy and opens it. */
export function useDuplicate(kind: Kind): { readonly duplicate: (id: string) => void; readonly isPending: boolean } {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const navigate = useNavigate();
  const textOf = useProblemText();
  const { mutate, isPending } = useMutation({
    mutationFn: (id: string) => callsOf(kind).duplicate({ org, id }, null),
    async onSuccess(made) {
      void client.invalidateQueries({ queryKey: [resourceOf(kind), org] });
      notifications.show({
        message: t("templates.duplicated", { name: made.name }),
        closeButtonProps: { "aria-label": t("common.close") },
      });
      await navigate(`/${org}/templates/${kind}/${made._id}`);
    },
    onError: (error) =>
      notifications.show({
        color: "red",
        message: textOf(error).detail,
        autoClose: false,
        closeButtonProps: { "aria-label": t("common.close") },
      }),
  });
  return { duplicate: mutate, isPending };
}

export function TemplateActions({
  kind,
  template: { _id: id, name, mayChange },
  onDeleted,
}: {
  readonly kind: Kind;
  readonly template: Facts;
  readonly onDeleted?: () => void;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const client = useQueryClient();
  const { duplicate } = useDuplicate(kind);
  const [isDeleting, setDeleting] = useState(false);
  const resource = resourceOf(kind);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" c="dimmed" aria-label={t("templates.actionsOf", { name })}>
            <IconDots size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {may("templates.create") ? (
            <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => duplicate(id)}>
              {t("templates.duplicate")}
            </Menu.Item>
          ) : null}
          <Menu.Item
            component="a"
            href={`${BASE_PATH}/${org}/v2/${resource}/${id}/export`}
            download
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            {t("templates.exportFile")}
          </Menu.Item>
          {mayChange ? (
            <Menu.Item
              c="var(--mantine-color-error)"
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => setDeleting(true)}
            >
              {t("common.delete")}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={isDeleting}
        onClose={() => setDeleting(false)}
        title={t(`templates.${kind}.delete`)}
        action={t("common.delete")}
        onConfirm={async () => {
          await callsOf(kind).remove({ org, id });
          onDeleted?.();
          client.removeQueries({ queryKey: [resource, org, id] });
          void client.invalidateQueries({ queryKey: [resource, org] });
        }}
      >
        <Text size="sm" fw={600} style={{ overflowWrap: "anywhere" }}>
          {name}
        </Text>
        {t(`templates.${kind}.deleteDetail`)}
      </Confirm>
    </>
  );
}
