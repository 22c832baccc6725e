// A member: administrator or not, roles by namespace, and the way out.
import { Button, Group, Modal, Stack, Switch, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useLast } from "../../../lib/use-last.ts";
import { Answer } from "../../../parts/answer.tsx";
import { Confirm } from "../../../parts/confirm.tsx";
import { Problem } from "../../../parts/problem.tsx";
import { MemberRoles } from "./member-roles.tsx";
import type { NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export function MemberDialog({
  id,
  tree,
  onClose,
}: {
  /** Null where none is open. */
  readonly id: string | null;
  readonly tree: NamespaceTree | undefined;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { org, isAdmin } = useOrg();
  const client = useQueryClient();
  const its = useLast(id);
  const [removing, { open, close }] = useDisclosure();
  const found = useQuery({
    queryKey: ["members", org, "one", its],
    queryFn: ({ signal }) => api.org.getMembersById({ org, id: its! }, { signal }),
    enabled: id !== null,
  });
  const refresh = () => client.invalidateQueries({ queryKey: ["members", org] });
  const admin = useMutation({
    mutationFn: (is: boolean) => api.org.patchMembersById({ org, id: its! }, { role: is ? "admin" : null }),
    onSuccess: refresh,
  });
  const leave = (): void => {
    admin.reset();
    onClose();
  };
  const name = found.data?.name ?? "";
  return (
    <>
      <Modal
        opened={id !== null && !removing}
        onClose={leave}
        title={name}
        closeButtonProps={{ "aria-label": t("common.close") }}
        size="lg"
      >
        <Answer of={found}>
          {(member) => (
            <Stack>
              <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                {member.email}
              </Text>
              {isAdmin ? (
                <Switch
                  label={t("people.member.admin")}
                  description={t("people.member.adminHint")}
                  checked={member.role === "admin"}
                  disabled={admin.isPending}
                  onChange={(event) => admin.mutate(event.currentTarget.checked)}
                />
              ) : null}
              {admin.error === null ? null : <Problem error={admin.error} />}
              {tree === undefined ? null : <MemberRoles key={member._id} member={member} tree={tree} />}
              {isAdmin ? (
                <Group justify="flex-end">
                  <Button variant="outline" color="red" c="var(--mantine-color-error)" onClick={open}>
                    {t("people.member.remove")}
                  </Button>
                </Group>
              ) : null}
            </Stack>
          )}
        </Answer>
      </Modal>
      <Confirm
        opened={removing}
        onClose={close}
        title={t("people.member.removeTitle", { name })}
        action={t("people.member.removeAction")}
        onConfirm={async () => {
          await api.org.deleteMembersById({ org, id: its! });
          onClose();
          await refresh();
        }}
      >
        {t("people.member.removeDetail")}
      </Confirm>
    </>
  );
}
