// What went wrong in the reader's language. The server speaks English: other readers have its sentences from the catalog, and words of the app's own for codes that come without.
import { useTranslation } from "react-i18next";
import type { Words } from "../api/generated.ts";
import { detailOf, hintOf, isTranslated } from "../text/said.ts";
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
  readonly words?: Words | null | undefined;
  /** Of HTTP. */
  readonly status?: number;
}

export function useProblemWords(): (told: Told) => ProblemWords {
  const { t, i18n } = useTranslation();
  return ({ code, detail, hint = null, words, status = 0 }) => {
    const told = { detail, hint: hint ?? undefined, words };
    if (isTranslated(told)) return { detail: detailOf(told), hint: hintOf(told) ?? null };
    if (i18n.language !== "en" && i18n.exists(`problems.${code}`)) {
      return { detail: t(`problems.${code as keyof typeof english.problems}`), hint: null };
    }
    return { detail: detail === "" ? t("common.problem.unknown", { status }) : detail, hint };
  };
}
