// The revisions of a template: two of them beside each other, and an old one brought back.
import { Anchor, Badge, Button, Group, Radio, Stack, Table, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { usePages } from "../../lib/use-pages.ts";
import { Answer } from "../../parts/answer.tsx";
import { Confirm } from "../../parts/confirm.tsx";
import { Pager } from "../../parts/pager.tsx";
import { ComparisonView } from "./comparison-view.tsx";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";

export function Versions({
  kind,
  template,
  isChanged,
  onRestored,
}: {
  readonly kind: Kind;
  readonly template: Template;
  /** Whether there are changes that are not saved. */
  readonly isChanged: boolean;
  readonly onRestored: (template: Template) => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const { _id: id, revision } = template;
  const [one, setOne] = useState<number>(Math.max(1, revision - 1));
  const [other, setOther] = useState<number>(revision);
  const [restoring, setRestoring] = useState<number | null>(null);
  const { found, ...pager } = usePages([resourceOf(kind), org, id, "versions"], (after, signal) =>
    callsOf(kind).versions({ org, id, limit: 20, ...(after === undefined ? {} : { after }) }, { signal }),
  );
  const both = useQuery({
    queryKey: [resourceOf(kind), org, id, "both", one, other],
    queryFn: ({ signal }) =>
      Promise.all([one, other].map((it) => callsOf(kind).get({ org, id, revision: it }, { signal }))),
    enabled: one !== other,
    staleTime: Infinity,
  });
  const restore = useMutation({
    async mutationFn(was: number) {
      const former = await callsOf(kind).get({ org, id, revision: was });
      return callsOf(kind).replace({ org, id, revision }, former.template);
    },
    onSuccess: onRestored,
  });
  return (
    <Stack>
      <Answer of={found}>
        {({ data }) => (
          <Table.ScrollContainer
            minWidth={480}
            scrollAreaProps={{
              viewportProps: { tabIndex: 0, role: "region", "aria-label": t("templates.tabs.versions") },
            }}
          >
            <Table aria-label={t("templates.tabs.versions")} fz="sm" maw={860}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t("templates.revision")}</Table.Th>
                  <Table.Th>{t("templates.versions.when")}</Table.Th>
                  <Table.Th>{t("templates.versions.who")}</Table.Th>
                  <Table.Th>{t("templates.versions.one")}</Table.Th>
                  <Table.Th>{t("templates.versions.other")}</Table.Th>
                  <Table.Th>{t("common.actions")}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.map((it) => (
                  <Table.Tr key={it.revision}>
                    <Table.Td>
                      {it.revision}{" "}
                      {it.revision === revision ? (
                        <Badge variant="default" tt="none" fw={500}>
                          {t("templates.versions.current")}
                        </Badge>
                      ) : null}
                    </Table.Td>
                    <Table.Td>{shown.dateTime(it.created)}</Table.Td>
                    <Table.Td>{it.name ?? t("templates.somebody")}</Table.Td>
                    <Table.Td>
                      <Radio
                        size="xs"
                        name="one"
                        checked={one === it.revision}
                        onChange={() => setOne(it.revision)}
                        aria-label={t("templates.versions.compareFrom", { revision: it.revision })}
                      />
                    </Table.Td>
                    <Table.Td>
                      <Radio
                        size="xs"
                        name="other"
                        checked={other === it.revision}
                        onChange={() => setOther(it.revision)}
                        aria-label={t("templates.versions.compareTo", { revision: it.revision })}
                      />
                    </Table.Td>
                    <Table.Td>
                      {it.revision === revision || !template.mayChange ? null : (
                        <Anchor component="button" type="button" size="sm" onClick={() => setRestoring(it.revision)}>
                          {t("templates.versions.restore")}
                        </Anchor>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Answer>
      <Pager {...pager} />
      <Group justify="space-between">
        <Title order={2}>
          {one === other ? t("templates.versions.pick") : t("templates.versions.compared", { one, other })}
        </Title>
        {one === other ? null : (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setOne(other);
              setOther(one);
            }}
          >
            {t("templates.versions.swap")}
          </Button>
        )}
      </Group>
      {one === other ? (
        <Text size="sm" c="dimmed">
          {revision === 1 ? t("templates.versions.onlyOne") : t("templates.versions.pickDetail")}
        </Text>
      ) : (
        <Answer of={both}>
          {([before, after]) => (
            <ComparisonView
              before={before!.template}
              after={after!.template}
              labels={[
                t("templates.versions.numbered", { revision: one }),
                t("templates.versions.numbered", { revision: other }),
              ]}
            />
          )}
        </Answer>
      )}
      <Confirm
        opened={restoring !== null}
        onClose={() => setRestoring(null)}
        title={t("templates.versions.restoreTitle", { revision: restoring ?? "" })}
        action={t("templates.versions.restore")}
        onConfirm={() => restore.mutateAsync(restoring!)}
      >
        {t("templates.versions.restoreDetail")} {isChanged ? t("templates.versions.restoreLoses") : null}
      </Confirm>
    </Stack>
  );
}
