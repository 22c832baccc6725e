// The fields that a condition names.

/** Also of conditions that are not right: what is no field is no harm. */
export function wherePaths(where: unknown): readonly string[] {
  if (Array.isArray(where)) return where.flatMap(wherePaths);
  if (typeof where !== "object" || where === null) return [];
  return Object.entries(where).flatMap(([name, value]) => (name.startsWith("$") ? wherePaths(value) : [name]));
}
