// Documents that were read and fit the schema. Programs send the same few again and again.
import { type DocumentNode, GraphQLError, type GraphQLSchema, OperationTypeNode, parse, validate } from "graphql";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { asRefused, tooComplex } from "./errors.ts";
import { checkIntrospection } from "./introspection.ts";
import { checkAnswer, checkDocument, LIMITS } from "./limits.ts";
import { operationsOf } from "./operations.ts";

/** Characters of all that are kept, whichever schema they fit: as trees they take up to 200 times as many bytes. */
const KEPT = 500_000;
/** Longer ones are not. */
const LONGEST = 20_000;
/** What a document takes besides its text, in characters. */
const BESIDES = 50;

/** By schema and text, in the order in which they were last used. */
const kept = new Map<string, DocumentNode>();
let characters = 0;

const numbers = new WeakMap<GraphQLSchema, number>();
let schemas = 0;

/**
 * Reads a document, and checks it against the schema and the limits.
 * @throws Refused where it does not fit the schema, GraphQLError where it cannot be read; usageError for what is too much
 */
export function readDocument(
  text: string,
  schema: GraphQLSchema,
  variables: Readonly<Record<string, unknown>>,
): DocumentNode {
  let number = numbers.get(schema);
  if (number === undefined) numbers.set(schema, (number = ++schemas));
  const key = `${number} ${text}`;
  const known = kept.get(key);
  const document = known ?? parsedDocument(text);
  if (known === undefined) checkDocument(document);
  // What variables say counts too.
  checkAnswer(document, schema, variables);
  if (known === undefined) checkFits(document, schema);
  if (text.length <= LONGEST) keep(key, document);
  return document;
}

function keep(key: string, document: DocumentNode): void {
  if (!kept.delete(key)) characters += key.length + BESIDES;
  kept.set(key, document);
  while (characters > KEPT) {
    const oldest = kept.keys().next().value!;
    kept.delete(oldest);
    characters -= oldest.length + BESIDES;
  }
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
