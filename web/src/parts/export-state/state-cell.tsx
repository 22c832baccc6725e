// How an export of a list stands: its state, how far it is, and why it failed.
import { Stack } from "@mantine/core";
import type { Export } from "../../api/generated.ts";
import { FaultLine } from "./fault-line.tsx";
import { ExportProgress } from "./progress.tsx";
import { StateBadge } from "./state-badge.tsx";

export function StateCell({ of }: { readonly of: Export }) {
  return (
    <Stack gap={2} align="stretch" maw={260}>
      <div>
        <StateBadge of={of} />
      </div>
      <ExportProgress of={of} />
      <FaultLine of={of} />
    </Stack>
  );
}
