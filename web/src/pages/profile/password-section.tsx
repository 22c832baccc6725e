// Another password.
import { Button, Group, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword } from "../../api/auth.ts";
import { useSession } from "../../frame/session.ts";
import { AuthProblem } from "../../parts/auth-problem.tsx";
import { NewPassword } from "../../parts/new-password.tsx";
import { Section } from "../../parts/section.tsx";

export function PasswordSection() {
  const { t } = useTranslation();
  const { person } = useSession();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => changePassword(current, next),
    onSuccess() {
      setCurrent("");
      setNext("");
      notifications.show({ message: t("profile.password.done"), color: "teal" });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <Section title={t("profile.password.title")} detail={t("profile.password.detail")}>
      <form onSubmit={submit}>
        {/* For whatever keeps the reader's passwords. */}
        <input type="text" name="username" autoComplete="username" value={person.email} readOnly hidden />
        <Stack maw={440}>
          <PasswordInput
            label={t("profile.password.current")}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ "aria-label": t("signIn.showPassword") }}
          />
          <NewPassword label={t("signIn.newPassword.label")} value={next} onChange={setNext} />
          <AuthProblem error={error} />
          <Group>
            <Button type="submit" variant="default" loading={isPending}>
              {t("profile.password.action")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
