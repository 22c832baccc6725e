// What exports take of the quota, how many there are, and how both went over time.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../../api/client.ts";
import { useOrg } from "../../../frame/org.ts";
import { useShown } from "../../../lib/shown.ts";
import { Answer } from "../../../parts/answer.tsx";
import { PageHead } from "../../../parts/page-head.tsx";
import { Figures } from "../figures.tsx";
import { QuotaBar } from "./quota-bar.tsx";
import { UsageOverTime } from "./usage-over-time.tsx";

const STATES = ["running", "pending", "ready", "error", "cancelled", "expired"] as const;

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const shown = useShown();
  const found = useQuery({
    queryKey: ["usage", org],
    queryFn: ({ signal }) => api.org.getUsage({ org }, { signal }),
    refetchInterval: 30_000,
  });
  return (
    <>
      <PageHead title={t("admin.usage.title")} detail={t("admin.usage.detail")} />
      <Answer of={found}>
        {({ quota, stored, exports, overdue, days }) => (
          <>
            <QuotaBar stored={stored} quota={quota} />
            <Figures
              figures={[
                ...STATES.map((state) => ({
                  label: t(`admin.usage.states.${state}`),
                  value: shown.number(exports[state]),
                })),
                { label: t("admin.usage.states.overdue"), value: shown.number(overdue), alarming: overdue > 0 },
              ]}
            />
            <UsageOverTime days={days} quota={quota} />
          </>
        )}
      </Answer>
    </>
  );
}
