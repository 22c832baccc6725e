// Asks before a token is ended.
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Token } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useLast } from "../../lib/use-last.ts";
import { Confirm } from "../confirm.tsx";

export function RevokeToken({ token, onClose }: { readonly token: Token | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const client = useQueryClient();
  const its = useLast(token);
  return (
    <Confirm
      opened={token !== null}
      onClose={onClose}
      title={t("profile.tokens.revokeTitle", { name: its?.name ?? "" })}
      action={t("profile.tokens.revoke")}
      onConfirm={async () => {
        await api.org.deleteTokensById({ org, id: token!._id });
        await client.invalidateQueries({ queryKey: ["tokens", org] });
      }}
    >
      {t("profile.tokens.revokeDetail")}
    </Confirm>
  );
}
