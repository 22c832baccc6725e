// Somebody is invited; the link is shown, for where no mail can be sent.
import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { IconMail, IconMailOff } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "../../../parts/copy-field.tsx";
import { Loading } from "../../../parts/loading.tsx";
import { InviteForm } from "./invite-form.tsx";
import type { NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

export interface Invited {
  readonly email: string;
  readonly link: string;
  readonly sent: boolean;
}

export function InviteDialog({
  opened,
  onClose,
  tree,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly tree: NamespaceTree | undefined;
}) {
  const { t } = useTranslation();
  const [invited, setInvited] = useState<Invited | null>(null);
  const close = (): void => {
    setInvited(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("people.invite.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
      closeOnClickOutside={false}
      size="lg"
    >
      {invited !== null ? (
        <Stack>
          <Alert
            role="status"
            color={invited.sent ? "teal" : "yellow"}
            icon={invited.sent ? <IconMail aria-hidden /> : <IconMailOff aria-hidden />}
            title={invited.sent ? t("people.invite.sentTitle") : t("people.invite.notSentTitle")}
          >
            {t(invited.sent ? "people.invite.sent" : "people.invite.notSent", { email: invited.email })}
          </Alert>
          <CopyField label={t("people.invite.link")} value={invited.link} />
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setInvited(null)}>
              {t("people.invite.another")}
            </Button>
            <Button onClick={close}>{t("people.invite.done")}</Button>
          </Group>
        </Stack>
      ) : tree === undefined ? (
        <Loading />
      ) : (
        <InviteForm tree={tree} onInvited={setInvited} onCancel={close} />
      )}
    </Modal>
  );
}
