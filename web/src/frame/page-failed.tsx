// A page that has thrown, or could not be loaded.
import { Box, Button, Container } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { ApiProblem } from "../api/problem.ts";
import { BASE_PATH } from "../lib/base-path.ts";
import { EmptyState } from "../parts/empty-state.tsx";
import { Problem } from "../parts/problem.tsx";

const OFFLINE = new ApiProblem({ status: 0, code: "offline", detail: "", errors: [] });

/** @param isInFrame whether navigation is around it */
export function PageFailed({ isInFrame = false }: { readonly isInFrame?: boolean }) {
  const { t } = useTranslation();
  const error = useRouteError();
  return (
    <Container component={isInFrame ? "div" : "main"} size="sm">
      {isUnloaded(error) ? (
        <Problem error={OFFLINE} retry={() => void loadAgain()} />
      ) : (
        <Box role="alert">
          <EmptyState
            title={t("common.problem.pageFailed")}
            action={<Button onClick={() => location.reload()}>{t("common.problem.reload")}</Button>}
          >
            {t("common.problem.pageFailedDetail")}
          </EmptyState>
        </Box>
      )}
    </Container>
  );
}

/** Whether the page's script, or its styles, did not arrive: each browser has its own words for that. */
function isUnloaded(error: unknown): boolean {
  return error instanceof Error && /\bmodule\b|\bpreload CSS\b/i.test(error.message);
}

/** Once the server answers: a browser that loads a page anew without it has nothing left to show. A newer version comes so, too. */
async function loadAgain(): Promise<void> {
  const isThere = await fetch(`${BASE_PATH}/health/live`).then(
    () => true,
    () => false,
  );
  if (isThere) location.reload();
}
