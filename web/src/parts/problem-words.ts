// What went wrong in the reader's language. The server speaks English: other readers have words of the app's own for what people meet most.
import { useTranslation } from "react-i18next";
import type { english } from "../text/en/index.ts";

export interface ProblemWords {
  readonly detail: string;
  /** What to do about it, where `detail` does not say it. */
  readonly hint: string | null;
}

/** As the server tells it: a refusal, or why an export failed. */
interface Told {
  readonly code: string;
  readonly detail: string;
  readonly hint?: string | undefined;
  /** Of HTTP. */
  readonly status?: number;
}

type Known = keyof typeof english.problems;

/** What a proxy refuses has a status alone. */
const BY_STATUS: Readonly<Record<number, Known>> = {
  403: "forbidden",
  404: "not-found",
  408: "timeout",
  413: "too-large",
  429: "too-many-requests",
  504: "timeout",
};

export function useProblemWords(): (told: Told) => ProblemWords {
  const { t, i18n } = useTranslation();
  return ({ code, detail, hint = null, status = 0 }) => {
    if (detail !== "" && (i18n.language === "en" || !i18n.exists(`problems.${code}`))) return { detail, hint };
    const known = i18n.exists(`problems.${code}`) ? (code as Known) : BY_STATUS[status];
    const words = known === undefined ? t("common.problem.unknown", { status }) : t(`problems.${known}`);
    return { detail: words, hint: null };
  };
}
