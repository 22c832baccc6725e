// Records whose JSON is written while they are read, for plain documents (`plain.ts`): GraphQL.js executes those too, with a schema in
// which records are leaves.
import { type FieldNode, GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLScalarType } from "graphql";
import type { JsonPage, WantedMember } from "../../service/records/tree.ts";
import { pageInfo } from "./connections.ts";
import { formOf, shownAs } from "./field-types.ts";
import { type At, typeBelow } from "./look-ahead.ts";
import { partOf } from "./parts.ts";
import { type Context, nameAt } from "./reading.ts";
import { type Document, selectedBelow } from "./selections.ts";
import type { ValueProblems } from "./value-problems.ts";
import { Written } from "./written.ts";

export interface WrittenPageAt {
  readonly page: JsonPage;
}

/** Stands for types of records. */
export const WrittenRecords = new GraphQLScalarType<unknown, unknown>({
  name: "WrittenRecords",
  coerceOutputValue: (value) => value,
});

/** @param name that of the connection type that it stands for */
export function writtenConnection(name: string): GraphQLObjectType<WrittenPageAt, Context> {
  return new GraphQLObjectType<WrittenPageAt, Context>({
    name,
    fields: {
      nodes: { type: new GraphQLNonNull(WrittenRecords), resolve: ({ page }) => new Written(page.json, "array") },
      pageInfo: { type: new GraphQLNonNull(pageInfo), resolve: ({ page }) => page },
      totalCount: { type: GraphQLInt, resolve: ({ page }) => page.count },
    },
  });
}

/** What is written of each record of a connection that is being resolved. @param problems is told of values that have no form */
export function membersOfPage(
  { fieldNodes, ...document }: At,
  connection: GraphQLObjectType,
  problems: ValueProblems,
): WantedMember[] {
  const found = [...selectedBelow(fieldNodes, document)].find(([, [node]]) => node.name.value === "nodes");
  if (found === undefined) return [];
  const [way, nodes] = found;
  return membersOf(nodes, typeBelow(connection.getFields()["nodes"]!.type), way, document, problems);
}

/** What is written of a record that is being resolved. */
export function membersOfRecord(
  { fieldNodes, ...document }: At,
  type: GraphQLObjectType,
  problems: ValueProblems,
): WantedMember[] {
  return membersOf(fieldNodes, type, "", document, problems);
}

function membersOf(
  nodes: readonly FieldNode[],
  type: GraphQLObjectType,
  way: string,
  document: Document,
  problems: ValueProblems,
): WantedMember[] {
  const fields = type.getFields();
  return [...selectedBelow(nodes, document)].map(([as, its]): WantedMember => {
    const field = fields[its[0].name.value];
    if (field === undefined) return { as, is: "fixed", value: type.name };
    const part = partOf(field);
    switch (part?.kind) {
      case "value": {
        const scalar = field.type as GraphQLScalarType;
        const tell = (detail: string): void => problems.add(part.object, part.name, detail);
        const otherwise = (value: unknown): unknown => {
          const shown = shownAs(scalar, value, tell);
          return shown === null ? null : scalar.coerceOutputValue(shown);
        };
        return { as, is: "value", name: part.name, form: formOf(scalar), otherwise };
      }
      case "key":
        return { as, is: "key" };
      case "reference": {
        const members = membersOf(its, typeBelow(field.type), "", document, problems);
        return { as, is: "record", reference: nameAt(way, as), members };
      }
      default:
        throw new Error(`${type.name}.${field.name} is not written by itself`);
    }
  });
}
