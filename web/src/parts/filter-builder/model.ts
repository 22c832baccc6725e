// A filter as a form has it: conditions on fields, in groups.
import type { Asked } from "./operators.ts";

/** What a field must be like. */
export interface Condition {
  readonly kind: "condition";
  readonly id: number;
  /** Empty while no field is picked. */
  readonly path: string;
  readonly asked: Asked;
  /** Undefined while there is none; an array where there are several. */
  readonly value: unknown;
  /** Of texts: whether capitals count. */
  readonly matchCase: boolean;
}

export type Joined = "all" | "any" | "none";

export interface Group {
  readonly kind: "group";
  readonly id: number;
  readonly joined: Joined;
  readonly items: readonly Item[];
}

/** What the form has no fields for, as it is. */
export interface Raw {
  readonly kind: "raw";
  readonly id: number;
  readonly json: unknown;
}

export type Item = Condition | Group | Raw;

let lastId = 0;

/** Tells items apart while they are edited. */
export function freshId(): number {
  lastId += 1;
  return lastId;
}

export function emptyCondition(): Condition {
  return { kind: "condition", id: freshId(), path: "", asked: "is", value: undefined, matchCase: false };
}

export function emptyGroup(joined: Joined, items: readonly Item[] = []): Group {
  return { kind: "group", id: freshId(), joined, items };
}
