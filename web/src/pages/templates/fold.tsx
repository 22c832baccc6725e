// A part of a form that is folded until somebody wants it, or something in it is wrong.
import { Box, Collapse, Text, Title, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import type { ReactNode } from "react";

export function Fold({
  title,
  pointer,
  startsOpen = false,
  hasError = false,
  children,
}: {
  readonly title: string;
  readonly pointer?: string;
  readonly startsOpen?: boolean;
  readonly hasError?: boolean;
  readonly children: ReactNode;
}) {
  const [opened, { toggle }] = useDisclosure(startsOpen);
  const isOpen = opened || hasError;
  const Icon = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <Box data-pointer={pointer}>
      <Title order={2} size="sm">
        <UnstyledButton onClick={toggle} aria-expanded={isOpen} py={4}>
          <Icon size={16} aria-hidden style={{ verticalAlign: "text-bottom" }} />{" "}
          <Text span size="sm" fw={600}>
            {title}
          </Text>
        </UnstyledButton>
      </Title>
      <Collapse expanded={isOpen}>
        <Box pt="xs" pb="sm">
          {isOpen ? children : null}
        </Box>
      </Collapse>
    </Box>
  );
}
