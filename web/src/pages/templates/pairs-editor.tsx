// A value translation: values and what they become.
import { ActionIcon, Button, Group, Stack, Table, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { newKey, type Pair } from "./model.ts";

export function PairsEditor({
  label,
  pairs,
  onChange,
  labels,
  disabled = false,
}: {
  readonly label: string;
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  /** What the field's codes mean, to begin with. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly disabled?: boolean;
}) {
  const { t } = useTranslation();
  const change = (key: string, some: Partial<Pair>): void =>
    onChange(pairs.map((it) => (it.key === key ? { ...it, ...some } : it)));
  const twice = new Set(pairs.map((it) => it.from).filter((it, n, all) => all.indexOf(it) !== n));
  const missing = Object.entries(labels ?? {}).filter(([from]) => !pairs.some((it) => it.from === from));
  return (
    <Stack gap="xs">
      {pairs.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("templates.pairs.none")}
        </Text>
      ) : (
        <Table aria-label={label} withRowBorders={false} verticalSpacing={2} horizontalSpacing={4} layout="fixed">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("templates.pairs.from")}</Table.Th>
              <Table.Th>{t("templates.pairs.to")}</Table.Th>
              <Table.Th w={40}>
                <VisuallyHidden>{t("common.actions")}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pairs.map((it, n) => (
              <Table.Tr key={it.key}>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={t("templates.pairs.fromOf", { n: n + 1 })}
                    value={it.from}
                    disabled={disabled}
                    error={twice.has(it.from) ? t("templates.pairs.twice") : undefined}
                    onChange={(event) => change(it.key, { from: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={t("templates.pairs.toOf", { n: n + 1 })}
                    value={it.to}
                    disabled={disabled}
                    onChange={(event) => change(it.key, { to: event.currentTarget.value })}
                  />
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    c="dimmed"
                    disabled={disabled}
                    aria-label={t("templates.pairs.remove", { n: n + 1 })}
                    onClick={() => onChange(pairs.filter(({ key }) => key !== it.key))}
                  >
                    <IconX size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="default"
          disabled={disabled}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...pairs, { key: newKey(), from: "", to: "" }])}
        >
          {t("templates.pairs.add")}
        </Button>
        {missing.length === 0 ? null : (
          <Button
            size="compact-sm"
            variant="default"
            disabled={disabled}
            onClick={() => onChange([...pairs, ...missing.map(([from, to]) => ({ key: newKey(), from, to }))])}
          >
            {t("templates.pairs.labels", { count: missing.length })}
          </Button>
        )}
      </Group>
    </Stack>
  );
}
