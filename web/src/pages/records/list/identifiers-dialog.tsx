// Records are selected by identifiers that are pasted; those that are not found are said.
import { Alert, Button, Code, CopyButton, Group, Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useShown } from "../../../lib/shown.ts";
import { Problem } from "../../../parts/problem.tsx";
import { MOST_IDENTIFIERS, readIdentifiers, readKeys } from "./identifiers.ts";

/** Types that identifiers have. */
const SUITED = new Set(["text", "integer", "uuid"]);
const KEY = "";

export function IdentifiersDialog({
  org,
  type,
  namespace,
  opened,
  onClose,
  onFound,
}: {
  readonly org: string;
  readonly type: ObjectTypeWithFields;
  readonly namespace: string | null;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onFound: (keys: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { number } = useShown();
  const [text, setText] = useState("");
  const [by, setBy] = useState(KEY);
  const deferred = useDeferredValue(text);
  const values = by === KEY && type.key.length > 1 ? readKeys(deferred) : readIdentifiers(deferred);
  const { mutate, data, error, isPending, reset } = useMutation({
    mutationFn: () =>
      api.org.postObjectsByNameLookup(
        { org, name: type.name },
        { values: [...values], ...(by === KEY ? {} : { by }), ...(namespace === null ? {} : { namespace }) },
      ),
    onSuccess({ found, notFound }) {
      const keys = [...new Set(found.map((it) => it.key))];
      if (keys.length > 0) onFound(keys);
      if (notFound.length === 0) close();
    },
  });
  const close = (): void => {
    reset();
    setText("");
    onClose();
  };
  const labelOf = (name: string): string => type.fields.find((it) => it.name === name)?.label ?? name;
  const fields = type.fields.filter((it) => SUITED.has(it.type) && it.readable && it.operators.includes("$in"));
  const tooMany = values.length > MOST_IDENTIFIERS;
  const found = data === undefined ? 0 : new Set(data.found.map((it) => it.key)).size;
  return (
    <Modal
      opened={opened}
      onClose={close}
      size="lg"
      title={t("records.identifiers.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {data === undefined || data.notFound.length === 0 ? (
        <Stack>
          <Select
            label={t("records.identifiers.by")}
            allowDeselect={false}
            searchable
            data={[
              ...(type.key.length === 0
                ? []
                : [{ value: KEY, label: t("records.identifiers.key", { name: type.key.map(labelOf).join(", ") }) }]),
              ...fields
                .filter((it) => !(type.key.length === 1 && it.name === type.key[0]))
                .map((it) => ({ value: it.name, label: it.label ?? it.name })),
            ]}
            value={by}
            onChange={(next) => setBy(next ?? KEY)}
          />
          <Textarea
            label={t("records.identifiers.text")}
            description={t(
              by === KEY && type.key.length > 1 ? "records.identifiers.hintKeys" : "records.identifiers.hint",
            )}
            rows={10}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={tooMany ? t("records.identifiers.tooMany", { shown: number(MOST_IDENTIFIERS) }) : undefined}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
            data-autofocus
          />
          {error === null ? null : <Problem error={error} />}
          <Group justify="space-between">
            <Text size="sm" c="dimmed" role="status">
              {t("records.identifiers.count", { count: values.length, shown: number(values.length) })}
            </Text>
            <Group>
              <Button variant="default" onClick={close}>
                {t("common.cancel")}
              </Button>
              <Button loading={isPending} disabled={values.length === 0 || tooMany} onClick={() => mutate()}>
                {t("records.identifiers.action")}
              </Button>
            </Group>
          </Group>
        </Stack>
      ) : (
        <Stack>
          {found === 0 ? null : (
            <Alert color="teal" icon={<IconCheck aria-hidden />} role="status">
              <Text size="sm">{t("records.identifiers.found", { count: found, shown: number(found) })}</Text>
            </Alert>
          )}
          <Group justify="space-between">
            <Text size="sm" fw={600} role="status">
              {t("records.identifiers.notFound", {
                count: data.notFound.length,
                shown: number(data.notFound.length),
              })}
            </Text>
            <CopyButton value={data.notFound.join("\n")}>
              {({ copied, copy }) => (
                <Button size="compact-sm" variant="subtle" onClick={copy}>
                  {copied ? t("common.copied") : t("common.copy")}
                </Button>
              )}
            </CopyButton>
          </Group>
          <Code block mah={240} tabIndex={0} aria-label={t("records.identifiers.notFoundList")}>
            {data.notFound.join("\n")}
          </Code>
          <Text size="sm" c="dimmed">
            {t("records.identifiers.why")}
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={reset}>
              {t("records.identifiers.again")}
            </Button>
            <Button onClick={close} data-autofocus>
              {t("common.close")}
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
