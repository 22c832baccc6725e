// What the resolvers of a GraphQL query have: the call that it is part of, and what links begin with.
import type { LinkedFile } from "../../service/records/file-link.ts";
import type { OrgCall } from "../../service/org-call.ts";

export interface GraphqlContext {
  readonly call: OrgCall;
  /** What links begin with: `https://exports.example.org`, without a slash at its end. */
  readonly baseUrl: string;
  /** A link to an attached file of a record: absolute, good for an hour, and for whoever has it. */
  fileLink(file: LinkedFile): string;
}
