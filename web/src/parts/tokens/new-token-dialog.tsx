// A token is made, and shown once.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "../copy-field.tsx";
import { NewTokenForm } from "./new-token-form.tsx";

export function NewTokenDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<string | null>(null);
  const close = (): void => {
    setSecret(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={secret === null ? t("profile.tokens.create") : t("profile.tokens.shownTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
      withCloseButton={secret === null}
      closeOnClickOutside={false}
      closeOnEscape={secret === null}
      size="lg"
    >
      {secret === null ? (
        <NewTokenForm onMade={setSecret} onCancel={close} />
      ) : (
        <Stack>
          <Text size="sm" role="status">
            {t("profile.tokens.shown")}
          </Text>
          <CopyField label={t("profile.tokens.secret")} value={secret} />
          <Group justify="flex-end">
            <Button onClick={close}>{t("profile.tokens.done")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
