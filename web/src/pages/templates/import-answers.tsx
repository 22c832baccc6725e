// What became of each file that was imported.
import { Anchor, List, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { api } from "../../api/client.ts";
import { useOrg } from "../../frame/org.ts";
import { detailOf, hintOf } from "../../text/said.ts";

type Answer = Awaited<ReturnType<typeof api.org.postDatasetTemplatesImport>>["data"][number];

export function ImportAnswers({
  answers,
  onOpen,
}: {
  readonly answers: readonly Answer[];
  readonly onOpen: () => void;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  return (
    <Stack gap="sm" role="status">
      <Title order={3}>{t("templates.import.answers")}</Title>
      {answers.map(({ file, outcome, was, template, problems = [] }, n) => (
        // oxlint-disable-next-line react/no-array-index-key -- two files may have one name; answers never change place
        <Stack key={`${file} ${n}`} gap={2}>
          <Text size="sm" fw={500} style={{ overflowWrap: "anywhere" }}>
            {outcome === "refused" ? (
              <IconAlertTriangle size={16} color="var(--mantine-color-error)" aria-hidden />
            ) : (
              <IconCheck size={16} aria-hidden />
            )}{" "}
            {file}
          </Text>
          <Text size="sm" component="div">
            {t(`templates.import.outcomes.${outcome}`, { was: was ?? "" })}{" "}
            {template === undefined ? null : (
              <Anchor
                component={Link}
                size="sm"
                to={`/${org}/templates/${template.object === "export-template" ? "export" : "dataset"}/${template._id}`}
                onClick={onOpen}
              >
                {template.name}
              </Anchor>
            )}
          </Text>
          {problems.length === 0 ? null : (
            <List size="sm">
              {problems.map((it) => (
                <List.Item key={`${it.pointer} ${it.detail}`}>
                  {it.pointer === "" ? null : <code>{it.pointer}</code>} {detailOf(it)} {hintOf(it)}
                </List.Item>
              ))}
            </List>
          )}
        </Stack>
      ))}
    </Stack>
  );
}
