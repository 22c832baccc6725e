// The session has ended: one signs in over the page, which stays as it is.
import { Anchor, Group, Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { BASE_PATH } from "../lib/base-path.ts";
import { SignInForm } from "../parts/sign-in-form.tsx";

export function SignInAgain({
  opened,
  email,
  onDone,
}: {
  readonly opened: boolean;
  readonly email: string;
  readonly onDone: () => Promise<unknown>;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t("signIn.again.title")}
      zIndex={400}
    >
      <Text size="sm" mb="md">
        {t("signIn.again.detail")}
      </Text>
      <SignInForm email={email} onDone={onDone} />
      {/* Providers of single sign-on have pages of their own, which cannot be shown here. */}
      <Group justify="space-between" mt="md" gap="xs">
        <Anchor size="sm" href={`${BASE_PATH}/sign-in`} target="_blank">
          {t("signIn.again.elsewhere")}
        </Anchor>
        <Anchor size="sm" href={`${BASE_PATH}/sign-in`}>
          {t("signIn.again.leave")}
        </Anchor>
      </Group>
    </Modal>
  );
}
