// JSON that is there for those who want it.
import { Code, Collapse, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

export function JsonDetails({ label, json }: { readonly label: string; readonly json: unknown }) {
  const [opened, { toggle }] = useDisclosure();
  return (
    <div>
      <UnstyledButton onClick={toggle} aria-expanded={opened} fz="xs" td="underline">
        {label}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Code block mt={4} style={{ overflowX: "auto" }} tabIndex={0}>
          {JSON.stringify(json, null, 2)}
        </Code>
      </Collapse>
    </div>
  );
}
