// Types of fields in words.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

const KNOWN = [
  "text",
  "integer",
  "decimal",
  "float",
  "boolean",
  "date",
  "time",
  "datetime",
  "instant",
  "uuid",
  "json",
  "array",
  "binary",
] as const;

export function useTypeName(): (type: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (type) => {
      const known = KNOWN.find((it) => it === type);
      return known === undefined ? type : t(`exports.types.${known}`);
    },
    [t],
  );
}
