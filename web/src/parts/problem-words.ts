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

export function useProblemWords(): (told: Told) => ProblemWords {
  const { t, i18n } = useTranslation();
  return ({ code, detail, hint = null, status = 0 }) => {
    if (i18n.language !== "en" && i18n.exists(`problems.${code}`)) {
      return { detail: t(`problems.${code as keyof typeof english.problems}`), hint: null };
    }
    return { detail: detail === "" ? t("common.problem.unknown", { status }) : detail, hint };
  };
}
