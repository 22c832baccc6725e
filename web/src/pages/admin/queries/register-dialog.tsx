// A query is registered; the id by which programs run it is shown.
import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { besides, problemAt } from "../../../lib/field-problem.ts";
import { CopyField } from "../../../parts/copy-field.tsx";
import { Problem } from "../../../parts/problem.tsx";

export function RegisterDialog({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [id, setId] = useState<string | null>(null);
  const close = (): void => {
    setId(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={t("admin.queries.registerTitle")}
      closeButtonProps={{ "aria-label": t("common.close") }}
      closeOnClickOutside={false}
      size="xl"
    >
      {id === null ? (
        <RegisterForm onRegistered={setId} onCancel={close} />
      ) : (
        <Stack>
          <Text size="sm" role="status">
            {t("admin.queries.registered")}
          </Text>
          <CopyField label={t("admin.queries.id")} value={id} />
          <Group justify="flex-end">
            <Button onClick={close}>{t("admin.queries.done")}</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function RegisterForm({
  onRegistered,
  onCancel,
}: {
  readonly onRegistered: (id: string) => void;
  readonly onCancel: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [document, setDocument] = useState("");
  const { mutate, error, isPending } = useMutation({
    async mutationFn() {
      const { documentId } = await api.org.postPersistedQueries({ org }, { name: name.trim(), document });
      await client.invalidateQueries({ queryKey: ["persisted-queries", org] });
      return documentId;
    },
    onSuccess: onRegistered,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate();
  };
  const apart = besides(error, ["/name", "/document"]);
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={t("admin.queries.name")}
          description={t("admin.queries.nameHint")}
          required
          withAsterisk={false}
          maxLength={200}
          value={name}
          error={problemAt(error, "/name")}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t("admin.queries.document")}
          description={t("admin.queries.documentHint")}
          required
          withAsterisk={false}
          autosize
          minRows={8}
          maxRows={20}
          maxLength={100_000}
          spellCheck={false}
          styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
          value={document}
          error={problemAt(error, "/document")}
          onChange={(event) => setDocument(event.currentTarget.value)}
        />
        {apart === null ? null : <Problem error={apart} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending}>
            {t("admin.queries.register")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
