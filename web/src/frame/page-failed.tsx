// A page that has thrown, or could not be loaded.
import { Button, Container } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../parts/empty-state.tsx";

export function PageFailed() {
  const { t } = useTranslation();
  return (
    <Container component="main" size="sm">
      <div role="alert">
        <EmptyState
          title={t("common.problem.pageFailed")}
          action={<Button onClick={() => location.reload()}>{t("common.problem.reload")}</Button>}
        >
          {t("common.problem.pageFailedDetail")}
        </EmptyState>
      </div>
    </Container>
  );
}
