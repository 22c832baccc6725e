// One value, entered as its type has it: from labels, a calendar, yes or no, or typed.
import { Select, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MomentInput } from "./moment-input.tsx";
import { finished, scalarOf, textOf } from "./scalars.ts";

export function ValueInput({
  type,
  labels,
  label,
  value,
  onChange,
}: {
  readonly type: string;
  readonly labels: Readonly<Partial<Record<string, string>>> | null;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}) {
  const { t } = useTranslation();
  const common = { size: "xs", flex: 1, miw: 120, "aria-label": label, placeholder: label } as const;
  const text = textOf(value);
  const give = (next: string): void => onChange(next === "" ? undefined : scalarOf(next, type));
  if (labels !== null || type === "boolean") {
    const data =
      labels === null
        ? [
            { value: "true", label: t("common.yes") },
            { value: "false", label: t("common.no") },
          ]
        : Object.entries(labels).map(([code, its]) => ({ value: code, label: its ?? code }));
    return (
      <Select
        {...common}
        searchable={data.length > 8}
        data={data}
        value={text === "" ? null : text}
        onChange={(next) => give(next ?? "")}
      />
    );
  }
  if (type === "date" || type === "datetime" || type === "instant") {
    return <MomentInput type={type} label={label} text={text} onChange={onChange} />;
  }
  const isNumber = type === "integer" || type === "decimal" || type === "float";
  return (
    <TextInput
      {...common}
      inputMode={isNumber ? "decimal" : "text"}
      placeholder={type === "time" ? "12:34" : label}
      value={text}
      onChange={(event) => give(event.currentTarget.value)}
      onBlur={() => finished(value, type) !== value && onChange(finished(value, type))}
    />
  );
}
