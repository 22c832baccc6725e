// JSON pointers (RFC 6901), for naming the place of a mistake.

/** Appends one step to a pointer: `child("/a", "b/c")` is `/a/b~1c`. */
export function child(pointer: string, step: string | number): string {
  return `${pointer}/${String(step).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
