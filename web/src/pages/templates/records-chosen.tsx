// Which records a dataset holds, and in which order.
import { Fieldset, JsonInput, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorAt } from "./field-errors.ts";
import { Fold } from "./fold.tsx";
import type { Dataset } from "./model.ts";
import type { Choices } from "./use-choices.ts";
import type { Finding } from "./use-preview.ts";

export function RecordsChosen({
  draft,
  patch,
  findings,
  choices,
  readOnly,
}: {
  readonly draft: Dataset;
  readonly patch: (some: Partial<Dataset>) => void;
  readonly findings: readonly Finding[];
  readonly choices: Choices;
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => (draft.where === undefined ? "" : JSON.stringify(draft.where, null, 2)));
  const wrong = text.trim() !== "" && parsed(text) === undefined;
  const error = errorAt(findings, "/where");
  return (
    <Fold
      title={t("templates.records.title")}
      startsOpen={draft.where !== undefined || draft.order.length > 0}
      hasError={error !== undefined || errorAt(findings, "/order") !== undefined}
    >
      <Fieldset variant="unstyled" disabled={readOnly}>
        <Stack gap="sm" pt="xs">
          <JsonInput
            label={t("templates.records.where")}
            description={t("templates.records.whereHint")}
            data-pointer="/where"
            placeholder='{ "status": 1 }'
            autosize
            minRows={2}
            maxRows={12}
            spellCheck={false}
            value={text}
            formatOnBlur
            error={wrong ? t("templates.records.notJson") : error}
            onChange={(value) => {
              setText(value);
              if (value.trim() === "") patch({ where: undefined });
              else if (parsed(value) !== undefined) patch({ where: parsed(value) });
            }}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
          />
          <TagsInput
            label={t("templates.records.order")}
            description={t("templates.records.orderHint")}
            data-pointer="/order"
            data={choices.all.flatMap(({ path }) => [path, `-${path}`])}
            limit={40}
            value={[...draft.order]}
            onChange={(order) => patch({ order })}
            error={errorAt(findings, "/order")}
          />
          {draft.others["last"] === undefined ? null : (
            <Text size="sm">
              {t("templates.records.last")} <code>{JSON.stringify(draft.others["last"])}</code>
            </Text>
          )}
        </Stack>
      </Fieldset>
    </Fold>
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
