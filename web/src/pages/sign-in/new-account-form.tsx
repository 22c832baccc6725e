// An account that is being made: name, address where it is not given, password, language.
import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { besides, problemAt } from "../../lib/field-problem.ts";
import { NewPassword } from "../../parts/new-password.tsx";
import { Problem } from "../../parts/problem.tsx";
import { type Language, LANGUAGE_NAMES, LANGUAGES, speak } from "../../text/index.ts";

export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language: Language;
}

export function NewAccountForm({
  email: given,
  pointer,
  action,
  onSubmit,
}: {
  /** The address that it is for; absent where it is asked for. */
  readonly email?: string;
  /** Where name and password are in what is sent: empty, or `/account`. */
  readonly pointer: string;
  readonly action: string;
  readonly onSubmit: (account: NewAccount) => Promise<unknown>;
}) {
  const { t, i18n } = useTranslation();
  const [email, setEmail] = useState(given ?? "");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const language = LANGUAGES.find((it) => it === i18n.language) ?? "en";
  const { mutate, error, isPending } = useMutation({
    mutationFn: () => onSubmit({ email: email.trim(), name: name.trim(), password, language }),
  });
  // Of the server's two layers one names the place within the account, the other within the request.
  const at = (field: string) => problemAt(error, `${pointer}/${field}`) ?? problemAt(error, `/${field}`);
  const apart = besides(
    error,
    ["email", "name", "password"].flatMap((it) => [`/${it}`, `${pointer}/${it}`]),
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("signIn.email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          readOnly={given !== undefined}
          value={email}
          error={at("email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
          autoFocus={given === undefined}
        />
        <TextInput
          label={t("signIn.name")}
          description={t("signIn.nameHint")}
          name="name"
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={at("name")}
          onChange={(event) => setName(event.currentTarget.value)}
          autoFocus={given !== undefined}
        />
        <NewPassword
          label={t("signIn.newPassword.choose")}
          value={password}
          onChange={setPassword}
          error={at("password")}
        />
        <Select
          label={t("common.language")}
          data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          value={language}
          allowDeselect={false}
          onChange={(value) => void speak(value as Language)}
        />
        {apart === null ? null : <Problem error={apart} />}
        <Button type="submit" loading={isPending}>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
