// A part of a page, with its heading.
import { Box, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function Section({
  title,
  detail,
  actions,
  children,
}: {
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <Paper component="section" withBorder p={{ base: "sm", sm: "lg" }} radius="md">
      <Group justify="space-between" align="flex-start" gap="sm">
        <Stack gap={2} miw={0}>
          <Title order={2} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {detail === undefined ? null : (
            <Text c="dimmed" size="sm" component="div" maw={680}>
              {detail}
            </Text>
          )}
        </Stack>
        {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
      </Group>
      {children === undefined ? null : <Box mt="md">{children}</Box>}
    </Paper>
  );
}
