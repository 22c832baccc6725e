// What the pages of templates look up: object types and namespaces by their names.
import { useTranslation } from "react-i18next";
import type { Namespace, ObjectType } from "../../api/generated.ts";
import { useObjectTypes as useByName } from "../../parts/fields/use-object-types.ts";
import { useNamespaceTree } from "../../parts/namespaces/use-namespace-tree.ts";

export function useObjectTypes(): { readonly all: readonly ObjectType[]; readonly nameOf: (name: string) => string } {
  const byName = useByName();
  return { all: [...byName.values()], nameOf: (name) => byName.get(name)?.label ?? name };
}

export interface Namespaces {
  readonly all: readonly Namespace[];
  /** With those that it is in: `Rivers / Loire`. */
  readonly pathOf: (id: string) => string;
}

export function useNamespaces(): Namespaces {
  const { t } = useTranslation();
  const { data } = useNamespaceTree();
  const pathOf = (id: string): string =>
    data?.byId.has(id) === true ? data.pathOf(id) : t("templates.namespaceUnseen");
  return { all: data?.all ?? [], pathOf };
}
