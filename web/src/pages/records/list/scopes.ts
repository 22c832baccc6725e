// The records that something can be done with: the selected ones, those of the filter, all of them.
import { useTranslation } from "react-i18next";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useCountText } from "./count-text.ts";
import { type Count, isEmpty, selectedFilter, type Selection, sizeOf } from "./selection.ts";
import type { RecordsFilter } from "./view.ts";

export interface Scope {
  readonly name: "selected" | "matches" | "all";
  /** "12 selected", "All that match: 1,234". */
  readonly label: string;
  /** Absent where it has not been counted. */
  readonly count: Count | undefined;
  readonly records: RecordsFilter & { readonly keys?: readonly string[] };
}

/** The one that is meant first stands first. */
export function useScopes({
  type,
  filter,
  matches,
  selection,
}: {
  readonly type: ObjectTypeWithFields;
  readonly filter: RecordsFilter;
  readonly matches: Count | undefined;
  readonly selection: Selection;
}): readonly Scope[] {
  const { t } = useTranslation();
  const textOf = useCountText();
  const size = sizeOf(selection, matches);
  const isFiltered = Object.keys(filter).length > 0;
  const selected: Scope = {
    name: "selected",
    label: t("records.scopes.selected", { shown: textOf(size) }),
    count: size,
    records: selectedFilter(selection, filter, type.key),
  };
  const matching: Scope = {
    name: "matches",
    label: t("records.scopes.matches", { shown: textOf(matches) }),
    count: matches,
    records: filter,
  };
  const all: Scope = {
    name: "all",
    label: isFiltered ? t("records.scopes.all") : t("records.scopes.allCounted", { shown: textOf(matches) }),
    count: isFiltered ? undefined : matches,
    records: {},
  };
  return [...(isEmpty(selection) ? [] : [selected]), ...(isFiltered ? [matching] : []), all];
}
