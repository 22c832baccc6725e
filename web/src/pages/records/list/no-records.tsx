// Where no record is to be seen: because of the filter, or because there is none.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../parts/empty-state.tsx";

export function NoRecords({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  if (!isFiltered) return <EmptyState title={t("records.empty.title")}>{t("records.empty.detail")}</EmptyState>;
  return (
    <EmptyState
      title={t("records.empty.filtered")}
      action={
        <Button variant="default" onClick={onClear}>
          {t("records.filter.clear")}
        </Button>
      }
    >
      {t("records.empty.filteredDetail")}
    </EmptyState>
  );
}
