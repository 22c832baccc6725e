// Adds many columns at once: fields that are picked in their order, or given by their path.
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Choice as Picked } from "../../parts/column-picker/choice.ts";
import { ColumnPicker } from "../../parts/column-picker/column-picker.tsx";
import { useTypeName } from "../../parts/export-state/type-name.ts";
import { type Columns, columnsOf } from "./columns.ts";
import type { Choice } from "./use-choices.ts";

interface AddColumnsProps {
  readonly onClose: () => void;
  readonly choices: readonly Choice[];
  /** Columns that there are already. */
  readonly there: Columns;
  readonly onAdd: (columns: Columns) => void;
}

export function AddColumns({ opened, ...props }: AddColumnsProps & { readonly opened: boolean }) {
  const { t } = useTranslation();
  const isNarrow = useMediaQuery("(max-width: 48em)") ?? false;
  return (
    <Modal
      opened={opened}
      onClose={props.onClose}
      size={880}
      fullScreen={isNarrow}
      title={t("templates.columns.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <Picking {...props} />
    </Modal>
  );
}

function Picking({ onClose, choices, there, onAdd }: AddColumnsProps) {
  const { t } = useTranslation();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState("");
  const typeName = useTypeName();
  const available = useMemo(() => {
    const used = new Set(there.map((it) => it.field));
    return choices.map(({ path, label, documentation, type, group }): Picked => ({
      path,
      label,
      documentation,
      type: used.has(path) ? `${typeName(type)} · ${t("templates.add.there")}` : typeName(type),
      group,
    }));
  }, [choices, there, typeName, t]);
  const path = typed.trim();
  const pickTyped = (event: FormEvent): void => {
    event.preventDefault();
    if (path !== "" && !picked.includes(path)) setPicked([...picked, path]);
    setTyped("");
  };
  const add = (): void => {
    onAdd(columnsOf(picked, choices, there));
    onClose();
  };
  return (
    <Stack>
      <ColumnPicker available={available} value={picked} onChange={setPicked} />
      <Group component="form" gap="xs" align="flex-end" onSubmit={pickTyped}>
        <TextInput
          size="xs"
          flex={1}
          label={t("templates.add.path")}
          description={t("templates.add.pathHint")}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" disabled={path === ""}>
          {t("templates.add.pick")}
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button disabled={picked.length === 0} onClick={add}>
          {picked.length === 0 ? t("templates.columns.add") : t("templates.add.action", { count: picked.length })}
        </Button>
      </Group>
    </Stack>
  );
}
