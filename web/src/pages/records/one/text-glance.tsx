// The beginning of a text file.
import { Code, ScrollArea, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fetchPlain } from "../../../api/client.ts";
import { useShown } from "../../../lib/shown.ts";
import { Loading } from "../../../parts/loading.tsx";
import { Problem } from "../../../parts/problem.tsx";
import type { AttachedFile } from "./files.ts";

export function TextGlance({ file: { address, name } }: { readonly file: AttachedFile }) {
  const { t } = useTranslation();
  const shown = useShown();
  const { data, error, refetch } = useQuery({
    queryKey: ["records", "file", address],
    async queryFn({ signal }) {
      const answer = await fetchPlain(`${address}?inline`, { signal });
      const bytes = await answer.arrayBuffer();
      // The last character may have been cut in two.
      const text = new TextDecoder("utf-8").decode(bytes, { stream: true });
      return { text, bytes: bytes.byteLength, size: Number(answer.headers.get("x-file-size") ?? bytes.byteLength) };
    },
  });
  if (error !== null) return <Problem error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Loading />;
  if (data.size === 0) return <Text c="dimmed">{t("records.one.files.emptyFile")}</Text>;
  return (
    <Stack gap="xs">
      <ScrollArea.Autosize
        mah="60vh"
        type="auto"
        viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("records.one.files.text", { name }) }}
      >
        <Code block fz="xs">
          {data.text}
        </Code>
      </ScrollArea.Autosize>
      {data.bytes === data.size ? null : (
        <Text size="sm" c="dimmed">
          {t("records.one.files.beginning", { shown: shown.bytes(data.bytes), all: shown.bytes(data.size) })}
        </Text>
      )}
    </Stack>
  );
}
