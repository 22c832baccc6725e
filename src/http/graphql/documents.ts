// Documents that were read and fit the schema. Programs send the same few again and again.
import { type DocumentNode, GraphQLError, type GraphQLSchema, OperationTypeNode, parse, validate } from "graphql";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { asRefused, tooComplex } from "./errors.ts";
import { checkIntrospection } from "./introspection.ts";
import { checkAnswer, checkDocument, LIMITS } from "./limits.ts";
import { operationsOf } from "./operations.ts";

/** How many are kept for each schema. */
const KEPT = 100;
/** Longer ones are not: each is some kilobytes, as a tree some hundred. */
const LONGEST = 20_000;

const kept = new WeakMap<GraphQLSchema, Map<string, DocumentNode>>();

/**
 * Reads a document, and checks it against the schema and the limits.
 * @throws Refused where it does not fit the schema, GraphQLError where it cannot be read; usageError for what is too much
 */
export function readDocument(
  text: string,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): DocumentNode {
  let its = kept.get(schema);
  if (its === undefined) kept.set(schema, (its = new Map()));
  const known = its.get(text);
  const document = known ?? parsedDocument(text);
  if (known === undefined) checkDocument(document);
  // What variables say counts too.
  checkAnswer(document, schema, variables);
  if (known === undefined) checkFits(document, schema);
  if (text.length <= LONGEST) {
    // The one that was used last is the last to go.
    its.delete(text);
    its.set(text, document);
    if (its.size > KEPT) its.delete(its.keys().next().value!);
  }
  return document;
}

/** @throws GraphQLError where it cannot be read; usageError for what is too long to be */
export function parsedDocument(text: string): DocumentNode {
  try {
    return parse(text, { maxLexicalTokens: LIMITS.tokens, maxComments: LIMITS.tokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (!/more than \d+ (?:lexical )?(?:tokens|comments)/i.test(error.message)) throw asRefused(error);
    const detail = `A document has at most ${LIMITS.tokens} words and signs.`;
    throw tooComplex("too-many-tokens", detail, "Ask in several requests.");
  }
}

function checkFits(document: DocumentNode, schema: GraphQLSchema): void {
  for (const { operation } of operationsOf(document)) {
    if (operation !== OperationTypeNode.QUERY) {
      throw inputError(
        "read-only",
        "/query",
        sentence`There is nothing to change here, and nothing to subscribe to.`,
        sentence`Send a query.`,
      );
    }
  }
  checkIntrospection(document, schema);
  const errors = validate(schema, document, undefined, { maxErrors: LIMITS.errors });
  // GraphQL.js gives up on comparing fields of one name with each other.
  if (errors.some(({ message }) => message === "Validation aborted.")) {
    throw tooComplex("too-many-fields", "The document asks for one field again and again.", "Ask for it once.");
  }
  if (errors.length > 0) throw new Refused(errors.map(asRefused));
}

/** A document that does not fit the schema. */
export class Refused extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super("The document does not fit the schema.");
    this.errors = errors;
  }
}
