// What the lists and files of an object type are called: as the object types that they are of.
import { useQuery } from "@tanstack/react-query";
import { api } from "../../../api/client.ts";
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useOrg } from "../../../frame/org.ts";
import { nameOf } from "./values.ts";

interface Titled {
  /** For addresses of the page. */
  readonly id: string;
  readonly title: string;
  readonly name: string;
  readonly object: string;
}

export function useSectionTitles({ lists, files }: ObjectTypeWithFields): {
  readonly lists: readonly Titled[];
  readonly files: readonly Titled[];
} {
  const { org } = useOrg();
  const { data } = useQuery({
    queryKey: ["objects", org, "types"],
    queryFn: ({ signal }) => api.org.getObjects({ org, limit: 500 }, { signal }),
    staleTime: 300_000,
  });
  const labels = new Map(data?.data.map((it) => [it.name, nameOf(it)]));
  const all = [...lists, ...files];
  const titled =
    (kind: string) =>
    (link: { readonly name: string; readonly object: string }): Titled => {
      const label = labels.get(link.object) ?? link.name;
      const isAlone = all.filter(({ object }) => object === link.object).length === 1;
      return { ...link, id: `${kind}-${link.name}`, title: isAlone ? label : `${label} (${link.name})` };
    };
  return { lists: lists.map(titled("list")), files: files.map(titled("files")) };
}
