// "Download": which records, and as what; standard or by a template.
import { Button, Checkbox, Divider, Popover, Radio, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../api/problem.ts";
import { useOrg } from "../../frame/org.ts";
import { Problem } from "../problem.tsx";
import { useQuickExport } from "./use-quick-export.tsx";
import { useTemplates } from "./use-templates.ts";
import { type ExportOrder, orderOf, type Records, STANDARD, type Way } from "./ways.ts";

/** Some records that can be downloaded. */
export interface DownloadScope {
  readonly name: string;
  /** "12 selected". */
  readonly label: string;
  readonly records: Records;
}

export function DownloadMenu({
  object,
  scopes,
  hasFiles,
  shown,
}: {
  /** The object type. */
  readonly object: string;
  /** The one that is meant first stands first. */
  readonly scopes: readonly DownloadScope[];
  readonly hasFiles: boolean;
  /** Columns and order as they are on the screen, where somebody has chosen them. */
  readonly shown: Pick<ExportOrder, "paths" | "order"> | null;
}) {
  const { t } = useTranslation();
  const { org } = useOrg();
  const [opened, { toggle, close }] = useDisclosure(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [asShown, setAsShown] = useState(true);
  const [purpose, setPurpose] = useState("");
  const { mutate, error, isPending, variables, reset } = useQuickExport();
  const templates = useTemplates(org, object, opened);
  const scope = scopes.find((it) => it.name === picked) ?? scopes[0]!;
  const wantsPurpose = error instanceof ApiProblem && error.facts.errors.some((it) => it.pointer === "/purpose");
  const order = (way: Way): void => {
    const columns = asShown && shown !== null ? shown : {};
    const its = orderOf(scope.records, way, hasFiles, columns);
    mutate(purpose.trim() === "" ? its : { ...its, purpose: purpose.trim() }, { onSuccess: close });
  };
  const isOrdering = (way: Way): boolean =>
    isPending &&
    (way.kind === "standard"
      ? way.name === "zip"
        ? variables.layout === "folders"
        : variables.format === way.name
      : variables.datasetTemplate === way.id || variables.exportTemplate === way.id);
  const button = (way: Way, label: string) => (
    <Button
      key={label + way.kind}
      size="xs"
      variant="default"
      justify="flex-start"
      h="auto"
      mih={30}
      py={5}
      styles={{ label: { whiteSpace: "normal", textAlign: "start", overflowWrap: "anywhere" } }}
      loading={isOrdering(way)}
      disabled={isPending || (wantsPurpose && purpose.trim() === "")}
      onClick={() => order(way)}
    >
      {label}
    </Button>
  );
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && close()}
      onClose={reset}
      width={340}
      position="bottom-end"
      trapFocus
      shadow="md"
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          onClick={toggle}
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t("records.download.action")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("records.download.action")} mah="80dvh" style={{ overflowY: "auto" }}>
        <Stack gap="sm">
          <Radio.Group label={t("records.download.what")} value={scope.name} onChange={setPicked}>
            <Stack gap={8} mt={6}>
              {scopes.map(({ name, label }) => (
                <Radio key={name} value={name} label={label} size="sm" />
              ))}
            </Stack>
          </Radio.Group>
          {shown === null ? null : (
            <Checkbox
              size="xs"
              label={t("records.download.asShown")}
              checked={asShown}
              onChange={(event) => setAsShown(event.currentTarget.checked)}
            />
          )}
          {wantsPurpose || purpose !== "" ? (
            <TextInput
              size="xs"
              label={t("records.download.purpose")}
              description={t("records.download.purposeHint")}
              value={purpose}
              autoFocus
              onChange={(event) => setPurpose(event.currentTarget.value)}
            />
          ) : null}
          {wantsPurpose || error === null ? null : <Problem error={error} />}
          <Divider label={t("records.download.standard")} labelPosition="left" />
          <SimpleGrid cols={2} spacing={6} verticalSpacing={6}>
            {STANDARD.map((name) => button({ kind: "standard", name }, t(`records.download.formats.${name}`)))}
          </SimpleGrid>
          {templates === undefined || templates.length === 0 ? null : (
            <>
              <Divider label={t("records.download.templates")} labelPosition="left" />
              <Stack gap={6}>
                {templates.map((it) => button({ kind: it.object, id: it._id, name: it.name }, it.name))}
              </Stack>
            </>
          )}
          <Text size="xs" c="dimmed">
            {t("records.download.hint")}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
