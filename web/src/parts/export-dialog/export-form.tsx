// What to export, how, and under which name; beside it what will come of it.
import { Box, Button, Divider, Group, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { besides, problemAt } from "../../lib/field-problem.ts";
import { useTimeZone } from "../../lib/time-zone.ts";
import { Problem } from "../problem.tsx";
import { useTellOrdered } from "../quick-export/use-quick-export.tsx";
import { ContentSection } from "./content-section.tsx";
import { bodyOf, type Draft, type ExportBody, firstDraft } from "./draft.ts";
import classes from "./export-form.module.css";
import { KindSection } from "./kind-section.tsx";
import { MoreSection } from "./more-section.tsx";
import { NameSection } from "./name-section.tsx";
import type { OpenedProps } from "./opened-dialog.tsx";
import { Summary } from "./summary.tsx";
import { useChoices } from "./use-choices.ts";
import { useEstimate } from "./use-estimate.ts";

/** A part of the form: what is entered, how it changes, and what is wrong at a place. */
export interface SectionProps {
  readonly draft: Draft;
  readonly change: (some: Partial<Draft>) => void;
  readonly problem: (pointer: string) => string | undefined;
}

/** Places that have a field of their own. */
const FIELDS = [
  "/paths",
  "/fileFormats",
  "/exportFiles",
  "/nameTemplate",
  "/options",
  "/container",
  "/datasetTemplate",
  "/exportTemplate",
  "/label",
  "/purpose",
  "/recipient",
  "/timeZone",
  "/language",
  "/principal",
  "/afterScript",
];

export function ExportForm({
  type,
  subject,
  onChange,
  onDone,
  onCancel,
}: OpenedProps & { readonly type: ObjectTypeWithFields }) {
  const { t, i18n } = useTranslation();
  const { org } = useOrg();
  const timeZone = useTimeZone();
  const tell = useTellOrdered();
  const choices = useChoices(org, type);
  const [draft, setDraft] = useState(() => firstDraft(type, subject, { timeZone, language: i18n.language }));
  const isComplete = draft.kind !== "template" || draft.template !== null;
  const body = bodyOf(draft, subject);
  const estimate = useEstimate(isComplete ? body : null);
  const form = useRef<HTMLFormElement>(null);
  // A request that is sent once more, since its answer was lost, orders nothing twice.
  const keys = useRef(new Map<string, string>());
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn(asked: ExportBody) {
      const text = JSON.stringify(asked);
      const key = keys.current.get(text) ?? crypto.randomUUID();
      keys.current.set(text, key);
      return api.org.postExports({ org }, asked, { headers: { "Idempotency-Key": key } });
    },
    onSuccess(ordered) {
      tell(ordered);
      onDone();
    },
    onError() {
      // What is to be put right is seen at once.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    },
  });
  const change = (some: Partial<Draft>): void => {
    setDraft((its) => ({ ...its, ...some }));
    onChange(true);
    if (error !== null) reset();
  };
  const refused = error ?? (isComplete ? estimate.error : null);
  const its: SectionProps = { draft, change, problem: (pointer) => problemAt(refused, pointer) };
  const other = besides(refused, FIELDS);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isComplete && !isPending) mutate(body);
      }}
    >
      <Box className={classes["sides"]}>
        <Stack gap="lg" miw={0}>
          <KindSection {...its} type={type} hasMetadata={choices.metadata.length > 0} />
          <ContentSection {...its} type={type} choices={choices} subject={subject} />
          <Divider />
          <NameSection {...its} />
          <MoreSection {...its} />
        </Stack>
        <Summary subject={subject} estimate={estimate} isComplete={isComplete} />
      </Box>
      <Box className={classes["foot"]}>
        {other === null ? null : <Problem error={other} />}
        <Group justify="flex-end" gap="xs" wrap="nowrap" mt={other === null ? 0 : "sm"}>
          <Button variant="default" onClick={onCancel}>
            {t("common.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={!isComplete}>
            {t("exportDialog.order")}
          </Button>
        </Group>
      </Box>
    </form>
  );
}
