// Answers about the schema, which are long, always the same, and asked for by every tool that begins.
import type { GraphQLSchema } from "graphql";

/** How many are kept for each schema. */
const KEPT = 4;
/** Characters; longer ones are not kept. */
const LONGEST = 32 * 1024 * 1024;

const kept = new WeakMap<GraphQLSchema, Map<string, Promise<{ readonly body: string | Buffer }>>>();

/** The answer to a question, made once: whoever asks meanwhile waits for the same. */
export async function keptAnswer<
  Answer extends { readonly body: string | Buffer; readonly errors: readonly unknown[] },
>(schema: GraphQLSchema, question: string, make: () => Promise<Answer>): Promise<Answer> {
  let its = kept.get(schema) as Map<string, Promise<Answer>> | undefined;
  if (its === undefined) kept.set(schema, (its = new Map()));
  const answers = its;
  const known = answers.get(question);
  if (known !== undefined) return known;
  const making = make();
  answers.set(question, making);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value!);
  const forget = (): void => {
    if (answers.get(question) === making) answers.delete(question);
  };
  making.then(({ body, errors }) => (errors.length > 0 || body.length > LONGEST ? forget() : undefined), forget);
  return making;
}
