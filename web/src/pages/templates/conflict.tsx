// Somebody else was quicker: what they saved beside what is here, and what to do about it.
import { Alert, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Template } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useShown } from "../../lib/shown.ts";
import { Answer } from "../../parts/answer.tsx";
import { ComparisonView } from "./comparison-view.tsx";
import { callsOf, type Kind, resourceOf } from "./kinds.ts";
import type { Facts } from "./model.ts";

/** Told as soon as it is known, before anything is saved. */
export function Meanwhile({
  newest,
  isChanged,
  onTake,
}: {
  readonly newest: Template;
  readonly isChanged: boolean;
  readonly onTake: () => void;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  return (
    <Alert color="yellow" icon={<IconUsers aria-hidden />} title={t("templates.conflict.title")} role="status">
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {t("templates.conflict.meanwhile", { revision: newest.revision, when: shown.dateTime(newest.updated) })}{" "}
          {isChanged ? t("templates.conflict.kept") : null}
        </Text>
        <Button size="xs" variant="default" onClick={onTake}>
          {isChanged ? t("templates.conflict.take") : t("templates.conflict.show")}
        </Button>
      </Group>
    </Alert>
  );
}

export function Conflict({
  kind,
  id,
  mine,
  isSaving,
  onKeep,
  onTake,
  onClose,
}: {
  readonly kind: Kind;
  readonly id: string;
  readonly mine: Facts;
  readonly isSaving: boolean;
  readonly onKeep: (revision: number) => void;
  readonly onTake: (theirs: Template) => void;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const found = useQuery({
    queryKey: [resourceOf(kind), org, id, "conflict"],
    queryFn: ({ signal }) => callsOf(kind).get({ org, id }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t("templates.conflict.title")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Answer of={found}>
        {(theirs) => (
          <Stack>
            <Text size="sm">{t("templates.conflict.detail", { revision: theirs.revision })}</Text>
            <ComparisonView
              before={theirs.template}
              after={mine}
              labels={[t("templates.conflict.theirs", { revision: theirs.revision }), t("templates.conflict.mine")]}
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button variant="default" onClick={() => onTake(theirs)}>
                {t("templates.conflict.take")}
              </Button>
              <Button loading={isSaving} onClick={() => onKeep(theirs.revision)}>
                {t("templates.conflict.keep")}
              </Button>
            </Group>
          </Stack>
        )}
      </Answer>
    </Modal>
  );
}
