// What people call it, what it is for, whether to write a mail; and what few people need.
import { Button, Checkbox, Collapse, Stack, Textarea, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useOrg } from "../../frame/org.ts";
import { problemAt } from "./places.ts";
import type { StepProps } from "./step.ts";

const MORE = ["recipient", "principal", "afterScript", "description"];

export function StepName({ draft, change, problem, wantsPurpose }: StepProps & { readonly wantsPurpose: boolean }) {
  const { t } = useTranslation();
  const { isAdmin } = useOrg();
  const [opened, { toggle }] = useDisclosure(false);
  const isWrong = MORE.some((member) => problemAt(problem, member) !== undefined);
  const field = (name: "label" | "purpose" | "description" | "recipient" | "principal" | "afterScript") => ({
    label: t(`exportDialog.name.${name}`),
    description: t(`exportDialog.name.${name}Hint`),
    value: draft[name],
    error: problemAt(problem, name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      change({ [name]: event.currentTarget.value }),
  });
  return (
    <Stack>
      <TextInput {...field("label")} maxLength={100} data-autofocus />
      <TextInput {...field("purpose")} required={wantsPurpose} />
      <Checkbox
        label={t("exportDialog.name.notify")}
        checked={draft.notify}
        onChange={(event) => change({ notify: event.currentTarget.checked })}
      />
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={opened || isWrong}
        rightSection={opened ? <IconChevronUp size={14} aria-hidden /> : <IconChevronDown size={14} aria-hidden />}
        style={{ alignSelf: "flex-start" }}
      >
        {t("exportDialog.more")}
      </Button>
      <Collapse expanded={opened || isWrong}>
        <Stack>
          <Textarea {...field("description")} autosize minRows={2} />
          <TextInput {...field("recipient")} placeholder="age1…" />
          {isAdmin ? <TextInput {...field("principal")} /> : null}
          {isAdmin ? (
            <Textarea {...field("afterScript")} autosize minRows={3} ff="monospace" spellCheck={false} />
          ) : null}
        </Stack>
      </Collapse>
    </Stack>
  );
}
