// The columns of an object type as the picker offers them: its own fields, then those of what it refers to.
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import type { Choice } from "../column-picker/choice.ts";
import { usePathFields } from "../fields/use-path-fields.ts";

export interface Choices {
  readonly all: readonly Choice[];
  /** Keys inside of JSON, and what names the record. */
  readonly metadata: readonly Choice[];
  /** What is chosen without a choice. */
  readonly standard: readonly string[];
}

export function useChoices(org: string, type: ObjectTypeWithFields): Choices {
  const { t } = useTranslation();
  const { fields } = usePathFields(org, type, true);
  return useMemo(() => {
    const optional = t("common.optional");
    const all = fields.map((it): Choice => {
      const { path, label, name, documentation, type: kind, unit, via, viaHeading } = it;
      const notes = [documentation, it.optional ? optional : null].filter((note) => note !== null);
      return {
        path,
        label: label ?? name,
        type: unit === null ? kind : `${kind} (${unit})`,
        ...(notes.length === 0 ? {} : { documentation: notes.join(" · ") }),
        ...(via === null ? {} : { group: viaHeading ?? via }),
      };
    });
    const keys = new Set(type.fields.filter((it) => isKey(it.name, type)).map(({ name }) => name));
    const names = new Set([...type.key, ...(type.title === null ? [] : [type.title])]);
    return {
      all,
      metadata: keys.size === 0 ? [] : all.filter(({ path }) => keys.has(path) || names.has(path)),
      standard: type.fields.filter((it) => !it.optional).map(({ name }) => name),
    };
  }, [fields, type, t]);
}

/** Whether a field is a key inside of JSON, and not the label of a code. */
function isKey(name: string, { fields }: ObjectTypeWithFields): boolean {
  const dot = name.indexOf(".");
  return dot > 0 && !fields.some((it) => it.name === name.slice(0, dot) && it.type !== "json");
}
