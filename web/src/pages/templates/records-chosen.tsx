// Which records a dataset holds, and in which order.
import { Fieldset, Stack, TagsInput, Text } from "@mantine/core";
import { ApiProblem } from "../../api/problem.ts";
import { useTranslation } from "react-i18next";
import { FilterBuilder } from "../../parts/filter-builder/filter-builder.tsx";
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
  // The filter shows what is wrong where it is.
  const wrong = findings.filter((it) => it.item === null && it.pointer.startsWith("/where"));
  const problem =
    wrong.length === 0
      ? null
      : new ApiProblem({
          status: 400,
          code: "invalid",
          detail: "",
          errors: wrong.map(({ pointer, text }) => ({ pointer, code: "invalid", detail: text })),
        });
  return (
    <Fold
      title={t("templates.records.title")}
      startsOpen={draft.where !== undefined || draft.order.length > 0}
      hasError={problem !== null || errorAt(findings, "/order") !== undefined}
    >
      <Fieldset variant="unstyled" disabled={readOnly}>
        <Stack gap="sm" pt="xs">
          <div data-pointer="/where">
            <Text size="sm" fw={500}>
              {t("templates.records.where")}
            </Text>
            <FilterBuilder
              fields={choices.fields}
              value={draft.where}
              onChange={(where) => patch({ where })}
              problem={problem}
            />
          </div>
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
