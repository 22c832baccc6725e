// What a column's values become: nothing else, by a translation that has a name, or by pairs of its own.
import { Autocomplete, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { newKey, type Translate } from "./model.ts";
import { PairsEditor } from "./pairs-editor.tsx";

export function TranslateRule({
  value,
  onChange,
  labels,
  names,
  pointer,
  error,
}: {
  readonly value: Translate | null;
  readonly onChange: (translate: Translate | null) => void;
  readonly labels: Readonly<Record<string, string>> | undefined;
  readonly names: readonly string[];
  readonly pointer: string;
  readonly error: string | undefined;
}) {
  const { t } = useTranslation();
  const begin = (kind: string | null): Translate | null =>
    kind === "named"
      ? { kind, name: names[0] ?? "" }
      : kind === "pairs"
        ? { kind, pairs: Object.entries(labels ?? { "": "" }).map(([from, to]) => ({ key: newKey(), from, to })) }
        : null;
  return (
    <Stack gap="xs" data-pointer={pointer}>
      <Select
        label={t("templates.translate.label")}
        description={t("templates.translate.hint")}
        placeholder={t("common.none")}
        data={[
          { value: "pairs", label: t("templates.translate.pairs") },
          { value: "named", label: t("templates.translate.named") },
        ]}
        value={value?.kind ?? null}
        clearable
        clearButtonProps={{ "aria-label": t("common.clear") }}
        onChange={(kind) => onChange(begin(kind))}
      />
      {value?.kind === "named" ? (
        <Autocomplete
          size="xs"
          label={t("templates.translate.name")}
          description={t("templates.translate.nameHint")}
          data={[...names]}
          value={value.name}
          onChange={(name) => onChange({ kind: "named", name })}
          maw={320}
        />
      ) : null}
      {value?.kind === "pairs" ? (
        <PairsEditor
          label={t("templates.translate.label")}
          pairs={value.pairs}
          onChange={(pairs) => onChange({ kind: "pairs", pairs })}
          labels={labels}
        />
      ) : null}
      {error === undefined ? null : (
        <Text size="xs" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
    </Stack>
  );
}
