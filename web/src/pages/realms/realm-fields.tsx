// The fields of a realm, with what is known of them.
import { Badge, Code, Group, Paper, Table, Text, TextInput, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconSearch, IconShieldLock } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useShown } from "../../lib/shown.ts";
import { useTypeName } from "../../parts/export-state/type-name.ts";

/** Where there are more, they can be searched. */
const MANY = 12;
const RULES = ["hash", "drop", "truncate", "year", "shift"] as const;

export function RealmFields({ of: { name, label, fields } }: { readonly of: ObjectTypeWithFields }) {
  const { t } = useTranslation();
  const shown = useShown();
  const typeName = useTypeName();
  const narrow = useMediaQuery("(max-width: 48em)") ?? false;
  const [search, setSearch] = useState("");
  const words = search.trim().toLowerCase();
  const found = fields.filter((field) =>
    [field.name, field.label, field.documentation].some((text) => text?.toLowerCase().includes(words) === true),
  );
  const title = t("realms.fields.title", { realm: label ?? name });
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="fields-title">
      <Group justify="space-between" align="flex-end" mb="sm">
        <div>
          <Title order={2} size="h3" id="fields-title">
            {title}
          </Title>
          <Text size="sm" c="dimmed">
            {t("realms.fields.count", { count: fields.length, shown: shown.number(fields.length) })}
          </Text>
        </div>
        {fields.length > MANY ? (
          <TextInput
            type="search"
            label={t("realms.fields.search")}
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : null}
      </Group>
      <Table.ScrollContainer
        minWidth={narrow ? 240 : 560}
        scrollAreaProps={{ viewportProps: { tabIndex: 0, "aria-label": t("realms.fields.table"), role: "region" } }}
      >
        <Table fz="sm" verticalSpacing={5}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="26%">{t("realms.fields.field")}</Table.Th>
              <Table.Th w="16%">{t("realms.fields.type")}</Table.Th>
              {narrow ? null : (
                <>
                  <Table.Th w="10%">{t("realms.fields.unit")}</Table.Th>
                  <Table.Th>{t("realms.fields.documentation")}</Table.Th>
                </>
              )}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {found.map((field) => {
              const rule = RULES.find((it) => it === field.deidentified);
              const about = (
                <>
                  {field.documentation}
                  {field.deidentified === null && !field.optional ? null : (
                    <Group gap={4} mt={field.documentation === null ? 0 : 4}>
                      {field.deidentified === null ? null : (
                        <Badge
                          variant="default"
                          tt="none"
                          leftSection={<IconShieldLock size={13} aria-hidden />}
                          style={{ maxWidth: "100%" }}
                        >
                          {rule === undefined
                            ? t("realms.fields.deidentified")
                            : `${t("realms.fields.deidentified")}: ${t(`realms.rules.${rule}`)}`}
                        </Badge>
                      )}
                      {field.optional ? (
                        <Badge variant="default" tt="none">
                          {t("realms.fields.optional")}
                        </Badge>
                      ) : null}
                    </Group>
                  )}
                </>
              );
              return (
                <Table.Tr key={field.name}>
                  <Table.Td>
                    <Text size="sm" fw={600}>
                      {field.label ?? field.name}
                    </Text>
                    {field.label === null || field.label === field.name ? null : <Code>{field.name}</Code>}
                    {narrow ? <div>{about}</div> : null}
                  </Table.Td>
                  <Table.Td>
                    {typeName(field.type)}
                    {narrow && field.unit !== null ? ` (${field.unit})` : null}
                  </Table.Td>
                  {narrow ? null : (
                    <>
                      <Table.Td>{field.unit}</Table.Td>
                      <Table.Td>{about}</Table.Td>
                    </>
                  )}
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {found.length === 0 ? (
        <Text size="sm" c="dimmed" mt="sm">
          {t("realms.fields.noMatch")}
        </Text>
      ) : null}
    </Paper>
  );
}
