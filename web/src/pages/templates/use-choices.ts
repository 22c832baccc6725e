// The fields that an object type has on offer as columns: its own, keys of JSON, and those of the records it refers to.
import { useQueries, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../api/client.ts";
import type { ObjectTypeWithFields } from "../../api/generated.ts";
import { useOrg } from "../../frame/org.ts";

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
  readonly lists: ObjectTypeWithFields["lists"];
}

const NOTHING: Choices = { all: [], byPath: new Map(), lists: [] };

export function useChoices(object: string): Choices {
  const { org } = useOrg();
  const { i18n } = useTranslation();
  const query = (name: string) => ({
    queryKey: ["objects", org, name, i18n.language],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.org.getObjectsByName({ org, name }, { signal }),
    staleTime: 300_000,
    retry: false,
  });
  const { data: own } = useQuery({ ...query(object), enabled: object !== "" });
  const references = own?.references ?? [];
  const referred = useQueries({
    queries: references.map((it) => query(it.object)),
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
    return { all, byPath: new Map(all.map((it) => [it.path, it])), lists: own.lists };
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
