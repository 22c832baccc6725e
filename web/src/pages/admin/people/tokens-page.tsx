// The tokens of all members, for administrators; for others their own.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { usePages } from "../../../lib/use-pages.ts";
import { Answer } from "../../../parts/answer.tsx";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Pager } from "../../../parts/pager.tsx";
import { TokenTable } from "../../../parts/tokens/token-table.tsx";

export function Page() {
  const { org, isAdmin } = useOrg();
  return isAdmin ? <AllTokens /> : <Navigate to={`/${org}/profile`} replace />;
}

function AllTokens() {
  const { t } = useTranslation();
  const { org, name } = useOrg();
  const { found, ...pages } = usePages(["tokens", org, "everybody"], (after, signal) =>
    api.org.getTokens({ org, of: "everybody", ...(after === undefined ? {} : { after }) }, { signal }),
  );
  const people = [...new Set((found.data?.data ?? []).map(({ person }) => person))].toSorted();
  const members = useQuery({
    queryKey: ["members", org, "of", people],
    queryFn: ({ signal }) =>
      api.org.getMembers({ org, limit: 500, where: JSON.stringify({ _id: { $in: people } }) }, { signal }),
    select: ({ data }) => new Map(data.map((it) => [it._id, it.name])),
    enabled: people.length > 0,
  });
  return (
    <>
      <PageHead title={t("people.tokens.title")} detail={t("people.tokens.detail", { org: name })} />
      <Answer of={found}>
        {({ data }) => (
          <TokenTable
            tokens={data}
            personOf={({ person }) =>
              members.data === undefined ? "…" : (members.data.get(person) ?? t("people.tokens.gone"))
            }
            empty={<EmptyState title={t("people.tokens.empty")}>{t("people.tokens.emptyDetail")}</EmptyState>}
          />
        )}
      </Answer>
      <Pager {...pages} />
    </>
  );
}
