// A namespace's name and code; its key too while it is made.
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { Namespace } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { besides, problemAt } from "../../../lib/field-problem.ts";
import { Problem } from "../../../parts/problem.tsx";

export function NamespaceForm({
  namespace,
  parent = null,
  onDone,
  onCancel,
}: {
  /** The one that is renamed; absent where one is made. */
  readonly namespace?: Namespace;
  readonly parent?: Namespace | null;
  readonly onDone: () => Promise<unknown>;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [name, setName] = useState(namespace?.name ?? "");
  const [code, setCode] = useState(namespace?.code ?? "");
  const [isOwnCode, setOwnCode] = useState(namespace !== undefined);
  const [key, setKey] = useState("");
  const its = { name: name.trim(), code: isOwnCode ? code.trim() : codeOf(name) };
  const { mutate, error, isPending } = useMutation({
    async mutationFn() {
      if (namespace !== undefined) return api.org.patchNamespacesById({ org, id: namespace._id }, its);
      const keyed = key.trim() === "" ? {} : { key: key.trim() };
      return api.org.postNamespaces({ org }, { parent: parent?._id ?? null, ...its, ...keyed });
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const apart = besides(error, ["/name", "/code", "/key"]);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("people.namespace.name")}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={problemAt(error, "/name")}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <TextInput
          label={t("people.namespace.code")}
          description={t("people.namespace.codeHint")}
          required
          withAsterisk={false}
          maxLength={100}
          spellCheck={false}
          value={its.code}
          error={problemAt(error, "/code")}
          onChange={(event) => {
            setOwnCode(true);
            setCode(event.currentTarget.value);
          }}
        />
        {namespace === undefined ? (
          <TextInput
            label={`${t("people.namespace.key")} (${t("common.optional")})`}
            description={t("people.namespace.keyHint")}
            maxLength={500}
            spellCheck={false}
            value={key}
            error={problemAt(error, "/key")}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        ) : null}
        {apart === null ? null : <Problem error={apart} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {namespace === undefined ? t("people.namespace.create") : t("people.namespace.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** `Étang du Nord` as `etang-du-nord`. */
function codeOf(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9._]+/g, "-")
    .replaceAll(/^[^a-z0-9]+|-+$/g, "")
    .slice(0, 100);
}
