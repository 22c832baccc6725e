// What the server says when it refuses (RFC 9457).
import { loadSentences } from "../text/index.ts";
import type { Words } from "./generated.ts";

export interface ProblemPlace {
  /** A JSON pointer into what was sent. */
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
  readonly in?: string;
  readonly words?: Words;
}

interface ProblemFacts {
  /** Of HTTP; 0 where there was no answer. */
  readonly status: number;
  /** Stable. `offline` where there was no answer. */
  readonly code: string;
  /** One sentence for people. */
  readonly detail: string;
  /** What to do about it. */
  readonly hint?: string | undefined;
  readonly words?: Words | undefined;
  readonly errors: readonly ProblemPlace[];
  readonly requestId?: string | undefined;
}

export class ApiProblem extends Error {
  readonly facts: ProblemFacts;

  constructor(facts: ProblemFacts) {
    super(facts.detail === "" ? facts.code : facts.detail);
    this.name = "ApiProblem";
    this.facts = facts;
  }

  get status(): number {
    return this.facts.status;
  }

  get code(): string {
    return this.facts.code;
  }
}

/** Reads a problem document; of anything else, as a proxy may send, what its status says. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  await loadSentences();
  const body: unknown = await response.json().catch(() => null);
  const facts = (typeof body === "object" && body !== null ? body : {}) as Partial<ProblemFacts> & { message?: string };
  return new ApiProblem({
    status: response.status,
    code: typeof facts.code === "string" ? facts.code : "unknown",
    detail: typeof facts.detail === "string" ? facts.detail : (facts.message ?? ""),
    hint: facts.hint,
    words: facts.words,
    errors: Array.isArray(facts.errors) ? facts.errors : [],
    requestId: facts.requestId,
  });
}
