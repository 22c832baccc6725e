// The log of an export: all that happened to it, what its script did, and what it was asked and ran as.
import { Alert, Badge, Code, Group, Stack, Table, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import { isKnownEvent, momentsOf } from "./course.tsx";
import { Facts } from "./facts.tsx";
import { Section } from "./section.tsx";
import type { ExportDetails } from "./use-live-export.ts";

export function Log({ of }: { readonly of: ExportDetails }) {
  const { t } = useTranslation();
  const shown = useShown();
  const isTold = Object.keys(of.request).length > 0;
  return (
    <Stack gap="lg">
      <Section title={t("exports.log.events")}>
        <Table.ScrollContainer
          minWidth={480}
          scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("exports.log.table"), role: "region" } }}
        >
          <Table fz="sm" verticalSpacing={4}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("exports.log.when")}</Table.Th>
                <Table.Th>{t("exports.log.what")}</Table.Th>
                <Table.Th>{t("exports.log.who")}</Table.Th>
                <Table.Th>{t("exports.log.details")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {momentsOf(of).map(({ _id, at, event, person, details }) => (
                <Table.Tr key={_id}>
                  <Table.Td style={{ whiteSpace: "nowrap" }}>
                    <time dateTime={at}>{shown.dateTime(at)}</time>
                    <Text size="xs" c="dimmed">
                      {at}
                    </Text>
                  </Table.Td>
                  <Table.Td>{isKnownEvent(event) ? t(`exports.events.${event}`) : event}</Table.Td>
                  <Table.Td>{of.people.find(({ id }) => id === person)?.name}</Table.Td>
                  <Table.Td>
                    {Object.keys(details).length === 0 ? null : (
                      <Code style={{ overflowWrap: "anywhere" }}>{JSON.stringify(details)}</Code>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Section>
      {of.script === null ? null : <Script run={of.script as unknown as ScriptRun} />}
      <Section title={t("exports.log.facts")}>
        <Facts
          facts={[
            { name: "ID", value: <Code>{of._id}</Code> },
            { name: t("exports.log.attempts"), value: shown.number(of.attempt) },
            { name: t("exports.log.mime"), value: of.format },
            { name: t("exports.log.language"), value: of.language },
            { name: t("exports.asked.timeZone"), value: of.timeZone },
            {
              name: t("exports.log.took"),
              value:
                of.started === null || of.ended === null
                  ? null
                  : shown.duration(Math.max(1, (Date.parse(of.ended) - Date.parse(of.started)) / 1000)),
            },
            {
              name: t("exports.log.revisions"),
              value:
                of.revisions.length === 0 ? null : (
                  <>
                    {of.revisions.map(({ id, revision }) => (
                      <div key={id}>
                        <Code>{id}</Code> {t("exports.asked.revision", { revision })}
                      </div>
                    ))}
                  </>
                ),
            },
            {
              name: t("exports.log.link"),
              value: of.dataFile === null ? null : <Code style={{ overflowWrap: "anywhere" }}>{of.dataFile.url}</Code>,
            },
          ]}
        />
      </Section>
      {isTold ? (
        <Section title={t("exports.log.request")}>
          <Code block tabIndex={0} style={{ overflowX: "auto" }}>
            {JSON.stringify(of.request, null, 2)}
          </Code>
        </Section>
      ) : null}
      {of.result === null ? null : (
        <Section title={t("exports.log.result")}>
          <Code block tabIndex={0} style={{ overflowX: "auto" }}>
            {JSON.stringify(of.result, null, 2)}
          </Code>
        </Section>
      )}
    </Stack>
  );
}

/** What came of an afterScript: `ScriptRun` of the server. */
interface ScriptRun {
  readonly outcome: string;
  readonly error: { readonly name: string; readonly message: string; readonly line?: number } | null;
  readonly log: string;
  readonly logCut: boolean;
  readonly calls: { readonly fetch: number; readonly notify: number };
  readonly milliseconds: number;
}

function Script({ run: { outcome, error, log, logCut, calls, milliseconds } }: { readonly run: ScriptRun }) {
  const { t } = useTranslation();
  const shown = useShown();
  return (
    <Section title={t("exports.log.script")}>
      <Stack gap="sm">
        <Group gap="xs">
          <Badge variant="default" tt="none">
            {outcome}
          </Badge>
          <Text size="sm" c="dimmed">
            {t("exports.log.scriptFacts", {
              time: shown.number(milliseconds),
              fetches: shown.number(calls.fetch),
              mails: shown.number(calls.notify),
            })}
          </Text>
        </Group>
        {error === null ? null : (
          <Alert color="red" variant="light">
            <Text size="sm">
              {error.name}: {error.message}
              {error.line === undefined ? null : ` (${t("exports.log.line", { line: error.line })})`}
            </Text>
          </Alert>
        )}
        <Code block tabIndex={0} style={{ overflowX: "auto" }}>
          {log === "" ? t("exports.log.noOutput") : log}
        </Code>
        {logCut ? <Text size="xs">{t("exports.log.cut")}</Text> : null}
      </Stack>
    </Section>
  );
}
