// A selection is frozen as a batch.
import { Alert, Anchor, Button, Code, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { api } from "../../../api/client.ts";
import { ApiProblem } from "../../../api/problem.ts";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { NamespaceSelect } from "../../../parts/namespaces/namespace-select.tsx";
import { useNamespaces } from "../../../parts/namespaces/use-namespaces.ts";
import { Problem } from "../../../parts/problem.tsx";
import type { RecordsFilter } from "./view.ts";

export interface BatchSubject {
  /** "12 selected samples". */
  readonly label: string;
  readonly filter: RecordsFilter & { readonly keys?: readonly string[] };
}

export function BatchDialog({
  org,
  type,
  subject,
  onClose,
}: {
  readonly org: string;
  readonly type: ObjectTypeWithFields;
  /** Null while it is closed. */
  readonly subject: BatchSubject | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={subject !== null}
      onClose={onClose}
      title={t("records.batch.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {subject === null ? null : <BatchForm org={org} type={type} subject={subject} onClose={onClose} />}
    </Modal>
  );
}

function BatchForm({
  org,
  type,
  subject: { label, filter },
  onClose,
}: {
  readonly org: string;
  readonly type: ObjectTypeWithFields;
  readonly subject: BatchSubject;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { number } = useShown();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [namespace, setNamespace] = useState<string | null>(filter.namespace ?? null);
  const { data: namespaces = [] } = useNamespaces(org, type.namespaced);
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: (missing: "refuse" | "leave-out") =>
      api.org.postBatches(
        { org },
        {
          object: type.name,
          name: name.trim(),
          ...(namespace === null ? {} : { namespace }),
          ...(filter.keys === undefined
            ? { where: filter.where ?? {}, ...(filter.search === undefined ? {} : { search: filter.search }) }
            : { keys: [...filter.keys] }),
          missing,
        },
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["batches", org] }),
  });
  if (data !== undefined) {
    const { notFound } = data;
    return (
      <Stack>
        <Alert color="teal" icon={<IconCheck aria-hidden />} role="status">
          <Text size="sm">
            {t("records.batch.created", { name: data.name, count: data.count, shown: number(data.count) })}
          </Text>
        </Alert>
        {notFound.count === 0 ? null : (
          <>
            <Text size="sm">
              {t("records.batch.notFound", { count: notFound.count, shown: number(notFound.count) })}
            </Text>
            <Code block mah={160} tabIndex={0}>
              {notFound.keys.join("\n")}
            </Code>
          </>
        )}
        <Group justify="space-between">
          <Anchor component={Link} to={`/${org}/batches/${data._id}`} data-autofocus>
            {t("records.batch.open")}
          </Anchor>
          <Button variant="default" onClick={onClose}>
            {t("common.close")}
          </Button>
        </Group>
      </Stack>
    );
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    mutate("refuse");
  };
  const missing = error instanceof ApiProblem ? missingKeys(error, filter.keys) : [];
  const open = namespaces.filter((it) => it.archived === null);
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text size="sm">{t("records.batch.what", { label })}</Text>
        <TextInput
          label={t("records.batch.name")}
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        {type.namespaced ? (
          <NamespaceSelect
            label={t("records.batch.namespace")}
            description={t("records.batch.namespaceHint")}
            required
            namespaces={open}
            value={namespace}
            onChange={(id) => {
              setNamespace(id);
              reset();
            }}
          />
        ) : null}
        {error === null ? null : missing.length === 0 ? (
          <Problem error={error} />
        ) : (
          <Stack gap="xs" role="alert">
            <Text size="sm" c="var(--mantine-color-error)">
              {t(type.namespaced ? "records.batch.elsewhere" : "records.batch.gone")}
            </Text>
            <Code block mah={160} tabIndex={0} aria-label={t("records.identifiers.notFoundList")}>
              {missing.join("\n")}
            </Code>
          </Stack>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common.cancel")}
          </Button>
          {missing.length > 0 && missing.length < (filter.keys?.length ?? 0) ? (
            <Button variant="default" loading={isPending} onClick={() => mutate("leave-out")}>
              {t("records.batch.leaveOut")}
            </Button>
          ) : null}
          <Button
            type="submit"
            loading={isPending}
            disabled={name.trim() === "" || missing.length > 0 || (type.namespaced && namespace === null)}
          >
            {t("records.batch.action")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Those that the server did not find, as far as it names them. */
function missingKeys({ facts }: ApiProblem, keys: readonly string[] = []): readonly string[] {
  return facts.errors.flatMap(({ pointer }) => {
    const place = /^\/keys\/(\d+)$/.exec(pointer);
    return place === null ? [] : (keys[Number(place[1])] ?? []);
  });
}
