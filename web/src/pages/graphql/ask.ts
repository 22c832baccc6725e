// Sends a document as GraphiQL does, to the org of the page.
import { fetchPlain } from "../../api/client.ts";
import { parseLossless } from "../../api/lossless.ts";
import { BASE_PATH } from "../../lib/base-path.ts";

interface Answered {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
}

/** @throws ApiProblem where nobody is signed in any more, or there was no answer */
export async function ask(org: string, params: object, signal?: AbortSignal): Promise<Answered> {
  const response = await fetchPlain(`${BASE_PATH}/${org}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(params),
    signal: signal ?? null,
  });
  return parseLossless(await response.text()) as Answered;
}
