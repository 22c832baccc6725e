// What the pages of templates look up: object types and namespaces by their names.
import { useTranslation } from "react-i18next";
import type { Namespace, ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { useObjectTypes as useByName } from "../../parts/fields/use-object-types.ts";
import { useNamespaces as useAll } from "../../parts/namespaces/use-namespaces.ts";

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
  const { org } = useOrg();
  const { t } = useTranslation();
  const { data: all = [] } = useAll(org);
  const byId = new Map(all.map((it) => [it._id, it]));
  const pathOf = (id: string): string => {
    const names: string[] = [];
    for (let it = byId.get(id); it !== undefined && names.length < 20; it = byId.get(it.parent ?? "")) {
      names.unshift(it.name);
    }
    return names.length === 0 ? t("templates.namespaceUnseen") : names.join(" / ");
  };
  return { all, pathOf };
}
