// "12,345 samples", "about 12,000 samples", or that nobody has counted.
import { useTranslation } from "react-i18next";
import { useShown } from "../../../lib/shown.ts";
import type { Count } from "./selection.ts";

export function useCountText(): (count: Count | undefined) => string {
  const { t } = useTranslation();
  const { number } = useShown();
  return (it) => {
    if (it === undefined) return "…";
    if (it.count === null) return t("common.counts.unknown");
    const shown = number(it.count);
    return it.exact ? t("common.counts.exact", { shown }) : t("common.counts.about", { shown });
  };
}
