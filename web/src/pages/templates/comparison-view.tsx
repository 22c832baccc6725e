// Two revisions beside each other: only what differs.
import { Badge, Stack, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { compare, type Line } from "./compare.ts";
import { ItemCell } from "./item-cell.tsx";
import type { Facts } from "./model.ts";

export function ComparisonView({
  before,
  after,
  labels: [one, other],
}: {
  readonly before: Facts;
  readonly after: Facts;
  readonly labels: readonly [string, string];
}) {
  const { t } = useTranslation();
  const { settings, sections, isSame } = compare(before, after);
  if (isSame) return <Text size="sm">{t("templates.compare.same")}</Text>;
  const head = (what: string) => (
    <Table.Thead>
      <Table.Tr>
        <Table.Th w={150}>{what}</Table.Th>
        <Table.Th w="40%">{one}</Table.Th>
        <Table.Th w="40%">{other}</Table.Th>
      </Table.Tr>
    </Table.Thead>
  );
  const around = { minWidth: 560, scrollAreaProps: { viewportProps: { tabIndex: 0, role: "region" } } };
  return (
    <Stack>
      {settings.length === 0 ? null : (
        <Table.ScrollContainer
          {...around}
          scrollAreaProps={{
            viewportProps: { ...around.scrollAreaProps.viewportProps, "aria-label": t("templates.compare.settings") },
          }}
        >
          <Table aria-label={t("templates.compare.settings")} fz="sm" layout="fixed">
            {head(t("templates.compare.setting"))}
            <Table.Tbody>
              {settings.map((it) => (
                <Table.Tr key={it.name}>
                  <Table.Th scope="row" fw={500}>
                    <SettingName name={it.name} />
                  </Table.Th>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{shown(it.before)}</Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{shown(it.after)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {sections.map(({ name, lines, same }) => {
        const title = name.startsWith("lists.")
          ? t("templates.compare.list", { name: name.slice(6) })
          : t(name === "datasets" ? "templates.compare.datasets" : "templates.compare.columns");
        return (
          <Stack key={name} gap="xs">
            <Title order={3}>{title}</Title>
            <Table.ScrollContainer
              {...around}
              scrollAreaProps={{ viewportProps: { ...around.scrollAreaProps.viewportProps, "aria-label": title } }}
            >
              <Table aria-label={title} fz="sm" layout="fixed">
                {head(t("templates.compare.change"))}
                <Table.Tbody>
                  {lines.map((line) => (
                    <Table.Tr key={line.key}>
                      <Table.Th scope="row" fw={500}>
                        <Change line={line} />
                      </Table.Th>
                      <Table.Td>
                        <ItemCell item={line.before} other={line.after} place={line.from} />
                      </Table.Td>
                      <Table.Td>
                        <ItemCell item={line.after} other={line.before} place={line.to} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            {same === 0 ? null : (
              <Text size="sm" c="dimmed">
                {t("templates.compare.others", { count: same })}
              </Text>
            )}
          </Stack>
        );
      })}
    </Stack>
  );
}

function Change({ line: { before, after, isMoved, isChanged } }: { readonly line: Line }) {
  const { t } = useTranslation();
  const what =
    before === null
      ? (["added"] as const)
      : after === null
        ? (["removed"] as const)
        : ([...(isMoved ? (["moved"] as const) : []), ...(isChanged ? (["changed"] as const) : [])] as const);
  return what.map((it) => (
    <Badge key={it} variant="default" tt="none" fw={500} mr={4}>
      {it === "added" ? "+ " : it === "removed" ? "− " : it === "moved" ? "↕ " : "≠ "}
      {t(`templates.compare.${it}`)}
    </Badge>
  ));
}

const NAMED = [
  "name",
  "description",
  "version",
  "compressed",
  "object",
  "format",
  "fileName",
  "where",
  "order",
] as const;

function SettingName({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const known = NAMED.find((it) => it === name);
  return known === undefined ? (
    <code style={{ overflowWrap: "anywhere" }}>{name}</code>
  ) : (
    t(`templates.settings.${known}`)
  );
}

function shown(value: unknown): string {
  return value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);
}
