// How large a document may be: looked at before it is compared with the schema, which may take longer than to read it.
import {
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from "graphql";
import { MOST_SIZE, USUAL_SIZE } from "./connections.ts";
import { tooComplex } from "./errors.ts";
import { firstFields, type Fragments, fragmentsOf, operationsOf } from "./operations.ts";
import { partOf } from "./parts.ts";

export const LIMITS = {
  /** Words and signs. */
  tokens: 2_000,
  /** Fields within fields, introspection apart. */
  levels: 12,
  /** In the whole document. */
  aliases: 50,
  /** Of an operation. */
  rootFields: 20,
  /** Records, files and what is made of them, that an answer can have. */
  records: 10_000,
  /** Values of fields that an answer can have. */
  values: 500_000,
  /** Bytes of the JSON of variables. */
  variables: 64 * 1024,
  /** Errors that are told of a document that does not fit the schema. */
  errors: 20,
} as const;

/** What counts as many records. */
const COUNTED = 100;
const CHECKSUM = 10;

/** What an answer can have below a selection, for one of what it is in. */
interface Weight {
  readonly levels: number;
  readonly records: number;
  readonly values: number;
}

const NOTHING: Weight = { levels: 0, records: 0, values: 0 };
const INTROSPECTION = /^__(?:schema|type)$/;

/** Values of variables, before they were checked. */
type Variables = Readonly<Record<string, unknown>>;

/**
 * Refuses a document that is larger than any schema makes good.
 * @throws usageError `too-many-aliases`, `too-many-root-fields`, `too-many-levels`
 */
export function checkDocument(document: DocumentNode): void {
  let aliases = 0;
  visit(document, {
    Field({ alias }) {
      if (alias !== undefined) aliases++;
    },
  });
  if (aliases > LIMITS.aliases) {
    throw tooComplex("too-many-aliases", `A document has at most ${LIMITS.aliases} aliases.`, ASK_LESS);
  }
  const fragments = fragmentsOf(document);
  for (const operation of operationsOf(document)) {
    if (firstFields(operation.selectionSet, fragments).length > LIMITS.rootFields) {
      throw tooComplex(
        "too-many-root-fields",
        `An operation has at most ${LIMITS.rootFields} fields at its root.`,
        ASK_LESS,
      );
    }
    checkWeight(new Weighing(fragments, undefined, {}, operation).of(operation.selectionSet, undefined, 1));
  }
}

/**
 * Refuses an operation whose answer could be too large.
 * @throws usageError `too-many-records`, `too-many-values`
 */
export function checkAnswer(document: DocumentNode, schema: GraphQLSchema, variables: Variables): void {
  const fragments = fragmentsOf(document);
  const root = schema.getQueryType()!;
  for (const operation of operationsOf(document)) {
    checkWeight(new Weighing(fragments, schema, variables, operation).of(operation.selectionSet, root, 1));
  }
}

const ASK_LESS = "Ask for less at once: in several requests, or with smaller pages.";

function checkWeight({ levels, records, values }: Weight): void {
  if (levels > LIMITS.levels) {
    throw tooComplex("too-many-levels", `Fields may lie ${LIMITS.levels} deep in one another.`, ASK_LESS);
  }
  if (records > LIMITS.records) {
    const detail = `The answer could have ${inWords(records)} records; at most ${inWords(LIMITS.records)} may be asked for at once.`;
    throw tooComplex("too-many-records", detail, "Take smaller pages (`first`), above all of lists within lists.");
  }
  if (values > LIMITS.values) {
    const detail = `The answer could have ${inWords(values)} values; at most ${inWords(LIMITS.values)} may be asked for at once.`;
    throw tooComplex("too-many-values", detail, "Take smaller pages (`first`), or fewer fields.");
  }
}

/** Beyond that it is of no interest how many. */
const MANY = 1e9;

function inWords(count: number): string {
  return count >= MANY ? "more than a billion" : count.toLocaleString("en");
}

/** Weighs selections; each fragment once for each size of what it is in, however often and deep it is spread. */
class Weighing {
  readonly #fragments: Fragments;
  readonly #schema: GraphQLSchema | undefined;
  readonly #variables: Variables;
  readonly #defaults: ReadonlyMap<string, ValueNode | undefined>;
  /** Null while it is being weighed: one that leads back to itself weighs nothing, and is refused later. */
  readonly #known = new Map<string, Weight | null>();

  constructor(
    fragments: Fragments,
    schema: GraphQLSchema | undefined,
    variables: Variables,
    { variableDefinitions = [] }: OperationDefinitionNode,
  ) {
    this.#fragments = fragments;
    this.#schema = schema;
    this.#variables = variables;
    this.#defaults = new Map(variableDefinitions.map((it) => [it.variable.name.value, it.defaultValue]));
  }

  /** @param size of the connection that the selection is of */
  of({ selections }: SelectionSetNode, type: GraphQLObjectType | undefined, size: number): Weight {
    let [levels, records, values] = [0, 0, 0];
    for (const selection of selections) {
      const its =
        selection.kind === Kind.FIELD
          ? this.#field(selection, type, size)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.of(selection.selectionSet, this.#typeNamed(selection.typeCondition?.name.value) ?? type, size)
            : this.#fragment(selection.name.value, size);
      levels = Math.max(levels, its.levels);
      records = Math.min(records + its.records, MANY);
      values = Math.min(values + its.values, MANY);
    }
    return { levels, records, values };
  }

  #fragment(name: string, size: number): Weight {
    const fragment = this.#fragments.get(name);
    if (fragment === undefined) return NOTHING;
    const key = `${size} ${name}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known ?? NOTHING;
    this.#known.set(key, null);
    const weight = this.of(fragment.selectionSet, this.#typeNamed(fragment.typeCondition.name.value), size);
    this.#known.set(key, weight);
    return weight;
  }

  #field(node: FieldNode, parent: GraphQLObjectType | undefined, size: number): Weight {
    const { name, selectionSet } = node;
    if (INTROSPECTION.test(name.value)) return NOTHING;
    const field = parent?.getFields()[name.value];
    const part = partOf(field)?.kind;
    if (part === "count") return { levels: 1, records: COUNTED, values: 1 };
    if (part === "checksum") return { levels: 1, records: CHECKSUM, values: 1 };
    if (selectionSet === undefined) return { levels: 1, records: 0, values: 1 };
    const named = field === undefined ? undefined : getNamedType(field.type);
    const inner = part === "page" || part === "files" ? this.#size(node) : size;
    const below = this.of(selectionSet, isObjectType(named) ? named : undefined, inner);
    const times = part === "items" ? size : 1;
    // Of a connection itself, and of what is in an edge, there is one for what is counted already.
    const own = part === "items" || part === "reference" || part === "page" || part === "files" ? 1 : 0;
    return {
      levels: below.levels + 1,
      records: Math.min(times * (own + below.records), MANY),
      values: Math.min(times * (1 + below.values), MANY),
    };
  }

  #typeNamed(name: string | undefined): GraphQLObjectType | undefined {
    const type = name === undefined ? undefined : this.#schema?.getType(name);
    return isObjectType(type) ? type : undefined;
  }

  /** What no page may be is refused where it is read. */
  #size({ arguments: args = [] }: FieldNode): number {
    const asked = args.find(({ name, value }) => isSize(name.value) && value.kind !== Kind.NULL);
    if (asked === undefined) return USUAL_SIZE;
    const size = this.#number(asked.value);
    return Number.isInteger(size) && size >= 0 ? Math.min(size, MOST_SIZE) : MOST_SIZE;
  }

  #number(value: ValueNode): number {
    if (value.kind === Kind.INT) return Number(value.value);
    if (value.kind !== Kind.VARIABLE) return NaN;
    const { value: name } = value.name;
    if (Object.hasOwn(this.#variables, name)) return Number(this.#variables[name] ?? USUAL_SIZE);
    const preset = this.#defaults.get(name);
    return preset === undefined ? USUAL_SIZE : this.#number(preset);
  }
}

function isSize(name: string): boolean {
  return name === "first" || name === "last";
}
