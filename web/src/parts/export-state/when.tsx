// A moment, as far away as it is; exactly where one points at it.
import { Tooltip } from "@mantine/core";
import { useShown } from "../../lib/shown.ts";

export function When({ at }: { readonly at: string }) {
  const shown = useShown();
  return (
    <Tooltip label={shown.dateTime(at)} openDelay={200} events={{ hover: true, focus: true, touch: true }}>
      <time dateTime={at} style={{ whiteSpace: "nowrap" }}>
        {shown.relative(at)}
      </time>
    </Tooltip>
  );
}
