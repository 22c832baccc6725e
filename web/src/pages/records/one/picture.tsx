// A picture of a record's files. Where it cannot be shown, the server is asked why.
import { Center, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchPlain } from "../../../api/client.ts";
import { Problem } from "../../../parts/problem.tsx";
import type { AttachedFile } from "./files.ts";

export function Picture({ file: { address, name } }: { readonly file: AttachedFile }) {
  const { t } = useTranslation();
  const [failed, setFailed] = useState(false);
  const why = useQuery({
    queryKey: ["records", "file", address, "why"],
    async queryFn({ signal }) {
      const answer = await fetchPlain(`${address}?inline`, { signal });
      await answer.body?.cancel();
      return true;
    },
    enabled: failed,
    gcTime: 0,
  });
  if (failed) {
    if (why.error !== null) return <Problem error={why.error} />;
    return why.data === undefined ? null : <Text c="dimmed">{t("records.one.files.pictureFailed")}</Text>;
  }
  return (
    <Center mih={120} bg="var(--mantine-color-default-hover)">
      <img
        src={`${address}?inline`}
        alt={name}
        style={{ maxWidth: "100%", maxHeight: "65vh" }}
        onError={() => setFailed(true)}
      />
    </Center>
  );
}
