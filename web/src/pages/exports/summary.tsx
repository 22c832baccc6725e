// The summary of an export: how it stands, what it holds, what was asked, who may see it, and its course.
import { Grid, Stack } from "@mantine/core";
import { useOrg } from "../../frame/org.ts";
import { Approval } from "./approval.tsx";
import { Asked } from "./asked.tsx";
import { Course } from "./course.tsx";
import { Outcome } from "./outcome.tsx";
import { useMayChange } from "./row-actions.tsx";
import { Sharing } from "./sharing.tsx";
import { Standing } from "./standing.tsx";
import type { ExportDetails } from "./use-live-export.ts";

export function Summary({ of }: { readonly of: ExportDetails }) {
  const { org } = useOrg();
  const mayChange = useMayChange(of);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, md: 8 }}>
        <Stack gap="lg">
          <Standing of={of} />
          {of.approval === null ? null : <Approval of={of} />}
          {of.result === null ? null : <Outcome of={of} />}
          <Asked of={of} />
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, md: 4 }}>
        <Stack gap="lg">
          <Course of={of} />
          {mayChange ? <Sharing of={of} org={org} /> : null}
        </Stack>
      </Grid.Col>
    </Grid>
  );
}
