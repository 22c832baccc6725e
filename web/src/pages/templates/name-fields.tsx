// Name and description of a template of either kind.
import { Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { errorAt } from "./field-errors.ts";
import type { Finding } from "./use-preview.ts";

interface Named {
  readonly name: string;
  readonly description: string;
}

export function NameFields({
  draft: { name, description },
  patch,
  findings,
  nameMissing,
}: {
  readonly draft: Named;
  readonly patch: (some: Partial<Named>) => void;
  readonly findings: readonly Finding[];
  readonly nameMissing: boolean;
}) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t("templates.name")}
        data-pointer="/name"
        maxLength={200}
        required
        withAsterisk={false}
        value={name}
        error={nameMissing ? t("templates.nameMissing") : errorAt(findings, "/name")}
        onChange={(event) => patch({ name: event.currentTarget.value })}
      />
      <Textarea
        label={t("templates.description")}
        description={t("templates.descriptionHint")}
        data-pointer="/description"
        autosize
        minRows={1}
        maxRows={6}
        value={description}
        onChange={(event) => patch({ description: event.currentTarget.value })}
      />
    </>
  );
}
