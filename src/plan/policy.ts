// Policies: a `where` in which `$principal.email`, `.id`, `.role` and `.attributes.x` stand for the principal.
import { inputError } from "../lib/errors.ts";
import { child } from "../lib/pointer.ts";
import { sentence } from "../lib/sentence.ts";
import { suggest } from "../lib/suggest.ts";
import type { Principal } from "./principal.ts";

/** A condition of the query language that always, or never, holds. */
const ALWAYS = {};
const NEVER = { $nor: [ALWAYS] };

/** Stands for the value of a member that compares with something that the principal does not have. */
const UNKNOWN = Symbol("unknown");

type Members = Readonly<Record<string, unknown>>;

/**
 * A policy as a `where` for one principal. What the principal lacks makes a comparison unknown, and an unknown
 * comparison never lets a record through, under `$not`, `$ne` and `$nor` too.
 * @param principal null to check what the policy names, without a principal.
 * @throws inputError at a JSON pointer into the policy
 */
export function policyFor(policy: unknown, principal: Principal | null): unknown {
  return new Substitution(principal).members(policy, true, "");
}

class Substitution {
  readonly #principal: Principal | null;

  constructor(principal: Principal | null) {
    this.#principal = principal;
  }

  /** @param positive whether more records are let through when this holds. */
  members(input: unknown, positive: boolean, pointer: string): unknown {
    if (!isMembers(input)) return input;
    const fields: [string, unknown][] = [];
    const also: unknown[] = [];
    for (const [name, value] of Object.entries(input)) {
      const place = child(pointer, name);
      if (name === "$and" || name === "$or") {
        fields.push([name, this.#each(value, positive, place)]);
      } else if (name === "$nor") {
        fields.push([name, this.#each(value, !positive, place)]);
      } else if (name === "$not") {
        fields.push([name, this.members(value, !positive, place)]);
      } else if (isName(name)) {
        also.push(this.#aboutPrincipal(name, value, positive, place));
      } else {
        const said = this.#condition(value, positive, place);
        if (said === UNKNOWN) also.push(positive ? NEVER : ALWAYS);
        else fields.push([name, said]);
      }
    }
    const rest = Object.fromEntries(fields);
    if (also.length === 0) return rest;
    return { $and: fields.length === 0 ? also : [rest, ...also] };
  }

  #each(input: unknown, positive: boolean, pointer: string): unknown {
    return Array.isArray(input) ? input.map((it, n) => this.members(it, positive, child(pointer, n))) : input;
  }

  /** What is said of a field: a value, or operators with values. */
  #condition(input: unknown, positive: boolean, pointer: string): unknown {
    if (!isMembers(input)) {
      const value = this.#value(input, pointer);
      return Array.isArray(value) && !Array.isArray(input) ? { $in: value } : value;
    }
    const said: [string, unknown][] = [];
    for (const [name, value] of Object.entries(input)) {
      const place = child(pointer, name);
      const one = this.#operator(name, value, positive, place);
      if (one === UNKNOWN) return UNKNOWN;
      said.push([name, one]);
    }
    // Without a principal it is enough that there is such a field.
    if (this.#principal === null && said.some(([, value]) => value === CHECKED)) return CHECKED;
    return Object.fromEntries(said);
  }

  #operator(name: string, value: unknown, positive: boolean, pointer: string): unknown {
    if (name === "$not") return this.#condition(value, !positive, pointer);
    if (name === "$elemMatch") {
      const ofElement = isMembers(value) && Object.keys(value).some((it) => it.startsWith("$") && !LOGIC.has(it));
      return ofElement && !Object.keys(value).some(isName)
        ? this.#condition(value, positive, pointer)
        : this.members(value, positive, pointer);
    }
    const known = this.#value(value, pointer);
    if ((name === "$in" || name === "$nin") && known !== UNKNOWN && known !== CHECKED && !Array.isArray(known)) {
      return typeof value === "string" && isName(value) ? [known] : known;
    }
    return known;
  }

  /** A value with the principal's filled in; `UNKNOWN` when one of them is missing. */
  #value(input: unknown, pointer: string): unknown {
    if (Array.isArray(input)) {
      const values = input.map((it: unknown, n) => this.#value(it, child(pointer, n)));
      if (values.includes(CHECKED)) return CHECKED;
      return values.includes(UNKNOWN) ? UNKNOWN : values.flat();
    }
    if (typeof input !== "string" || !isName(input)) return input;
    return this.#lookUp(input, pointer);
  }

  #lookUp(name: string, pointer: string): unknown {
    const [, what = "", ...rest] = name.split(".");
    const known =
      (what === "email" || what === "id" || what === "role" ? rest.length === 0 : what === "attributes") &&
      (what !== "attributes" || rest.length > 0);
    if (!known) {
      throw inputError(
        "policy-not-suited",
        pointer,
        sentence`There is no ${name}.`,
        suggest(name, ["$principal.email", "$principal.id", "$principal.role"]) ??
          sentence`Write $principal.email, .id, .role or .attributes.name.`,
      );
    }
    if (this.#principal === null) return CHECKED;
    let value: unknown = what === "attributes" ? this.#principal.attributes : this.#principal[what as "email"];
    for (const step of rest) value = isMembers(value) && Object.hasOwn(value, step) ? value[step] : null;
    return value === null || value === undefined || isMembers(value) ? UNKNOWN : value;
  }

  /** `{"$principal.role": "owner"}`: settled here, so the database is not asked. */
  #aboutPrincipal(name: string, input: unknown, positive: boolean, pointer: string): unknown {
    const value = this.#lookUp(name, pointer);
    const conditions = isMembers(input) ? Object.entries(input) : [["$eq", input] as const];
    const holds = conditions.map(([operator, operand]) => {
      const test = Object.hasOwn(TESTS, operator) ? TESTS[operator] : undefined;
      if (test === undefined) {
        throw inputError(
          "policy-not-suited",
          child(pointer, operator),
          sentence`${operator} does not suit ${name}.`,
          sentence`It takes ${Object.keys(TESTS).join(", ")}.`,
        );
      }
      return test(value, operand);
    });
    if (value === CHECKED) return ALWAYS;
    if (value === UNKNOWN && !conditions.every(([operator]) => operator === "$exists"))
      return positive ? NEVER : ALWAYS;
    return holds.every(Boolean) ? ALWAYS : NEVER;
  }
}

/** Instead of a principal's value when only names are checked. */
const CHECKED = { $exists: true };

const LOGIC = new Set(["$and", "$or", "$nor"]);

const has = (value: unknown, operand: unknown): boolean =>
  Array.isArray(value) ? value.includes(operand) : value === operand;
const hasAny = (value: unknown, operand: unknown): boolean =>
  Array.isArray(operand) && operand.some((it) => has(value, it));

const TESTS: Readonly<Record<string, (value: unknown, operand: unknown) => boolean>> = {
  $eq: has,
  $ne: (value, operand) => !has(value, operand),
  $in: hasAny,
  $nin: (value, operand) => !hasAny(value, operand),
  $exists: (value, operand) => (value !== UNKNOWN) === operand,
};

function isName(text: string): boolean {
  return text === "$principal" || text.startsWith("$principal.");
}

function isMembers(input: unknown): input is Members {
  return typeof input === "object" && input !== null && !Array.isArray(input);
}
