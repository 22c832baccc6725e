// What was written in this browser, apart for each person and organisation: queries may hold what is nobody else's business.

/** A `Storage` of those names that begin with a prefix. */
export function keptFor(prefix: string) {
  const names = (): string[] => Object.keys(localStorage).filter((it) => it.startsWith(prefix));
  return {
    getItem: (name: string) => localStorage.getItem(prefix + name),
    setItem: (name: string, value: string) => localStorage.setItem(prefix + name, value),
    removeItem: (name: string) => localStorage.removeItem(prefix + name),
    clear: () => names().forEach((it) => localStorage.removeItem(it)),
    get length() {
      return names().length;
    },
  };
}
