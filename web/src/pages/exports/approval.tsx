// A second person's word on an export: that it is wanted, how it was given, and the form for those who may give it.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { useSession } from "../../frame/session.ts";
import { useShown } from "../../lib/shown.ts";
import { Problem } from "../../parts/problem.tsx";
import { Facts } from "./facts.tsx";
import { Section } from "./section.tsx";
import type { ExportDetails } from "./use-live-export.ts";

export function Approval({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const { person } = useSession();
  const shown = useShown();
  const client = useQueryClient();
  const [note, setNote] = useState("");
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: (approve: boolean) =>
      api.org.postExportsByIdApproval(
        { org, id: of._id },
        { approve, ...(note.trim() === "" ? {} : { note: note.trim() }) },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: ["exports", org] }),
  });
  const approval = of.approval!;
  const reason = approval.reason === "rows" ? "rows" : "objects";
  const waits = approval.state === "wanted" && of.state === "pending";
  const isOwn = of.owner?.id === person._id;
  return (
    <Section title={t("exports.approval.title")}>
      <Stack gap="sm">
        <Facts
          facts={[
            { name: t("exports.approval.why"), value: t(`exports.approval.reasons.${reason}`) },
            { name: t("exports.approval.state"), value: t(`exports.approval.states.${approval.state}`) },
            {
              name: t("exports.approval.by"),
              value: approval.person === null ? null : of.people.find(({ id }) => id === approval.person)?.name,
            },
            { name: t("exports.approval.at"), value: approval.at === null ? null : shown.dateTime(approval.at) },
            { name: t("exports.approval.note"), value: approval.note },
          ]}
        />
        {!waits ? null : !may("exports.approve") || isOwn ? (
          <Text size="sm">{t(isOwn ? "exports.approval.waitOwn" : "exports.approval.wait")}</Text>
        ) : (
          <>
            <Textarea
              label={t("exports.approval.yourNote")}
              description={t("exports.approval.yourNoteHint")}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
              maxLength={2000}
              autosize
              minRows={2}
            />
            {error === null ? null : <Problem error={error} />}
            <Group gap="xs">
              <Button
                leftSection={<IconCheck size={16} aria-hidden />}
                loading={isPending && variables}
                onClick={() => mutate(true)}
              >
                {t("exports.approval.approve")}
              </Button>
              <Button
                variant="default"
                leftSection={<IconX size={16} aria-hidden />}
                loading={isPending && !variables}
                onClick={() => mutate(false)}
              >
                {t("exports.approval.refuse")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Section>
  );
}
