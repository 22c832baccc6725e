// There is nothing at this address, or nothing that the reader may see.
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { EmptyState } from "./empty-state.tsx";

export function NotFound() {
  const { t } = useTranslation();
  // It is all of a page.
  return (
    <EmptyState
      order={1}
      title={t("common.problem.notFound")}
      action={
        <Button component={Link} to="/">
          {t("common.problem.toStart")}
        </Button>
      }
    >
      {t("common.problem.notFoundDetail")}
    </EmptyState>
  );
}
