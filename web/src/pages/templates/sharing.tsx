// The namespaces that a template is shared with.
import { ActionIcon, Button, Group, List, Select, Stack, Text, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { Problem } from "../../parts/problem.tsx";
import { useNamespaces } from "./facts-hooks.ts";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";

export function Sharing({
  kind,
  template: { _id: id, namespace },
}: {
  readonly kind: Kind;
  readonly template: Template;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const client = useQueryClient();
  const { all, pathOf } = useNamespaces();
  const [chosen, setChosen] = useState<string | null>(null);
  const queryKey = [resourceOf(kind), org, id, "shares"];
  const found = useQuery({
    queryKey,
    queryFn: ({ signal }) => callsOf(kind).shares({ org, id, limit: 500 }, { signal }),
  });
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ its, shared }: { readonly its: string; readonly shared: boolean }) =>
      shared ? callsOf(kind).share({ org, id, namespace: its }) : callsOf(kind).unshare({ org, id, namespace: its }),
    async onSuccess() {
      setChosen(null);
      await client.invalidateQueries({ queryKey });
    },
  });
  const mayShare = may("templates.share");
  return (
    <Stack maw={640}>
      <div>
        <Title order={2}>{t("templates.sharing.home")}</Title>
        <Text size="sm">{namespace === null ? t("templates.sharing.alone") : pathOf(namespace)}</Text>
      </div>
      <Title order={2}>{t("templates.sharing.with")}</Title>
      <Text size="sm" c="dimmed">
        {t("templates.sharing.detail")}
      </Text>
      <Answer of={found}>
        {({ data }) => {
          const shared = new Set(data.map((it) => it.namespace));
          const others = all.filter((it) => !shared.has(it._id) && it._id !== namespace && it.role !== "guest");
          return (
            <>
              {data.length === 0 ? <Text size="sm">{t("templates.sharing.nowhere")}</Text> : null}
              <List size="sm" listStyleType="none">
                {data.map((it) => (
                  <List.Item key={it.namespace}>
                    <Group gap="xs">
                      {pathOf(it.namespace)}
                      {mayShare ? (
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          c="dimmed"
                          size="sm"
                          aria-label={t("templates.sharing.remove", { name: pathOf(it.namespace) })}
                          onClick={() => mutate({ its: it.namespace, shared: false })}
                        >
                          <IconX size={16} aria-hidden />
                        </ActionIcon>
                      ) : null}
                    </Group>
                  </List.Item>
                ))}
              </List>
              {mayShare ? (
                <Group align="flex-end" gap="sm">
                  <Select
                    label={t("templates.sharing.namespace")}
                    data={others.map((it) => ({ value: it._id, label: pathOf(it._id) }))}
                    value={chosen}
                    onChange={setChosen}
                    searchable
                    flex={1}
                    maw={360}
                    nothingFoundMessage={t("templates.sharing.noneLeft")}
                  />
                  <Button
                    disabled={chosen === null}
                    loading={isPending}
                    onClick={() => chosen !== null && mutate({ its: chosen, shared: true })}
                  >
                    {t("templates.sharing.share")}
                  </Button>
                </Group>
              ) : null}
            </>
          );
        }}
      </Answer>
      {error === null ? null : <Problem error={error} />}
    </Stack>
  );
}
