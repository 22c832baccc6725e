// Where there is nothing to show: why, and what to do next.
import { Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function EmptyState({
  title,
  children,
  action,
  order = 2,
}: {
  readonly title: string;
  /** The level of its heading: 1 where it is all of a page, 3 within a part that has one. */
  readonly order?: 1 | 2 | 3;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <Title order={order} size="h3">
        {title}
      </Title>
      {children === undefined ? null : (
        <Text c="dimmed" maw={520}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  );
}
