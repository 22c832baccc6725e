// What a document must be to be registered: one query that reads, within the limits of all queries.
import { type DocumentNode, GraphQLError, OperationTypeNode } from "graphql";
import { inputError } from "../../lib/errors.ts";
import { sentence } from "../../lib/sentence.ts";
import { isStorableText } from "../../query/values.ts";
import { parsedDocument } from "./documents.ts";
import { checkDocument } from "./limits.ts";
import { operationsOf } from "./operations.ts";

/**
 * Whether it fits the schema is seen when it is run: what there is differs by role, and may change.
 * @throws inputError `query-syntax`, `query-operations`, `query-writes` at `/document`; usageError for what is too much
 */
export function checkRegistered(text: string): void {
  const document = parsed(text);
  const operations = operationsOf(document);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1) {
    const has = operations.length === 0 ? sentence`no operation` : sentence`${operations.length} operations`;
    throw inputError(
      "query-operations",
      "/document",
      sentence`The document has ${has}.`,
      sentence`Register one query at a time.`,
    );
  }
  if (operation.operation !== OperationTypeNode.QUERY) {
    const what = sentence`The document is a ${operation.operation}.`;
    throw inputError(
      "query-writes",
      "/document",
      what,
      sentence`GraphQL only reads here: begin the document with query.`,
    );
  }
  checkDocument(document);
}

function parsed(text: string): DocumentNode {
  if (!isStorableText(text)) {
    throw inputError(
      "query-syntax",
      "/document",
      sentence`The document has a NUL, or half a letter.`,
      sentence`Leave it out.`,
    );
  }
  try {
    return parsedDocument(text);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [at] = error.locations ?? [];
    const where = at === undefined ? "" : sentence` (line ${at.line}, column ${at.column})`;
    const hint = sentence`Try it in GraphiQL first.`;
    throw inputError(
      "query-syntax",
      "/document",
      sentence`The document cannot be read: ${error.message}${where}`,
      hint,
    );
  }
}
