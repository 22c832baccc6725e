// What went wrong, where it happened: what it was, what to do, and the places.
import { Alert, Button, Group, List, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../api/problem.ts";
import { detailOf } from "../text/said.ts";
import { type ProblemWords, useProblemWords } from "./problem-words.ts";

/** The words for an error; those of places that are shown elsewhere are left out by the caller. */
export function useProblemText(): (error: unknown) => ProblemWords {
  const { t } = useTranslation();
  const wordsOf = useProblemWords();
  return (error) => {
    if (!(error instanceof ApiProblem))
      return { detail: String((error as Error | null)?.message ?? error), hint: null };
    const { code, status } = error.facts;
    // What the server says then is for programs.
    if (status === 401 && code === "unauthorized") return { detail: t("common.problem.signedOut"), hint: null };
    if (code === "offline") return { detail: t("common.problem.offline"), hint: null };
    return wordsOf(error.facts);
  };
}

export function Problem({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const { detail, hint } = useProblemText()(error);
  const facts = error instanceof ApiProblem ? error.facts : null;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("common.problem.title")} role="alert">
      <Text size="sm">{detail}</Text>
      {hint === null ? null : <Text size="sm">{hint}</Text>}
      {facts === null || facts.errors.length === 0 ? null : (
        <List size="sm" mt="xs">
          {facts.errors.map((place) => (
            <List.Item key={`${place.pointer} ${place.code} ${place.detail}`}>
              {place.pointer === "" ? null : <code>{place.pointer}</code>} {detailOf(place)}
            </List.Item>
          ))}
        </List>
      )}
      {retry === undefined && facts?.requestId === undefined ? null : (
        <Group mt="xs" gap="sm">
          {retry === undefined ? null : (
            <Button size="xs" variant="default" onClick={retry}>
              {t("common.retry")}
            </Button>
          )}
          {facts?.requestId === undefined ? null : (
            <Text size="xs" c="dimmed">
              {t("common.problem.reference", { requestId: facts.requestId })}
            </Text>
          )}
        </Group>
      )}
    </Alert>
  );
}
