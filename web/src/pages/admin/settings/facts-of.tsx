// The settings as facts, each with what it means.
import { Code, List } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../../api/generated.ts";
import { useIsoDuration } from "../../../lib/iso-duration.ts";
import { useShown } from "../../../lib/shown.ts";
import type { Fact } from "../facts.tsx";
import { useObjectLabel } from "../../../parts/fields/use-object-types.ts";

type FactsOf = (settings: Settings) => readonly Fact[];

/** How long archives are there, and how much room they have. */
export function useArchiveFacts(): FactsOf {
  const { t } = useTranslation();
  const shown = useShown();
  const duration = useIsoDuration();
  const labelOf = useObjectLabel();
  return ({ retention, retentionOf, history, quota, downloads }) => [
    {
      label: t("admin.settings.retention"),
      meaning: t("admin.settings.retentionMeaning"),
      value: (
        <>
          {duration(retention)}
          <Several
            texts={retentionOf.map((it) =>
              t("admin.settings.retentionOf", { objects: labelOf(it.object), retention: duration(it.retention) }),
            )}
          />
        </>
      ),
    },
    {
      label: t("admin.settings.history"),
      meaning: t("admin.settings.historyMeaning"),
      value: duration(history),
    },
    {
      label: t("admin.settings.quota"),
      meaning: t("admin.settings.quotaMeaning"),
      value: quota === null ? t("admin.settings.noQuota") : shown.bytes(quota),
    },
    { label: t("admin.settings.downloads"), value: t(`admin.settings.downloadsBy.${downloads}`) },
  ];
}

/** When exports run, and what it takes to order one. */
export function useOrderFacts(): FactsOf {
  const { t } = useTranslation();
  const shown = useShown();
  const labelOf = useObjectLabel();
  return ({ concurrency, window, purpose, approval, scripts }) => [
    {
      label: t("admin.settings.concurrency"),
      meaning: t("admin.settings.concurrencyMeaning"),
      value: t("admin.settings.atOnce", { count: concurrency, exports: shown.number(concurrency) }),
    },
    {
      label: t("admin.settings.window"),
      meaning: t("admin.settings.windowMeaning"),
      value:
        window === null ? (
          t("admin.settings.noWindow")
        ) : (
          <>
            <Code>{window.cron}</Code> {t("admin.settings.opens")}
            <Several texts={window.next.map((it) => `${shown.dateTime(it)} (${shown.relative(it)})`)} />
          </>
        ),
    },
    { label: t("admin.settings.purpose"), value: t(`admin.settings.purposes.${purpose}`) },
    {
      label: t("admin.settings.approval"),
      meaning: t("admin.settings.approvalMeaning"),
      value:
        approval === null ? (
          t("admin.settings.noApproval")
        ) : (
          <Several
            texts={[
              ...(approval.rows === null
                ? []
                : [t("admin.settings.approvalRows", { rows: shown.number(approval.rows) })]),
              ...approval.objects.map((it) => t("admin.settings.approvalObject", { objects: labelOf(it) })),
            ]}
          />
        ),
    },
    {
      label: t("admin.settings.scripts"),
      meaning: t("admin.settings.scriptsMeaning"),
      value:
        scripts.hosts.length === 0 ? (
          t("admin.settings.noHosts")
        ) : (
          <Several
            texts={scripts.hosts.map((host) =>
              scripts.privateHosts.some((it) => host.includes(it)) ? t("admin.settings.privateHost", { host }) : host,
            )}
          />
        ),
    },
  ];
}

/** Who administrators are for, how people sign in, and whether they get mail. */
export function usePeopleFacts(): FactsOf {
  const { t } = useTranslation();
  const labelOf = useObjectLabel();
  return ({ administrators, namespaces, providers, mail }) => [
    { label: t("admin.settings.administrators"), value: t(`admin.settings.administratorsSee.${administrators}`) },
    {
      label: t("admin.settings.namespaces"),
      value:
        namespaces === null
          ? t("admin.settings.namespacesHere")
          : t("admin.settings.namespacesFrom", { objects: labelOf(namespaces) }),
    },
    {
      label: t("admin.settings.signIn"),
      value: (
        <Several
          texts={[
            t("admin.settings.password"),
            ...providers.map(({ name, domains }) =>
              t("admin.settings.provider", { name, domains: domains.join(", ") }),
            ),
          ]}
        />
      ),
    },
    {
      label: t("admin.settings.mail"),
      meaning: t("admin.settings.mailMeaning"),
      value: mail ? t("admin.settings.mailOn") : t("admin.settings.mailOff"),
    },
  ];
}

/** Where records come from, and what is done to them. */
export function useDataFacts(): FactsOf {
  const { t } = useTranslation();
  return ({ sources, timeZone, pseudonyms, translations, fonts, version }) => [
    {
      label: t("admin.settings.sources"),
      meaning: t("admin.settings.sourcesMeaning"),
      value: (
        <Several
          texts={sources.map(({ name, kind }) =>
            t("admin.settings.source", { name, kind: t(`admin.settings.kinds.${kind}`) }),
          )}
        />
      ),
    },
    {
      label: t("admin.settings.timeZone"),
      meaning: t("admin.settings.timeZoneMeaning"),
      value: timeZone,
    },
    {
      label: t("admin.settings.pseudonyms"),
      meaning: t("admin.settings.pseudonymsMeaning"),
      value: pseudonyms ? t("admin.settings.pseudonymsOn") : t("admin.settings.pseudonymsOff"),
    },
    {
      label: t("admin.settings.translations"),
      meaning: t("admin.settings.translationsMeaning"),
      value: translations.length === 0 ? null : translations.join(", "),
    },
    { label: t("admin.settings.fonts"), value: fonts === 0 ? null : String(fonts) },
    { label: t("admin.settings.version"), value: version },
  ];
}

function Several({ texts }: { readonly texts: readonly string[] }): ReactNode {
  if (texts.length === 0) return null;
  const [first] = texts;
  if (texts.length === 1) return <div>{first}</div>;
  return (
    <List size="sm">
      {texts.map((it) => (
        <List.Item key={it}>{it}</List.Item>
      ))}
    </List>
  );
}
