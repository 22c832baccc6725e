// What an export is, in a few words: "Samples · Table · XLSX".
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/generated.ts";
import { formatName } from "../../parts/export-state/format-name.ts";
import { useObjectTypes } from "../../parts/fields/use-object-types.ts";

export function useWhat(): (of: Export) => string {
  const { t } = useTranslation();
  const objects = useObjectTypes();
  return ({ objects: name, kind, format }) =>
    [name === null ? null : (objects.get(name)?.label ?? name), t(`exports.kinds.${kind}`), formatName(format)]
      .filter((it) => it !== null)
      .join(" · ");
}
