// Asks a service's GraphQL as a client does.
import type { Asker, World } from "../setup/service.ts";

export interface Answered {
  readonly status: number;
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly locations?: readonly object[];
    readonly extensions: {
      readonly code: string;
      readonly reason: string;
      readonly pointer?: string;
      readonly hint?: string;
    };
  }[];
  readonly extensions?: { readonly problems?: readonly object[] };
}

export type Ask = (query: string, variables?: object, as?: Asker) => Promise<Answered>;

export function asking({ ask }: Pick<World, "ask">, org = "lab"): Ask {
  return async (query, variables = {}, as = "guest") => {
    const answer = await ask(as, { method: "POST", url: `/${org}/graphql`, payload: { query, variables } });
    return { ...answer.json<Omit<Answered, "status">>(), status: answer.statusCode };
  };
}

/** Codes and reasons of an answer. */
export function codesOf({ errors = [] }: Answered): string[] {
  return errors.map(({ extensions: { code, reason } }) => `${code} ${reason}`);
}
