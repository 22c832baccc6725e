// Records whose JSON is written while they are read: for documents that ask for nothing of them but values and references. GraphQL.js
// executes such a document too, with a schema in which records are leaves.
import {
  type DocumentNode,
  type FieldNode,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLScalarType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import type { JsonPage, WantedMember } from "../../service/records/tree.ts";
import { pageInfo } from "./connections.ts";
import { formOf, shownAs } from "./field-types.ts";
import { type At, typeBelow } from "./look-ahead.ts";
import { firstFields, type Fragments, fragmentsOf, operationsOf } from "./operations.ts";
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
  return [...selectedBelow(nodes, document)].flatMap(([as, its]): WantedMember[] => {
    const field = fields[its[0].name.value];
    if (field === undefined) return [{ as, is: "fixed", value: type.name }];
    const part = partOf(field);
    switch (part?.kind) {
      case "value": {
        const scalar = field.type as GraphQLScalarType;
        const tell = (detail: string): void => problems.add(part.object, part.name, detail);
        const otherwise = (value: unknown): unknown => {
          const shown = shownAs(scalar, value, tell);
          return shown === null ? null : scalar.coerceOutputValue(shown);
        };
        return [{ as, is: "value", name: part.name, form: formOf(scalar), otherwise }];
      }
      case "key":
        return [{ as, is: "key" }];
      case "reference": {
        const members = membersOf(its, typeBelow(field.type), "", document, problems);
        return [{ as, is: "record", reference: nameAt(way, as), members }];
      }
      default:
        throw new Error(`${type.name}.${field.name} is not written by itself`);
    }
  });
}

const plain = new WeakMap<DocumentNode, boolean>();

/**
 * Whether a document, which fits the schema, asks for nothing but pages of records, and records, that are written by themselves:
 * values and references, of pages from the front, and no cursors of their own.
 * @param written the schema of such documents
 */
export function isPlain(document: DocumentNode, schema: GraphQLSchema, written: GraphQLSchema): boolean {
  let its = plain.get(document);
  if (its === undefined) {
    const looking = new Looking(document, schema, written);
    plain.set(document, (its = operationsOf(document).every((it) => looking.isRootPlain(it.selectionSet))));
  }
  return its;
}

/** Looks at selections whatever their directives say. */
class Looking {
  readonly #fragments: Fragments;
  readonly #root: GraphQLObjectType;
  readonly #writtenRoot: GraphQLObjectType;

  constructor(document: DocumentNode, schema: GraphQLSchema, written: GraphQLSchema) {
    this.#fragments = fragmentsOf(document);
    this.#root = schema.getQueryType()!;
    this.#writtenRoot = written.getQueryType()!;
  }

  isRootPlain(selections: SelectionSetNode): boolean {
    const fields = this.#root.getFields();
    return this.#fields(selections).every((node) => {
      const { value: name } = node.name;
      if (name === "__typename") return true;
      if (this.#writtenRoot.getFields()[name] === undefined) return false;
      const type = typeBelow(fields[name]!.type);
      return partOf(fields[name])?.kind === "page" ? this.#isPagePlain(node, type) : this.#isRecordPlain(node, type);
    });
  }

  #isPagePlain({ arguments: args = [], selectionSet }: FieldNode, type: GraphQLObjectType): boolean {
    // Read from the last record on.
    if (args.some(({ name }) => name.value === "last")) return false;
    const below = this.#fields(selectionSet!);
    const nodes = below.filter(({ name }) => name.value === "nodes");
    if (below.some(({ name }) => name.value === "edges") || new Set(nodes.map(keyOf)).size > 1) return false;
    const record = typeBelow(type.getFields()["nodes"]!.type);
    return nodes.every((it) => this.#isRecordPlain(it, record));
  }

  #isRecordPlain({ selectionSet }: FieldNode, type: GraphQLObjectType): boolean {
    return this.#fields(selectionSet!).every((node) => {
      const field = type.getFields()[node.name.value];
      const kind = partOf(field)?.kind;
      if (kind === "reference") return this.#isRecordPlain(node, typeBelow(field!.type));
      return field === undefined || kind === "value" || kind === "key";
    });
  }

  #fields(selections: SelectionSetNode): readonly FieldNode[] {
    return firstFields(selections, this.#fragments);
  }
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
