// Keys of records that are not there any more.
import { Code } from "@mantine/core";

export function KeyList({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((key) => (
    <Code key={key} style={{ overflowWrap: "anywhere" }}>
      {key}
    </Code>
  ));
}
