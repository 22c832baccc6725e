// The inside of the dialog: a step after the other, with what comes of them beside.
import { Button, Grid, Group, Stack, Stepper } from "@mantine/core";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { Problem } from "../problem.tsx";
import { useQuickExport } from "../quick-export/use-quick-export.tsx";
import { useTemplates } from "../quick-export/use-templates.ts";
import { type Draft, type Kind, newDraft, orderOf } from "./draft.ts";
import { MEMBERS, problemAt, type Step, stepOf } from "./places.ts";
import { StepColumns } from "./step-columns.tsx";
import { StepFiles } from "./step-files.tsx";
import { StepFormat } from "./step-format.tsx";
import { StepName } from "./step-name.tsx";
import { StepWhat } from "./step-what.tsx";
import type { ExportSubject } from "./subject.ts";
import { Summary } from "./summary.tsx";
import { useEstimate } from "./use-estimate.ts";

const STEPS: Readonly<Record<Kind, readonly Step[]>> = {
  table: ["what", "columns", "format", "name"],
  files: ["what", "files", "name"],
  folders: ["what", "files", "name"],
  template: ["what", "name"],
};

export function ExportForm({
  subject,
  type,
  onChanged,
  onDone,
}: {
  readonly subject: ExportSubject;
  readonly type: ObjectTypeWithFields;
  /** Told once something was chosen. */
  readonly onChanged: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { org, purpose } = useOrg();
  const wantsPurpose = purpose === "required";
  const templates = useTemplates(org, type.name, true) ?? [];
  const kinds = kindsOf(type, templates.length > 0);
  const [draft, setDraft] = useState<Draft>(() => newDraft(subject, "table"));
  const [step, setStep] = useState<Step>("what");
  const form = useRef<HTMLFormElement>(null);
  const goTo = (next: Step): void => {
    setStep(next);
    // On a phone, a step is longer than the screen.
    form.current?.scrollIntoView({ block: "start" });
  };
  const steps = STEPS[draft.kind];
  const change = (its: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...its }));
    onChanged();
  };
  const isComplete =
    (draft.kind !== "template" || draft.template !== null) && (draft.kind !== "table" || draft.paths?.length !== 0);
  const order = useMemo(() => orderOf(subject, draft), [subject, draft]);
  const { estimate, problem, isLoading } = useEstimate(org, isComplete ? order : null);
  const { mutate, error, isPending, variables } = useQuickExport();
  // What was said of the request as it was ordered counts until it is another one.
  const refused = error !== null && JSON.stringify(variables) === JSON.stringify(order) ? error : null;
  const said = refused ?? problem;
  const isPlaced = Object.values(MEMBERS)
    .flat()
    .some((member) => problemAt(said, member) !== undefined);
  const lacksPurpose = wantsPurpose && draft.purpose.trim() === "";
  const at = steps.indexOf(step);
  const isLast = at === steps.length - 1;
  const goOn = (event: FormEvent): void => {
    event.preventDefault();
    if (!isLast) {
      goTo(steps[at + 1]!);
      return;
    }
    mutate(order, {
      onSuccess: onDone,
      onError: (its) => {
        const wrong = stepOf(its, steps);
        if (wrong !== null) goTo(wrong);
      },
    });
  };
  const props = { subject, type, draft, change, problem: said };
  return (
    <form ref={form} onSubmit={goOn} noValidate>
      <Stepper
        active={at}
        onStepClick={(n) => goTo(steps[n]!)}
        size="xs"
        mb="md"
        aria-label={t("exportDialog.steps.label")}
      >
        {steps.map((its) => (
          <Stepper.Step
            key={its}
            label={t(`exportDialog.steps.${its}`)}
            color={stepOf(said, steps) === its ? "red.9" : undefined}
          />
        ))}
      </Stepper>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          {step === "what" ? <StepWhat {...props} kinds={kinds} templates={templates} /> : null}
          {step === "columns" ? <StepColumns {...props} templates={templates} /> : null}
          {step === "files" ? <StepFiles {...props} /> : null}
          {step === "format" ? <StepFormat {...props} /> : null}
          {step === "name" ? <StepName {...props} wantsPurpose={wantsPurpose} /> : null}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            {said === null || (isPlaced && refused === null && stepOf(said, [step]) !== null) ? null : (
              <Problem error={said} />
            )}
            <Summary estimate={estimate} isLoading={isLoading} />
          </Stack>
        </Grid.Col>
      </Grid>
      <Group justify="space-between" mt="lg">
        <Button variant="default" disabled={at === 0} onClick={() => goTo(steps[at - 1]!)}>
          {t("exportDialog.back")}
        </Button>
        <Group gap="xs">
          {isLast ? null : (
            <Button
              variant="default"
              disabled={!isComplete || lacksPurpose}
              loading={isPending}
              onClick={() => mutate(order, { onSuccess: onDone })}
            >
              {t("exportDialog.order")}
            </Button>
          )}
          <Button type="submit" disabled={isLast && (!isComplete || lacksPurpose)} loading={isLast && isPending}>
            {isLast ? t("exportDialog.order") : t("common.next")}
          </Button>
        </Group>
      </Group>
    </form>
  );
}

/** What an object type can be exported as. */
function kindsOf({ files }: ObjectTypeWithFields, hasTemplates: boolean): readonly Kind[] {
  return [
    "table",
    ...(files.length === 0 ? [] : (["files"] as const)),
    "folders",
    ...(hasTemplates ? (["template"] as const) : []),
  ];
}
