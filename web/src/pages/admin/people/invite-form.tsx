// Whom to invite, with which role, and where.
import { Button, Group, Radio, Stack, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { besides, problemAt } from "../../../lib/field-problem.ts";
import { Problem } from "../../../parts/problem.tsx";
import type { Invited } from "./invite-dialog.tsx";
import { NamespaceSelect } from "./namespace-select.tsx";
import { ROLES } from "./roles.ts";
import { isManaged, type NamespaceTree } from "../../../parts/namespaces/use-namespace-tree.ts";

/** Without a role or over all namespaces: for administrators alone to give. */
const CHOICES = ["none", ...ROLES, "admin"] as const;
type Choice = (typeof CHOICES)[number];

export function InviteForm({
  tree,
  onInvited,
  onCancel,
}: {
  readonly tree: NamespaceTree;
  readonly onInvited: (invited: Invited) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { org, isAdmin } = useOrg();
  const client = useQueryClient();
  const managed = tree.all.filter(isManaged);
  const choices = CHOICES.filter((it) => (it === "none" || it === "admin" ? isAdmin : managed.length > 0));
  const [email, setEmail] = useState("");
  const [choice, setChoice] = useState<Choice>(choices.includes("analyst") ? "analyst" : (choices[0] ?? "none"));
  const [namespace, setNamespace] = useState(managed.length === 1 ? managed[0]!._id : null);
  const [isTried, setTried] = useState(false);
  const needsNamespace = choice !== "none" && choice !== "admin";
  const isMissing = needsNamespace && namespace === null;
  const { mutate, error, isPending } = useMutation({
    mutationFn: () =>
      api.org.postInvitations(
        { org },
        {
          email: email.trim(),
          role: choice === "none" ? null : choice,
          namespace: needsNamespace ? namespace : null,
        },
      ),
    async onSuccess(made) {
      await client.invalidateQueries({ queryKey: ["invitations", org] });
      onInvited(made);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isMissing) mutate();
  };
  const apart = besides(error, ["/email", "/namespace"]);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("people.invite.email")}
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
          maxLength={254}
          value={email}
          error={problemAt(error, "/email")}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-autofocus
        />
        <Radio.Group label={t("people.invite.role")} value={choice} onChange={(next) => setChoice(next)}>
          <Stack gap="xs" mt={6}>
            {choices.map((value) => (
              <Radio
                key={value}
                value={value}
                label={t(`people.role.${value}`)}
                description={t(`people.roleHint.${value}`)}
              />
            ))}
          </Stack>
        </Radio.Group>
        {needsNamespace ? (
          <NamespaceSelect
            label={t("people.invite.namespace")}
            description={t("people.invite.namespaceHint")}
            placeholder={t("people.namespaces.search")}
            tree={tree}
            offered={isManaged}
            value={namespace}
            error={isTried && isMissing ? t("people.invite.namespaceNeeded") : problemAt(error, "/namespace")}
            onChange={setNamespace}
          />
        ) : null}
        {apart === null ? null : <Problem error={apart} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t("people.invite.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
