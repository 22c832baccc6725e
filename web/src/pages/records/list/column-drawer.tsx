// Which columns are shown, and in which order.
import { Button, Drawer, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PathField } from "../../../parts/fields/field.ts";
import { ColumnChoices } from "./column-choices.tsx";
import { ChosenColumns } from "./chosen-columns.tsx";

export function ColumnDrawer({
  opened,
  onClose,
  fields,
  paths,
  isUsual,
  onChange,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly fields: readonly PathField[];
  readonly paths: readonly string[];
  readonly isUsual: boolean;
  /** Null for the usual ones. */
  readonly onChange: (paths: readonly string[] | null) => void;
}) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const words = useDeferredValue(search).trim().toLowerCase();
  const byPath = useMemo(() => new Map(fields.map((it) => [it.path, it])), [fields]);
  const found = useMemo(
    () => fields.filter((it) => words === "" || `${it.heading} ${it.path}`.toLowerCase().includes(words)),
    [fields, words],
  );
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={420}
      title={t("records.columns.title")}
      overlayProps={{ backgroundOpacity: 0.2 }}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t("records.columns.shown", { count: paths.length })}
          </Title>
          <Button size="compact-sm" variant="subtle" disabled={isUsual} onClick={() => onChange(null)}>
            {t("records.columns.reset")}
          </Button>
        </Group>
        <ChosenColumns paths={paths} byPath={byPath} onChange={onChange} />
        <Title order={2} size="h4">
          {t("records.columns.all")}
        </Title>
        <TextInput
          aria-label={t("records.columns.search")}
          placeholder={t("records.columns.search")}
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        {found.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("records.columns.none")}
          </Text>
        ) : (
          <ColumnChoices
            fields={found}
            chosen={paths}
            onToggle={(path, isIn) => onChange(isIn ? [...paths, path] : paths.filter((it) => it !== path))}
          />
        )}
      </Stack>
    </Drawer>
  );
}
