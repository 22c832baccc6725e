// What can be done with records: with those that are selected, else with those that match.
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileExport, IconListCheck, IconStack2 } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { ExportDialog } from "../../../parts/export-dialog/export-dialog.tsx";
import type { ExportSubject } from "../../../parts/export-dialog/subject.ts";
import { DownloadMenu } from "../../../parts/quick-export/download-menu.tsx";
import { BatchDialog, type BatchSubject } from "./batch-dialog.tsx";
import { IdentifiersDialog } from "./identifiers-dialog.tsx";
import { useScopes } from "./scopes.ts";
import type { Count, Selection } from "./selection.ts";
import type { RecordsFilter, RecordsView } from "./view.ts";

export function RecordsActions({
  type,
  view,
  filter,
  matches,
  selection,
  paths,
  onFound,
}: {
  readonly type: ObjectTypeWithFields;
  readonly view: RecordsView;
  readonly filter: RecordsFilter;
  readonly matches: Count | undefined;
  readonly selection: Selection;
  /** The columns as they are shown. */
  readonly paths: readonly string[];
  readonly onFound: (keys: readonly string[]) => void;
}) {
  const { t } = useTranslation();
  const { org, may } = useOrg();
  const [identifiers, identifiersDialog] = useDisclosure(false);
  const [batch, setBatch] = useState<BatchSubject | null>(null);
  const [subject, setSubject] = useState<ExportSubject | null>(null);
  const scopes = useScopes({ type, filter, matches, selection });
  const { label, count, records } = scopes[0]!;
  const { order } = view;
  const openExport = (): void => {
    setSubject({
      object: type.name,
      ...records,
      count: count ?? null,
      ...(view.paths === null ? {} : { paths }),
      ...(order.length === 0 ? {} : { order }),
    });
  };
  const isChosen = view.paths !== null || order.length > 0;
  return (
    <>
      {type.key.length === 0 || !(may("batches.create") || may("exports.create")) ? null : (
        <Button
          variant="default"
          leftSection={<IconListCheck size={16} aria-hidden />}
          onClick={identifiersDialog.open}
        >
          {t("records.identifiers.open")}
        </Button>
      )}
      {may("batches.create") && type.key.length > 0 ? (
        <Button
          variant="default"
          leftSection={<IconStack2 size={16} aria-hidden />}
          onClick={() => setBatch({ label, filter: records })}
        >
          {t("records.batch.start")}
        </Button>
      ) : null}
      {may("exports.create") ? (
        <>
          <DownloadMenu
            object={type.name}
            scopes={scopes.map((it) => ({
              name: it.name,
              label: it.label,
              records: {
                ...it.records,
                keys: it.records.keys === undefined ? undefined : [...it.records.keys],
                objects: type.name,
              },
            }))}
            hasFiles={type.files.length > 0}
            shown={isChosen ? { paths: [...paths], ...(order.length === 0 ? {} : { order: [...order] }) } : null}
          />
          <Button leftSection={<IconFileExport size={16} aria-hidden />} onClick={openExport}>
            {t("records.export")}
          </Button>
        </>
      ) : null}
      <IdentifiersDialog
        org={org}
        type={type}
        namespace={filter.namespace ?? null}
        opened={identifiers}
        onClose={identifiersDialog.close}
        onFound={onFound}
      />
      <BatchDialog org={org} type={type} subject={batch} onClose={() => setBatch(null)} />
      <ExportDialog subject={subject} onClose={() => setSubject(null)} />
    </>
  );
}
