// Questions about the schema itself: how large they may be, and answers that are kept, since they are long and always the same.
import {
  type DocumentNode,
  type FieldNode,
  getIntrospectionQuery,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInputObjectType,
  isObjectType,
  Kind,
  parse,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { tooComplex } from "./errors.ts";
import { firstFields, fragmentsOf, operationsOf } from "./operations.ts";

/** So many times the usual question may be asked at once. */
const MOST_TIMES = 2;
/** What any schema can be asked, in values. */
const ALWAYS = 5_000;
/** How much lists of the schema hold, by their names in introspection. */
type Lengths = ReadonlyMap<string, number>;

const weighed = new WeakMap<GraphQLSchema, { readonly lengths: Lengths; readonly most: number }>();

/**
 * Refuses a document that asks for the whole schema again and again.
 * @throws usageError `introspection-too-large`
 */
export function checkIntrospection(document: DocumentNode, schema: GraphQLSchema): void {
  if (!asksSchema(document)) return;
  let its = weighed.get(schema);
  if (its === undefined) {
    const lengths = lengthsOf(schema);
    const usual = weightOf(parse(getIntrospectionQuery(EVERYTHING)), lengths);
    its = { lengths, most: Math.max(ALWAYS, MOST_TIMES * usual) };
    weighed.set(schema, its);
  }
  if (weightOf(document, its.lengths) <= its.most) return;
  throw tooComplex(
    "introspection-too-large",
    "The document asks more about the schema than all of it holds.",
    "Take the schema as a file: schema.graphql, beside this address.",
  );
}

const EVERYTHING = {
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
};

/** No fragment is followed: each is looked at by itself. */
function asksSchema({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (it) =>
      "selectionSet" in it && it.selectionSet !== undefined && firstFields(it.selectionSet, new Map()).some(isMeta),
  );
}

/** Whether nothing is asked for but the schema: the answer is then the same for all who see it. */
export function asksSchemaAlone(document: DocumentNode): boolean {
  const fragments = fragmentsOf(document);
  return operationsOf(document).every(({ selectionSet }) => firstFields(selectionSet, fragments).every(isMeta));
}

function lengthsOf(schema: GraphQLSchema): Lengths {
  const types = Object.values(schema.getTypeMap());
  const fields = types.map((it) =>
    isObjectType(it) || isInputObjectType(it) ? Object.keys(it.getFields()).length : 0,
  );
  const args = types.map((it) =>
    isObjectType(it) ? Object.values(it.getFields()).reduce((count, { args: its }) => count + its.length, 0) : 0,
  );
  const [ofFields, ofArgs] = [sum(fields), sum(args)];
  return new Map([
    ["types", types.length],
    // Of all types, each has its share; one alone may have most of them.
    ["types.fields", ofFields / types.length],
    ["fields", Math.max(...fields)],
    ["args", Math.max(1, ofArgs / Math.max(1, ofFields))],
    ["enumValues", 10],
    ["directives", 10],
    ["locations", 10],
  ]);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, it) => all + it, 0);
}

/** About how many values the answer has. */
function weightOf(document: DocumentNode, lengths: Lengths): number {
  const fragments = fragmentsOf(document);
  const known = new Map<string, number>();
  const of = ({ selections }: SelectionSetNode, type: GraphQLObjectType | undefined, inTypes: boolean): number => {
    let weight = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const { value: name } = selection.name;
        const key = `${inTypes} ${type?.name} ${name}`;
        if (!known.has(key)) {
          known.set(key, 0);
          const fragment = fragments.get(name);
          if (fragment !== undefined) known.set(key, of(fragment.selectionSet, type, inTypes));
        }
        weight += known.get(key)!;
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        weight += of(selection.selectionSet, type, inTypes);
      } else {
        const { value: name } = selection.name;
        const field = META.get(name) ?? type?.getFields()[name];
        if (field === undefined) continue;
        if (selection.selectionSet === undefined) {
          weight += lengths.get(name) ?? 1;
          continue;
        }
        const below = getNamedType(field.type);
        const length = (inTypes ? lengths.get(`types.${name}`) : undefined) ?? lengths.get(name) ?? 1;
        weight += length * (1 + of(selection.selectionSet, isObjectType(below) ? below : undefined, name === "types"));
      }
    }
    return Math.min(weight, Number.MAX_SAFE_INTEGER);
  };
  return sum(operationsOf(document).map(({ selectionSet }) => of(selectionSet, undefined, false)));
}

const META = new Map([SchemaMetaFieldDef, TypeMetaFieldDef].map((it) => [it.name, it]));

function isMeta({ name }: FieldNode): boolean {
  return META.has(name.value);
}
