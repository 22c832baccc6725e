// The session has ended: one signs in over the page, which stays as it is.
import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SignInForm } from "../parts/sign-in-form.tsx";

export function SignInAgain({
  opened,
  email,
  onDone,
}: {
  readonly opened: boolean;
  readonly email: string;
  readonly onDone: () => void;
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
    </Modal>
  );
}
