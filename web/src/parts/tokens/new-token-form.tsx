// What a token is for, what it is good for, from where, and until when.
import { Button, Checkbox, Group, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { besides, problemAt } from "../../lib/field-problem.ts";
import { Problem } from "../problem.tsx";

/** Days. */
const EXPIRIES = { month: 30, quarter: 90, year: 365, never: null } as const;
type Expiry = keyof typeof EXPIRIES;
const EXPIRY_NAMES = Object.keys(EXPIRIES) as Expiry[];

type Scope = "query" | "read" | "export" | "templates" | "admin";
/** Those that one's role has any use for. */
const SCOPES: readonly { readonly scope: Scope; readonly action: string }[] = [
  { scope: "query", action: "graphql.use" },
  { scope: "read", action: "org.see" },
  { scope: "export", action: "exports.create" },
  { scope: "templates", action: "templates.create" },
  { scope: "admin", action: "members.manage" },
];

export function NewTokenForm({
  onMade,
  onCancel,
}: {
  readonly onMade: (secret: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<string[]>(["read"]);
  const [expiry, setExpiry] = useState<Expiry>("quarter");
  const [addresses, setAddresses] = useState("");
  const { mutate, error, isPending } = useMutation({
    async mutationFn() {
      const days = EXPIRIES[expiry];
      const { token } = await api.org.postTokens(
        { org },
        {
          name: name.trim(),
          scopes: scopes as Scope[],
          addresses: addresses.split(/[\s,;]+/).filter(Boolean),
          expires: days === null ? null : new Date(Date.now() + days * 86_400_000).toISOString(),
        },
      );
      await client.invalidateQueries({ queryKey: ["tokens", org] });
      return token;
    },
    onSuccess: onMade,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (scopes.length > 0) mutate();
  };
  const apart = besides(error, ["/name", "/scopes", "/addresses", "/expires", "/expiresAt"]);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("profile.tokens.name")}
          description={t("profile.tokens.nameHint")}
          required
          withAsterisk={false}
          maxLength={100}
          value={name}
          error={problemAt(error, "/name")}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox.Group
          label={t("profile.tokens.scopes")}
          value={scopes}
          onChange={setScopes}
          error={scopes.length === 0 ? t("profile.tokens.scopesNeeded") : problemAt(error, "/scopes")}
        >
          <Stack gap="xs" mt={6}>
            {SCOPES.filter(({ action }) => may(action)).map(({ scope }) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`profile.tokens.scope.${scope}`)}
                description={t(`profile.tokens.scopeHint.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label={t("profile.tokens.expiry.label")}
          description={expiry === "never" ? t("profile.tokens.expiry.neverHint") : undefined}
          inputWrapperOrder={["label", "input", "description", "error"]}
          data={EXPIRY_NAMES.map((value) => ({ value, label: t(`profile.tokens.expiry.${value}`) }))}
          value={expiry}
          allowDeselect={false}
          error={problemAt(error, "/expires")}
          onChange={(value) => setExpiry(value as Expiry)}
        />
        <Textarea
          label={t("profile.tokens.addressesLabel")}
          description={t("profile.tokens.addressesHint")}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          value={addresses}
          error={problemAt(error, "/addresses")}
          onChange={(event) => setAddresses(event.currentTarget.value)}
        />
        {apart === null ? null : <Problem error={apart} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t("profile.tokens.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
