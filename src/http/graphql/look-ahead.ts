// What a root field wants of records, with all that is selected below it: it is read at once, and not record by record.
import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
} from "graphql";
import { inputError, type WaybillError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import type { WantedPage, WantedRecord } from "../../service/records/tree.ts";
import { MOST_SIZE, USUAL_SIZE } from "./connections.ts";
import { partOf } from "./parts.ts";
import { nameAt } from "./reading.ts";
import { type Document, selectedBelow } from "./selections.ts";

type Nodes = readonly [FieldNode, ...FieldNode[]];

/** What is wanted, as it is put together. */
interface Wanting {
  readonly fields: Set<string>;
  readonly references: WantedRecord["references"][number][];
  readonly lists: WantedRecord["lists"][number][];
  readonly files: WantedRecord["files"][number][];
}

/** Arguments of a connection, as GraphQL has checked them. */
interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly where?: unknown;
  readonly search?: string | null;
  readonly namespace?: string | null;
  readonly order?: readonly string[] | null;
  readonly createdSince?: string | null;
  readonly updatedSince?: string | null;
  readonly state?: readonly string[] | null;
}

/** What is being resolved. */
export type At = Pick<GraphQLResolveInfo, "fieldNodes"> & Document;

/** What a connection that is being resolved wants. @throws GraphQLError at the place in the document, of a usageError */
export function wantedPage(args: object, { fieldNodes, ...document }: At, connection: GraphQLObjectType): WantedPage {
  return pageAt(fieldNodes as unknown as Nodes, args, connection, document);
}

/** What a record that is being resolved wants. @throws as `wantedPage` */
export function wantedRecord({ fieldNodes, ...document }: At, type: GraphQLObjectType): WantedRecord {
  const wanting = nothing();
  add(wanting, fieldNodes as unknown as Nodes, type, "", document);
  return recordOf(wanting);
}

function pageAt(nodes: Nodes, args: PageArguments, connection: GraphQLObjectType, document: Document): WantedPage {
  const [node] = nodes;
  const wanting = nothing();
  let [records, cursors, count] = [false, false, false];
  for (const [key, its] of selectedBelow(nodes, document)) {
    const { value: name } = its[0].name;
    if (name === "totalCount") count = true;
    if (name === "pageInfo") records = true;
    if (name !== "nodes" && name !== "edges") continue;
    records = true;
    const item = typeBelow(connection.getFields()[name]!.type);
    if (name === "nodes") {
      add(wanting, its, item, key, document);
      continue;
    }
    for (const [inner, edge] of selectedBelow(its, document)) {
      if (edge[0].name.value === "cursor") cursors = true;
      if (edge[0].name.value === "node")
        add(wanting, edge, typeBelow(item.getFields()["node"]!.type), nameAt(key, inner), document);
    }
  }
  const { first, last, ...asked } = args;
  if (first !== undefined && first !== null && last !== undefined && last !== null) {
    throw at(
      node,
      inputError("first-and-last", "/last", sentence`A page is asked for by \`first\` or by \`last\`, not by both.`),
    );
  }
  const isLast = last !== undefined && last !== null;
  const size = sizeAt(node, isLast ? "last" : "first", isLast ? last : first);
  return {
    ...said(asked),
    // To count them, none needs to be read.
    size: records ? size : 1,
    ...(isLast ? { backwards: true } : {}),
    cursors,
    count,
    of: recordOf(wanting),
  };
}

/** Arguments that say something: null is as good as nothing. */
function said(args: Omit<PageArguments, "first" | "last">): Partial<WantedPage> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null && value !== undefined));
}

function add(wanting: Wanting, nodes: Nodes, type: GraphQLObjectType, way: string, document: Document): void {
  const fields = type.getFields();
  for (const [key, its] of selectedBelow(nodes, document)) {
    const [node] = its;
    const field = fields[node.name.value];
    const part = partOf(field);
    if (field === undefined || part === null) continue;
    const as = nameAt(way, key);
    if (part.kind === "value") wanting.fields.add(part.name);
    if (part.kind === "reference") {
      const of = nothing();
      add(of, its, typeBelow(field.type), "", document);
      wanting.references.push({ as, name: part.name, of: recordOf(of) });
    }
    if (part.kind === "page") {
      const args = getArgumentValues(field, node, document.variableValues);
      wanting.lists.push({ as, name: part.name, page: pageAt(its, args, typeBelow(field.type), document) });
    }
    if (part.kind === "files") {
      const { first } = getArgumentValues(field, node, document.variableValues) as { readonly first?: number | null };
      wanting.files.push({
        as,
        name: part.name,
        first: sizeAt(node, "first", first),
        checksum: asksChecksum(its, document),
      });
    }
  }
}

function asksChecksum(nodes: Nodes, document: Document): boolean {
  return [...selectedBelow(nodes, document).values()].some((its) =>
    [...selectedBelow(its, document).values()].some(([{ name }]) => name.value === "sha256"),
  );
}

function sizeAt(node: FieldNode, argument: "first" | "last", size: number | null | undefined): number {
  const its = size ?? USUAL_SIZE;
  if (its >= 1 && its <= MOST_SIZE) return its;
  const detail = sentence`\`${argument}\` of ${node.name.value} must be from 1 to ${MOST_SIZE}.`;
  throw at(
    node,
    inputError(
      "size-not-suited",
      `/${argument}`,
      detail,
      sentence`Take more pages instead: \`after\` goes on behind a cursor.`,
    ),
  );
}

function at(node: FieldNode, error: WaybillError): GraphQLError {
  return new GraphQLError(error.message, { nodes: [node], originalError: error });
}

export function typeBelow(type: GraphQLOutputType): GraphQLObjectType {
  return getNamedType(type) as GraphQLObjectType;
}

function nothing(): Wanting {
  return { fields: new Set(), references: [], lists: [], files: [] };
}

function recordOf({ fields, ...rest }: Wanting): WantedRecord {
  return { fields: [...fields], ...rest };
}
