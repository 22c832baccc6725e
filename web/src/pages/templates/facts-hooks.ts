// What the pages of templates look up: object types, namespaces, people, by their names.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { Namespace, ObjectType } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

const ALL = 500;

export function useObjectTypes(): { readonly all: readonly ObjectType[]; readonly nameOf: (name: string) => string } {
  const { org } = useOrg();
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ["objects", org, "all", i18n.language],
    queryFn: ({ signal }) => api.org.getObjects({ org, limit: ALL }, { signal }),
    staleTime: 300_000,
  });
  const all = data?.data ?? [];
  return { all, nameOf: (name) => all.find((it) => it.name === name)?.label ?? name };
}

export interface Namespaces {
  readonly all: readonly Namespace[];
  /** With those that it is in: `Rivers / Loire`. */
  readonly pathOf: (id: string) => string;
}

export function useNamespaces(): Namespaces {
  const { org } = useOrg();
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ["namespaces", org, "all"],
    queryFn: ({ signal }) => api.org.getNamespaces({ org, limit: ALL }, { signal }),
    staleTime: 60_000,
  });
  const all = data?.data ?? [];
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
