// Where the tables of a dataset are in its template.
import { child } from "../../lib/pointer.ts";
import type { DatasetTemplate, TemplateList } from "../../template/template.ts";

export interface TablePlaces {
  readonly pointer: string;
  /** How many columns the template gives it. */
  readonly count: number;
}

/** By the names of the tables: `samples`, `samples.measures`. */
export function placesOf(dataset: DatasetTemplate, pointer: string): ReadonlyMap<string, TablePlaces> {
  const places = new Map<string, TablePlaces>();
  const add = (name: string, { columns, lists }: Pick<TemplateList, "columns" | "lists">, place: string): void => {
    places.set(name, { pointer: place, count: columns.length });
    for (const [n, list] of lists.entries()) add(`${name}.${list.list}`, list, child(child(place, "lists"), n));
  };
  add(dataset.object ?? "", dataset, pointer);
  return places;
}
