// Reading what a bag says of itself (BagIt, RFC 8493).

/** Lines end with LF, CR or CRLF, and with no other separator of Unicode's. */
const LINE_END = /\r\n|\r|\n/;

/**
 * The hashes that a manifest gives, by path (section 2.1.3).
 * @throws Error that names the first line that is wrong
 */
export function readManifest(text: string): ReadonlyMap<string, string> {
  const hashes = new Map<string, string>();
  for (const [n, line] of text.split(LINE_END).entries()) {
    if (line === "") continue;
    const [, hash, encoded] = /^([0-9a-f]{64})[ \t]+(.+)$/is.exec(line) ?? [];
    if (hash === undefined || encoded === undefined) throw new Error(`line ${n + 1} has no hash and path`);
    const path = encoded.replace(/%(?:0a|0d|25)/gi, decodeURIComponent);
    if (hashes.has(path)) throw new Error(`line ${n + 1} lists a file for the second time`);
    hashes.set(path, hash.toLowerCase());
  }
  return hashes;
}

/**
 * The elements of a tag file (sections 2.1.1 and 2.2.2), by label in lower case. Lines that begin with space go on with
 * the value before.
 * @throws Error that names the first line that is wrong
 */
export function readTags(text: string): ReadonlyMap<string, string> {
  const tags = new Map<string, string>();
  let last: string | null = null;
  for (const [n, line] of text.split(LINE_END).entries()) {
    if (line === "") continue;
    const [, label, value = ""] = /^([^\s:][^:]*?)[ \t]*:[ \t]*(.*)$/s.exec(line) ?? [];
    if (/^[ \t]/.test(line) && last !== null) tags.set(last, `${tags.get(last)} ${line.trim()}`);
    else if (label === undefined) throw new Error(`line ${n + 1} has no label and value`);
    else tags.set((last = label.toLowerCase()), value.trim());
  }
  return tags;
}
