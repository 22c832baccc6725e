// A part of the page with a heading, which links lead to.
import { Box, Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Section({
  id,
  title,
  detail,
  aside,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly detail?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    // Below the head of the page, where a link leads to it.
    <Box component="section" id={id} mt="xl" style={{ scrollMarginTop: 112 }}>
      <Group justify="space-between" gap="xs" mb="xs">
        <Group gap="xs" align="baseline">
          <Title order={2}>{title}</Title>
          {detail === undefined ? null : (
            <Text size="sm" c="dimmed">
              {detail}
            </Text>
          )}
        </Group>
        {aside}
      </Group>
      {children}
    </Box>
  );
}
