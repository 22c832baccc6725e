// Asks for the link by which another password is chosen.
import { Alert, Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { IconMail } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { askForPasswordLink } from "../../api/auth.ts";
import { AuthProblem } from "../../parts/auth-problem.tsx";

export function ForgottenForm({ email: given, onBack }: { readonly email: string; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState(given);
  const { mutate, error, isPending, isSuccess, variables } = useMutation({ mutationFn: askForPasswordLink });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate(email.trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t("signIn.forgot.detail")}</Text>
        <TextInput
          label={t("signIn.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <div role="status">
          {isSuccess ? (
            <Alert icon={<IconMail aria-hidden />} style={{ overflowWrap: "anywhere" }}>
              {t("signIn.forgot.sent", { email: variables })}
            </Alert>
          ) : null}
        </div>
        <AuthProblem error={error} />
        <Button type="submit" loading={isPending} variant={isSuccess ? "default" : "filled"}>
          {t("signIn.forgot.action")}
        </Button>
        <Anchor component="button" type="button" size="sm" onClick={onBack}>
          {t("signIn.forgot.back")}
        </Anchor>
      </Stack>
    </form>
  );
}
