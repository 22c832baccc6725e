// What the lists and files of an object type are called: as the object types that they are of.
import type { ObjectTypeWithFields } from "../../../api/generated.ts";
import { useObjectTypes } from "../../../parts/fields/use-object-types.ts";

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
  const types = useObjectTypes();
  const all = [...lists, ...files];
  const titled =
    (kind: string) =>
    (link: { readonly name: string; readonly object: string }): Titled => {
      const label = types.get(link.object)?.label ?? link.object;
      const isAlone = all.filter(({ object }) => object === link.object).length === 1;
      return { ...link, id: `${kind}-${link.name}`, title: isAlone ? label : `${label} (${link.name})` };
    };
  return { lists: lists.map(titled("list")), files: files.map(titled("files")) };
}
