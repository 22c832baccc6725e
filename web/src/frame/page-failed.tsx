// A page that has thrown, or could not be loaded.
import { Box, Button, Container } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../parts/empty-state.tsx";

/** @param isInFrame whether navigation is around it */
export function PageFailed({ isInFrame = false }: { readonly isInFrame?: boolean }) {
  const { t } = useTranslation();
  return (
    <Container component={isInFrame ? "div" : "main"} size="sm">
      <Box role="alert">
        <EmptyState
          title={t("common.problem.pageFailed")}
          action={<Button onClick={() => location.reload()}>{t("common.problem.reload")}</Button>}
        >
          {t("common.problem.pageFailedDetail")}
        </EmptyState>
      </Box>
    </Container>
  );
}
