// The editor of dataset templates: what it is on the left, what it gives on the right.
import { Box, Fieldset, Grid, Stack, Title } from "@mantine/core";
import { useCallback, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { ColumnsEditor } from "./columns-editor.tsx";
import { DatasetBasics } from "./dataset-basics.tsx";
import { FixedText } from "./fixed-text.tsx";
import { focusPlace } from "./focus-place.ts";
import { FormatOptions } from "./format-options.tsx";
import { ListTabs } from "./list-tabs.tsx";
import { type Column, type Dataset, tablesOf } from "./model.ts";
import { NamedTranslations } from "./named-translations.tsx";
import classes from "./read-only.module.css";
import { PreviewPane } from "./preview-pane.tsx";
import { RecordsChosen } from "./records-chosen.tsx";
import type { Editing } from "./template-frame.tsx";
import { useChoices } from "./use-choices.ts";
import { type Finding, type Places, usePreview } from "./use-preview.ts";
import { writeDataset } from "./write-template.ts";

export function DatasetEditor({ draft, setDraft, readOnly, nameMissing, place }: Editing<Dataset>) {
  const { t } = useTranslation();
  const choices = useChoices(draft.object);
  const [table, setTable] = useState(0);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const isText = draft.format === "text";
  const places: Places = tablesOf(draft).flatMap(({ pointer, columns }) =>
    columns.map((it, n) => [`${pointer}/${n}`, it.key] as const),
  );
  const found = usePreview("dataset", writeDataset(draft), places, isText || draft.object !== "");
  // A preview of hundreds of columns takes a moment to draw: what somebody does meanwhile goes first.
  const shown = useDeferredValue(found);
  const findings = found.data?.findings ?? [];
  const patch = useCallback((some: Partial<Dataset>) => setDraft((its) => ({ ...its, ...some })), [setDraft]);
  const list = table === 0 ? undefined : draft.lists[table - 1];
  const listKey = list?.key;
  const changeColumns = useCallback(
    (change: (columns: readonly Column[]) => readonly Column[]) =>
      setDraft((its) =>
        listKey === undefined
          ? { ...its, columns: change(its.columns) }
          : {
              ...its,
              lists: its.lists.map((it) => (it.key === listKey ? { ...it, columns: change(it.columns) } : it)),
            },
      ),
    [setDraft, listKey],
  );
  const toggle = useCallback(
    (key: string) =>
      setOpened((its) => {
        const next = new Set(its);
        if (!next.delete(key)) next.add(key);
        return next;
      }),
    [],
  );
  const tableKeys = tablesOf(draft)
    .map((it) => it.columns.map(({ key }) => key).join(" "))
    .join("\n");
  const goTo = useCallback(
    ({ item, pointer, rest }: Pick<Finding, "item" | "pointer" | "rest">) => {
      if (item !== null) {
        const at = tableKeys.split("\n").findIndex((its) => its.split(" ").includes(item));
        if (at !== -1) setTable(at);
        setOpened((its) => new Set([...its, item]));
      }
      // What is to be shown must be there first.
      setTimeout(() => focusPlace(item === null ? pointer : `${item}${rest}`), 60);
    },
    [tableKeys],
  );
  return (
    <Grid gap="lg" className={readOnly ? classes["content"] : undefined}>
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="lg">
          <Fieldset variant="unstyled" disabled={readOnly}>
            <DatasetBasics
              draft={draft}
              patch={patch}
              findings={findings}
              nameMissing={nameMissing}
              place={place}
              fileName={found.data?.preview.datasets[0]?.fileNames[0]}
            />
          </Fieldset>
          <FormatOptions
            format={draft.format}
            options={draft.options}
            patch={patch}
            findings={findings}
            readOnly={readOnly}
          />
          <Box>
            <Title order={2} mb="xs">
              {isText ? t("templates.text.title") : t("templates.columns.title")}
            </Title>
            {isText ? (
              <FixedText draft={draft} patch={patch} disabled={readOnly} />
            ) : (
              <>
                <ListTabs
                  draft={draft}
                  setDraft={setDraft}
                  choices={choices}
                  table={table}
                  onTable={setTable}
                  readOnly={readOnly}
                />
                <ListColumns
                  key={listKey ?? "own"}
                  draft={draft}
                  ownChoices={choices}
                  list={list?.list}
                  columns={list?.columns ?? draft.columns}
                  change={changeColumns}
                  found={found.data}
                  opened={opened}
                  onToggle={toggle}
                  readOnly={readOnly}
                />
              </>
            )}
          </Box>
          {isText ? null : (
            <div>
              <RecordsChosen draft={draft} patch={patch} findings={findings} choices={choices} readOnly={readOnly} />
              <NamedTranslations draft={draft} patch={patch} readOnly={readOnly} />
            </div>
          )}
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <PreviewPane
          found={shown}
          waiting={isText || draft.object !== "" ? null : t("templates.preview.noObject")}
          onGoTo={goTo}
        />
      </Grid.Col>
    </Grid>
  );
}

type ColumnsProps = Parameters<typeof ColumnsEditor>[0];

/** The columns of the object type, or of one of its lists, whose fields are those of another. */
function ListColumns({
  draft,
  ownChoices,
  list,
  ...props
}: Omit<ColumnsProps, "choices" | "translations"> & {
  readonly draft: Dataset;
  readonly ownChoices: ColumnsProps["choices"];
  readonly list: string | undefined;
}) {
  const object = ownChoices.lists.find((it) => it.name === list)?.object ?? "";
  const listChoices = useChoices(object);
  return (
    <ColumnsEditor
      {...props}
      choices={list === undefined ? ownChoices : listChoices}
      translations={draft.translations.map((it) => it.name)}
    />
  );
}
