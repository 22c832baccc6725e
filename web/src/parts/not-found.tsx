// There is nothing at this address, or nothing that the reader may see.
import { useTranslation } from "react-i18next";
import { EmptyState } from "./empty-state.tsx";

export function NotFound() {
  const { t } = useTranslation();
  // It is all of a page.
  return (
    <EmptyState order={1} title={t("common.problem.notFound")}>
      {t("common.problem.notFoundDetail")}
    </EmptyState>
  );
}
