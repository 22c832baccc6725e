// Options of CSV and TSV. `preset: excel` stands for what Excel opens without questions; what is set besides goes before it.
import { SegmentedControl, Select, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { errorAt } from "./field-errors.ts";
import type { OptionsProps } from "./format-options.tsx";

const DELIMITERS = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;

export function DelimitedOptions({ format, options, set, findings }: OptionsProps & { readonly format: string }) {
  const { t } = useTranslation();
  const isExcel = options["preset"] === "excel";
  const isCsv = format === "csv";
  const written = options["delimiter"];
  const delimiter = typeof written === "string" ? (NAMED[written] ?? written) : null;
  const isKnown = delimiter === null || Object.hasOwn(DELIMITERS, delimiter);
  const flag = (name: string, byDefault: boolean) => ({
    checked: typeof options[name] === "boolean" ? options[name] : byDefault,
    onChange: (event: { readonly currentTarget: { readonly checked: boolean } }) =>
      set(name, event.currentTarget.checked === byDefault ? undefined : event.currentTarget.checked),
  });
  const choice = (name: string, byDefault: string, all: readonly string[]) => ({
    data: all.map((it) => ({ value: it, label: t(`templates.options.choices.${it as "lf"}`) })),
    value: typeof options[name] === "string" ? options[name] : byDefault,
    allowDeselect: false,
    onChange: (value: string | null) => set(name, value === byDefault || value === null ? undefined : value),
    error: errorAt(findings, `/options/${name}`),
    "data-pointer": `/options/${name}`,
  });
  return (
    <Stack gap="sm" pt="xs">
      {isCsv ? (
        <div>
          <Text size="sm" fw={500} id="templates-preset">
            {t("templates.options.preset")}
          </Text>
          <SegmentedControl
            aria-labelledby="templates-preset"
            data={[
              { value: "excel", label: t("templates.options.excel") },
              { value: "plain", label: t("templates.options.plain") },
            ]}
            value={isExcel ? "excel" : "plain"}
            onChange={(value) => set("preset", value === "excel" ? "excel" : undefined)}
          />
        </div>
      ) : null}
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {isCsv ? (
          <Select
            label={t("templates.options.delimiter")}
            data-pointer="/options/delimiter"
            data={[
              { value: "default", label: t(isExcel ? "templates.options.delimiterLocal" : "templates.options.comma") },
              ...Object.entries(DELIMITERS)
                .filter(([it]) => isExcel || it !== ",")
                .map(([value, name]) => ({ value, label: t(`templates.options.${name}`) })),
              { value: "other", label: t("templates.options.otherDelimiter") },
            ]}
            value={isKnown ? (delimiter ?? "default") : "other"}
            allowDeselect={false}
            onChange={(value) => set("delimiter", value === "default" ? undefined : value === "other" ? "~" : value)}
            error={isKnown ? errorAt(findings, "/options/delimiter") : undefined}
          />
        ) : null}
        {isKnown ? null : (
          <TextInput
            label={t("templates.options.otherDelimiter")}
            maxLength={2}
            value={delimiter}
            onChange={(event) => set("delimiter", event.currentTarget.value)}
            error={errorAt(findings, "/options/delimiter")}
          />
        )}
        <Select label={t("templates.options.quote")} {...choice("quote", "auto", ["auto", "all"])} />
        <Select
          label={t("templates.options.newline")}
          {...choice("newline", isExcel ? "crlf" : "lf", ["lf", "crlf"])}
        />
        <TextInput
          label={t("templates.options.null")}
          data-pointer="/options/null"
          placeholder={t("templates.options.nullEmpty")}
          value={typeof options["null"] === "string" ? options["null"] : ""}
          onChange={(event) => set("null", event.currentTarget.value === "" ? undefined : event.currentTarget.value)}
          error={errorAt(findings, "/options/null")}
        />
      </SimpleGrid>
      <Switch label={t("templates.options.header")} {...flag("header", true)} />
      <Switch
        label={t("templates.options.bom")}
        description={t("templates.options.bomHint")}
        {...flag("bom", isExcel)}
      />
      <Switch
        label={t("templates.options.formulaGuard")}
        description={t("templates.options.formulaGuardHint")}
        {...flag("formulaGuard", isExcel)}
      />
    </Stack>
  );
}

const NAMED: Readonly<Record<string, string>> = { tab: "\t", "\\t": "\t", comma: ",", semicolon: ";", pipe: "|" };
