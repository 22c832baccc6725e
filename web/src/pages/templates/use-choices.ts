// The fields that an object type has on offer as columns: its own, keys of JSON, and those of the records it refers to.
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";
import { type PathField, pathFields } from "../../parts/fields/field.ts";
import { typeQuery } from "../../parts/fields/use-path-fields.ts";

export interface Choice {
  readonly path: string;
  readonly label: string;
  readonly documentation?: string;
  readonly type: string;
  readonly group: string;
  /** What the header is, unless somebody writes another. */
  readonly header: string;
  /** What codes mean. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The rule under which the reader has it. */
  readonly deidentified?: string;
}

export interface Choices {
  readonly all: readonly Choice[];
  readonly byPath: ReadonlyMap<string, Choice>;
  /** The same, as filters have them. */
  readonly fields: readonly PathField[];
  readonly lists: ObjectTypeWithFields["lists"];
}

const NOTHING: Choices = { all: [], byPath: new Map(), fields: [], lists: [] };

export function useChoices(object: string): Choices {
  const { org } = useOrg();
  const { data: own } = useQuery({ ...typeQuery(org, object), enabled: object !== "" });
  const references = own?.references ?? [];
  const referred = useQueries({
    queries: references.map((it) => typeQuery(org, it.object)),
    combine: (results) => results.map((it) => it.data),
  });
  return useMemo(() => {
    if (own === undefined) return NOTHING;
    const all = [
      ...choicesOf(own, "", own.label ?? own.name),
      ...own.references.flatMap(({ name }, n) => {
        const its = referred[n];
        return its === undefined ? [] : choicesOf(its, `${name}.`, `${its.label ?? its.name} (${name})`);
      }),
    ];
    const known = new Map(referred.flatMap((it) => (it === undefined ? [] : [[it.name, it]])));
    const fields = pathFields(own, known);
    return { all, byPath: new Map(all.map((it) => [it.path, it])), fields, lists: own.lists };
  }, [own, referred]);
}

function choicesOf(object: ObjectTypeWithFields, prefix: string, group: string): Choice[] {
  return object.fields.map(({ name, label, documentation, type, labels, deidentified }) => {
    const its = label ?? name;
    return {
      path: `${prefix}${name}`,
      label: its,
      type,
      group,
      header: prefix === "" ? its : label === null ? `${prefix}${name}` : `${its} (${object.label ?? object.name})`,
      ...(documentation === null ? {} : { documentation }),
      ...(labels === null ? {} : { labels: labels as Readonly<Record<string, string>> }),
      ...(deidentified === null ? {} : { deidentified }),
    };
  });
}

/** Types that a date format suits; text may be a date, too. */
export function mayBeDate(type: string | undefined): boolean {
  return type === undefined || ["date", "datetime", "instant", "time", "text", "any", "json"].includes(type);
}
