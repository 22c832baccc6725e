// What narrows the list of batches down.
import { useTranslation } from "react-i18next";
import { ListFilters } from "../../parts/list-filters.tsx";
import type { BatchFilters } from "./use-batch-filters.ts";

export function BatchFilterBar({ filters: { given, has, put, clear } }: { readonly filters: BatchFilters }) {
  const { t } = useTranslation();
  return (
    <ListFilters
      label={t("batches.filters.label")}
      searchHint={t("batches.filters.searchHint")}
      given={given}
      put={put}
      clear={has ? clear : null}
    />
  );
}
