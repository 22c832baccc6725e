// The text of a dataset that is a text: a licence, a note.
import { Textarea } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Dataset, newColumn } from "./model.ts";

export function FixedText({
  draft,
  patch,
  disabled,
}: {
  readonly draft: Pick<Dataset, "columns">;
  readonly patch: (some: Pick<Dataset, "columns">) => void;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const column = draft.columns.find((it) => it.field === null) ?? newColumn(null);
  return (
    <Textarea
      label={t("templates.text.label")}
      description={t("templates.text.hint")}
      data-pointer="/columns"
      autosize
      minRows={4}
      maxRows={20}
      disabled={disabled}
      value={column.value}
      onChange={(event) => patch({ columns: [{ ...column, value: event.currentTarget.value }] })}
    />
  );
}
