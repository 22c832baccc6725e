// Tokens with what they are good for; those that have ended on request.
import { Stack, Switch, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Token } from "../../api/generated.ts";
import { useShown } from "../../lib/shown.ts";
import { DataTable } from "../data-table.tsx";
import { RevokeToken } from "./revoke-token.tsx";
import { stateOf, tokenColumns } from "./token-columns.tsx";

export function TokenTable({
  tokens,
  personOf,
  empty,
}: {
  readonly tokens: readonly Token[];
  /** Whose each is; absent where all are the reader's own. */
  readonly personOf?: (token: Token) => string;
  readonly empty: ReactNode;
}) {
  const { t } = useTranslation();
  const shown = useShown();
  const [now] = useState(Date.now);
  const [withEnded, setWithEnded] = useState(false);
  const [revoking, setRevoking] = useState<Token | null>(null);
  const valid = tokens.filter((it) => stateOf(it, now) === "valid");
  if (tokens.length === 0) return empty;
  return (
    <Stack gap="xs">
      {valid.length === tokens.length ? null : (
        <Switch
          label={t("profile.tokens.showEnded")}
          checked={withEnded}
          onChange={(event) => setWithEnded(event.currentTarget.checked)}
        />
      )}
      <DataTable
        label={t("profile.tokens.table")}
        columns={tokenColumns({ t, shown, now, personOf, onRevoke: setRevoking })}
        rows={withEnded ? tokens : valid}
        keyOf={({ _id }) => _id}
        folds
        empty={
          <Text size="sm" c="dimmed">
            {t("profile.tokens.onlyEnded")}
          </Text>
        }
      />
      <RevokeToken token={revoking} onClose={() => setRevoking(null)} />
    </Stack>
  );
}
