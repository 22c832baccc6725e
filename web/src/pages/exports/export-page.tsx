// An export: summary, preview, log; live while it waits or runs.
import { Anchor, Box, Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconEye, IconFileDescription, IconListDetails } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import { useOrg } from "../../frame/org.ts";
import { Answer } from "../../parts/answer.tsx";
import { useMayDownload } from "../../parts/export-state/download.tsx";
import { StateBadge } from "../../parts/export-state/state-badge.tsx";
import { Loading } from "../../parts/loading.tsx";
import { PageHead } from "../../parts/page-head.tsx";
import { Problem } from "../../parts/problem.tsx";
import { PageActions } from "./page-actions.tsx";
import { Summary } from "./summary.tsx";
import { useLiveExport } from "./use-live-export.ts";
import { useWhat } from "./use-what.ts";

const Preview = lazy(async () => ({ default: (await import("./preview.tsx")).Preview }));
const Log = lazy(async () => ({ default: (await import("./log.tsx")).Log }));

const TABS = { summary: IconFileDescription, preview: IconEye, log: IconListDetails } as const;
type Tab = keyof typeof TABS;

export function Page() {
  const { t } = useTranslation();
  const { org } = useOrg();
  const { id = "" } = useParams();
  const [params, setParams] = useSearchParams();
  const found = useLiveExport(org, id);
  const what = useWhat();
  const mayDownload = useMayDownload();
  const narrow = useMediaQuery("(max-width: 30em)") ?? false;
  const [problem, setProblem] = useState<Error | null>(null);
  const asked = params.get("tab");
  return (
    <Answer of={found}>
      {(its) => {
        const tabs = (Object.keys(TABS) as Tab[]).filter(
          (tab) => tab !== "preview" || (its.state === "ready" && mayDownload),
        );
        const tab = tabs.find((it) => it === asked) ?? "summary";
        return (
          <>
            <Anchor component={Link} to={`/${org}/exports`} size="sm">
              {t("exports.backToList")}
            </Anchor>
            <PageHead
              title={its.label ?? what(its)}
              detail={
                <>
                  <StateBadge of={its} /> {its.label === null ? null : `${what(its)} · `}
                  <code>{its._id}</code>
                </>
              }
              actions={<PageActions key={its._id} of={its} onProblem={setProblem} />}
            />
            {problem === null ? null : (
              <Box mb="md">
                <Problem error={problem} />
              </Box>
            )}
            <Tabs
              value={tab}
              onChange={(value) => setParams(value === null || value === "summary" ? {} : { tab: value })}
              keepMounted={false}
            >
              <Tabs.List mb="md" style={{ flexWrap: "nowrap", overflowX: "auto" }}>
                {tabs.map((it) => {
                  const Icon = TABS[it];
                  return (
                    <Tabs.Tab key={it} value={it} leftSection={narrow ? null : <Icon size={16} aria-hidden />}>
                      {t(`exports.tabs.${it}`)}
                    </Tabs.Tab>
                  );
                })}
              </Tabs.List>
              <Suspense fallback={<Loading />}>
                <Tabs.Panel value="summary">
                  <Summary of={its} />
                </Tabs.Panel>
                {its.state === "ready" ? (
                  <Tabs.Panel value="preview">
                    <Preview id={its._id} />
                  </Tabs.Panel>
                ) : null}
                <Tabs.Panel value="log">
                  <Log of={its} />
                </Tabs.Panel>
              </Suspense>
            </Tabs>
          </>
        );
      }}
    </Answer>
  );
}
