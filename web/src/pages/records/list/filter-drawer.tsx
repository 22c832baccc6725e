// The filter beside the table: what is asked, and how many records match while it is written.
import { Button, Drawer, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../api/problem.ts";
import type { PathField } from "../../../parts/fields/field.ts";
import { FilterBuilder } from "../../../parts/filter-builder/filter-builder.tsx";
import { Problem } from "../../../parts/problem.tsx";

export function FilterDrawer({
  opened,
  onClose,
  fields,
  where,
  onChange,
  problem,
  count,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly fields: readonly PathField[];
  readonly where: unknown;
  readonly onChange: (where: unknown) => void;
  readonly problem: unknown;
  /** "about 12,000 match". */
  readonly count: string;
}) {
  const { t } = useTranslation();
  // Said where it is.
  const isPlaced = problem instanceof ApiProblem && problem.facts.errors.some((it) => it.pointer.startsWith("/where"));
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={520}
      title={t("records.filter.title")}
      overlayProps={{ backgroundOpacity: 0.2 }}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Stack gap="lg">
        <FilterBuilder fields={fields} value={where} onChange={onChange} problem={problem} />
        {isPlaced ? null : problem === null ? (
          <Text size="sm" c="dimmed" role="status">
            {count}
          </Text>
        ) : (
          <Problem error={problem} />
        )}
        <Group
          justify="space-between"
          py="sm"
          pos="sticky"
          bottom={0}
          bg="var(--mantine-color-body)"
          style={{ zIndex: 1 }}
        >
          <Button variant="default" disabled={where === undefined} onClick={() => onChange(undefined)}>
            {t("records.filter.clear")}
          </Button>
          <Button onClick={onClose}>{t("records.filter.done")}</Button>
        </Group>
      </Stack>
    </Drawer>
  );
}
