import type { Predicate } from "./predicate.ts";
export function parseWhere(_input: unknown, ..._rest: unknown[]): Predicate { return { op: "constant", value: true }; }
