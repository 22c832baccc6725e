// Documents that ask for nothing but pages of records, and records, whose JSON is written while they are read.
import type { DocumentNode, FieldNode, GraphQLObjectType, GraphQLSchema, SelectionSetNode } from "graphql";
import { typeBelow } from "./look-ahead.ts";
import { firstFields, type Fragments, fragmentsOf, operationsOf } from "./operations.ts";
import { partOf } from "./parts.ts";

const plain = new WeakMap<DocumentNode, boolean>();

/**
 * Whether a document is plain: values and references of records by key, and of pages from the front without edges.
 * @param schema which it fits
 * @param written that of plain documents
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
  /** Each is looked at once, however often its fragment is spread. */
  readonly #known = new Map<SelectionSetNode, boolean>();

  constructor(document: DocumentNode, schema: GraphQLSchema, written: GraphQLSchema) {
    this.#fragments = fragmentsOf(document);
    this.#root = schema.getQueryType()!;
    this.#writtenRoot = written.getQueryType()!;
  }

  isRootPlain(selections: SelectionSetNode): boolean {
    const fields = this.#root.getFields();
    // Those of one name are one in the answer. A schema may have no records at all, and nothing is asked of it then.
    const groups = [...Map.groupBy(this.#fields(selections), keyOf).values()].filter(
      ([node]) => node!.name.value !== "__typename",
    );
    if (groups.length === 0) return false;
    return groups.every((nodes) => {
      const { value: name } = nodes[0]!.name;
      if (this.#writtenRoot.getFields()[name] === undefined) return false;
      const type = typeBelow(fields[name]!.type);
      if (partOf(fields[name])?.kind === "page") return this.#isPagePlain(nodes, type);
      return nodes.every((it) => this.#isRecordPlain(it, type));
    });
  }

  #isPagePlain(pages: readonly FieldNode[], type: GraphQLObjectType): boolean {
    // Read from the last record on.
    if (pages.some(({ arguments: args = [] }) => args.some(({ name }) => name.value === "last"))) return false;
    const below = pages.flatMap(({ selectionSet }) => this.#fields(selectionSet!));
    const nodes = below.filter(({ name }) => name.value === "nodes");
    if (below.some(({ name }) => name.value === "edges") || new Set(nodes.map(keyOf)).size > 1) return false;
    const record = typeBelow(type.getFields()["nodes"]!.type);
    return nodes.every((it) => this.#isRecordPlain(it, record));
  }

  #isRecordPlain({ selectionSet }: FieldNode, type: GraphQLObjectType): boolean {
    let its = this.#known.get(selectionSet!);
    if (its === undefined) {
      its = this.#fields(selectionSet!).every((node) => {
        const field = type.getFields()[node.name.value];
        const kind = partOf(field)?.kind;
        if (kind === "reference") return this.#isRecordPlain(node, typeBelow(field!.type));
        return field === undefined || kind === "value" || kind === "key";
      });
      this.#known.set(selectionSet!, its);
    }
    return its;
  }

  #fields(selections: SelectionSetNode): readonly FieldNode[] {
    return firstFields(selections, this.#fragments);
  }
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
