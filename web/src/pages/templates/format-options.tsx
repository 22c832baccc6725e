// The options of a format, as far as it has any.
import { Fieldset, SimpleGrid, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { DelimitedOptions } from "./delimited-options.tsx";
import { errorAt } from "./field-errors.ts";
import { Fold } from "./fold.tsx";
import type { Dataset, Facts } from "./model.ts";
import type { Finding } from "./use-preview.ts";

const WITH_OPTIONS = new Set(["csv", "tsv", "xml"]);

export function FormatOptions({
  format,
  options,
  patch,
  findings,
  readOnly,
}: {
  readonly format: string;
  readonly options: Facts;
  readonly patch: (some: Partial<Dataset>) => void;
  readonly findings: readonly Finding[];
  readonly readOnly: boolean;
}) {
  const { t } = useTranslation();
  if (!WITH_OPTIONS.has(format)) return null;
  const set = (name: string, value: unknown): void => {
    const { [name]: _, ...others } = options;
    patch({ options: value === undefined ? others : { ...others, [name]: value } });
  };
  return (
    <Fold
      title={t("templates.options.title", { format: format.toUpperCase() })}
      pointer="/options"
      hasError={errorAt(findings, "/options") !== undefined}
    >
      <Fieldset variant="unstyled" disabled={readOnly}>
        {format === "xml" ? (
          <XmlOptions options={options} set={set} findings={findings} />
        ) : (
          <DelimitedOptions format={format} options={options} set={set} findings={findings} />
        )}
      </Fieldset>
    </Fold>
  );
}

export interface OptionsProps {
  readonly options: Facts;
  /** Undefined for what the format does by itself. */
  readonly set: (name: string, value: unknown) => void;
  readonly findings: readonly Finding[];
}

function XmlOptions({ options, set, findings }: OptionsProps) {
  const { t } = useTranslation();
  const text = (name: string): string => (typeof options[name] === "string" ? options[name] : "");
  const change = (name: string) => (event: { readonly currentTarget: { readonly value: string } }) =>
    set(name, event.currentTarget.value === "" ? undefined : event.currentTarget.value);
  return (
    <Stack gap="sm" pt="xs">
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t("templates.options.root")}
          data-pointer="/options/root"
          placeholder="records"
          value={text("root")}
          onChange={change("root")}
          error={errorAt(findings, "/options/root")}
        />
        <TextInput
          label={t("templates.options.row")}
          data-pointer="/options/row"
          placeholder="record"
          value={text("row")}
          onChange={change("row")}
          error={errorAt(findings, "/options/row")}
        />
      </SimpleGrid>
      <Switch
        label={t("templates.options.declaration")}
        checked={options["declaration"] !== false}
        onChange={(event) => set("declaration", event.currentTarget.checked ? undefined : false)}
      />
      <Textarea
        label={t("templates.options.xslt")}
        description={t("templates.options.xsltHint")}
        data-pointer="/options/xslt"
        value={text("xslt")}
        onChange={change("xslt")}
        error={errorAt(findings, "/options/xslt")}
        autosize
        minRows={3}
        maxRows={16}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 13 } }}
      />
    </Stack>
  );
}
