// Below the table: how many rows a page has, and the way to other pages.
import { Group, SegmentedControl, Text } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Pages } from "../../../lib/use-pages.ts";
import { Pager } from "../../../parts/pager.tsx";

export function RecordsFoot({
  pages,
  limit,
  onLimit,
}: {
  readonly pages: Pages<unknown>;
  readonly limit: 50 | 100;
  readonly onLimit: (limit: 50 | 100) => void;
}) {
  const { t } = useTranslation();
  const label = useId();
  const isOnePage = pages.forward === null && pages.back === null;
  if (isOnePage && limit === 50) return null;
  return (
    <Group gap="lg" justify="flex-end">
      <Group gap="xs" mt="sm">
        <Text size="sm" c="dimmed" id={label}>
          {t("records.table.rows")}
        </Text>
        <SegmentedControl
          size="xs"
          aria-labelledby={label}
          data={["50", "100"]}
          value={String(limit)}
          onChange={(next) => onLimit(next === "100" ? 100 : 50)}
        />
      </Group>
      <Pager index={pages.index} forward={pages.forward} back={pages.back} />
    </Group>
  );
}
