// Why an export of a list failed, in short; its page says all of it.
import { Text } from "@mantine/core";
import type { Export } from "../../api/generated.ts";
import { useProblemWords } from "../problem-words.ts";

/** Nothing unless it failed. */
export function FaultLine({ of: { state, fault } }: { readonly of: Export }) {
  const wordsOf = useProblemWords();
  if (state !== "error" || fault === null) return null;
  const { detail } = wordsOf(fault);
  return (
    <Text size="xs" c="dimmed" lineClamp={2} title={detail} style={{ overflowWrap: "anywhere" }}>
      {detail}
    </Text>
  );
}
