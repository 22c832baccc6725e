// A template pinned to the fields that it means: with their stable ids and types, it survives their being renamed (DS6).
import type { Catalog, ObjectType } from "../catalog/types.ts";
import { WaybillError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import type { DatasetTemplate, Template, TemplateColumn, TemplateList } from "../template/template.ts";
import { shownOnly } from "./choose.ts";
import { objectAsked } from "./selection.ts";
import type { Access } from "./scope.ts";
import { type StableField, stableField } from "./stable.ts";

/**
 * The template with the id and type of each field as they are now. A column whose field is no more keeps what it has.
 * @throws inputError for a field that never was
 */
export function pinned<T extends Template>(template: T, catalog: Catalog, access: Access): T {
  const pinner = new Pinner(catalog, access);
  if (template.kind === "dataset-template") return pinner.dataset(template, "") as T;
  const datasets = template.datasets.map((it, n) => pinner.dataset(it, child("/datasets", n)));
  return { ...template, datasets };
}

/**
 * A template of another installation without the ids that do not fit here: such a column is found by its path. What is
 * not found at all stays as it is.
 */
export function fitted<T extends Template>(template: T, catalog: Catalog, access: Access): T {
  const fitter = new Fitter(catalog, access);
  const fit = (dataset: DatasetTemplate): DatasetTemplate =>
    dataset.object === null || !catalog.objects.has(dataset.object) ? dataset : fitter.dataset(dataset, "");
  if (template.kind === "dataset-template") return fit(template) as T;
  return { ...template, datasets: template.datasets.map(fit) };
}

class Pinner {
  readonly #catalog: Catalog;
  readonly #access: Access;

  constructor(catalog: Catalog, access: Access) {
    this.#catalog = catalog;
    this.#access = access;
  }

  dataset(dataset: DatasetTemplate, pointer: string): DatasetTemplate {
    if (dataset.object === null) return dataset;
    const object = objectAsked(dataset.object, this.#catalog, child(pointer, "object"));
    return { ...dataset, ...this.#columns(dataset, object, pointer) };
  }

  #columns(
    { columns, lists }: Pick<TemplateList, "columns" | "lists">,
    object: ObjectType,
    pointer: string,
  ): Pick<TemplateList, "columns" | "lists"> {
    return {
      columns: columns.map((column, n) => this.column(column, object, child(child(pointer, "columns"), n))),
      lists: lists.map((list, n) => {
        const items = this.#catalog.objects.get(object.lists.find((it) => it.name === list.list)?.object ?? "");
        return items === undefined
          ? list
          : { ...list, ...this.#columns(list, items, child(child(pointer, "lists"), n)) };
      }),
    };
  }

  /** A column as it is pinned. */
  protected column(column: TemplateColumn, object: ObjectType, pointer: string): TemplateColumn {
    if (column.field === null) return column;
    const { found, note } = this.find(column, column.field, object, pointer);
    if (found === null) return column;
    const { through, field, keys } = found;
    return {
      ...column,
      field: note === "renamed" ? [...through, field.name, ...keys].join(".") : column.field,
      id: keys.length > 0 ? column.id : (field.id ?? column.id),
      type: keys.length > 0 ? "json" : field.type,
    };
  }

  protected find(column: TemplateColumn, path: string, object: ObjectType, pointer: string): StableField {
    return stableField(column, path, object, this.#catalog, pointer, shownOnly(this.#access));
  }
}

class Fitter extends Pinner {
  protected override column(column: TemplateColumn, object: ObjectType): TemplateColumn {
    if (column.field === null || column.id === null) return column;
    const bare = { ...column, id: null, type: null };
    return this.#isFound(column, column.field, object) || !this.#isFound(bare, column.field, object) ? column : bare;
  }

  #isFound(column: TemplateColumn, path: string, object: ObjectType): boolean {
    try {
      return this.find(column, path, object, "").found !== null;
    } catch (error) {
      if (!(error instanceof WaybillError)) throw error;
      return false;
    }
  }
}
