// The files of an archive as a tree: folders open and close, and say how much is in them.
import { Button, Group, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight, IconFile, IconFolder } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useShown } from "../../lib/shown.ts";
import classes from "./archive-tree.module.css";
import type { PreviewFacts } from "./preview-facts.ts";
import { type Folder, treeOf } from "./tree.ts";

/** So many folders are open at first, where there are no more. */
const OPEN = 3;
/** Entries of a folder that are shown before one asks for more. */
const FIRST = 50;

export function ArchiveTree({ of }: { readonly of: PreviewFacts }) {
  const { t } = useTranslation();
  const shown = useShown();
  const root = treeOf(of.entries);
  const { entryCount, entryBytes, entries } = of;
  return (
    <>
      <Text size="sm" c="dimmed" mb="xs">
        {t("exports.preview.files", { count: entryCount, shown: shown.number(entryCount) })}
        {" · "}
        {t("exports.preview.unpacked", { size: shown.bytes(entryBytes) })}
        {entryCount > entries.length
          ? ` · ${t("exports.preview.firstFiles", { shown: shown.number(entries.length) })}`
          : null}
      </Text>
      <Members of={root} opens={root.folders.length <= OPEN} />
    </>
  );
}

function Members({ of, opens }: { readonly of: Folder; readonly opens: boolean }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [most, setMost] = useState(FIRST);
  const { folders, files } = of;
  return (
    <>
      <ul className={classes["members"]}>
        {folders.slice(0, most).map((folder) => (
          <FolderItem key={folder.name} of={folder} opens={opens} />
        ))}
        {files.slice(0, Math.max(0, most - folders.length)).map(({ name, bytes }) => (
          <li key={name} className={classes["row"]}>
            <IconFile size={16} stroke={1.5} aria-hidden className={classes["icon"]} />
            <span className={classes["name"]}>{name}</span>
            <span className={classes["size"]}>{shown.bytes(bytes)}</span>
          </li>
        ))}
      </ul>
      {folders.length + files.length > most ? (
        <Button size="compact-xs" variant="subtle" onClick={() => setMost(most + 200)}>
          {t("common.showMore")}
        </Button>
      ) : null}
    </>
  );
}

function FolderItem({ of, opens }: { readonly of: Folder; readonly opens: boolean }) {
  const { t } = useTranslation();
  const shown = useShown();
  const [isOpen, setOpen] = useState(opens);
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;
  return (
    <li>
      <UnstyledButton className={classes["row"]} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
        <Group component="span" gap={2} wrap="nowrap" className={classes["icon"]}>
          <Chevron size={14} aria-hidden />
          <IconFolder size={16} stroke={1.5} aria-hidden />
        </Group>
        <span className={classes["name"]}>{of.name}</span>
        <span className={classes["size"]}>
          {t("exports.preview.files", { count: of.count, shown: shown.number(of.count) })} · {shown.bytes(of.bytes)}
        </span>
      </UnstyledButton>
      {isOpen ? <Members of={of} opens={of.folders.length <= OPEN} /> : null}
    </li>
  );
}
