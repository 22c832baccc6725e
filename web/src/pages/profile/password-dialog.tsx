// Asks for the password before something that only its owner may do.
import { Button, Group, Modal, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { AuthProblem } from "../../parts/auth-problem.tsx";

interface PasswordFormProps {
  readonly action: string;
  readonly detail: string;
  readonly isDangerous?: boolean;
  readonly onClose: () => void;
  readonly onPassword: (password: string) => Promise<unknown>;
}

/** Stays, with the reason, where it did not work. */
export function PasswordForm({ action, detail, isDangerous = false, onClose, onPassword }: PasswordFormProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const { mutate, error, isPending } = useMutation({ mutationFn: onPassword });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate(password);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{detail}</Text>
        <PasswordInput
          label={t("profile.second.password")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          data-autofocus
        />
        <AuthProblem error={error} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending} {...(isDangerous ? { color: "red.9" } : {})}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function PasswordDialog({
  opened,
  title,
  ...form
}: PasswordFormProps & { readonly opened: boolean; readonly title: string }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={form.onClose} title={title} closeButtonProps={{ "aria-label": t("common.close") }}>
      <PasswordForm {...form} />
    </Modal>
  );
}
