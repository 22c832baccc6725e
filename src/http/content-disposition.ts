// The name of a download, in every language (RFC 6266, RFC 8187).

/** `attachment`, or `inline`, with a name: one in ASCII for old programs, and the real one. */
export function contentDisposition(fileName: string, kind: "attachment" | "inline" = "attachment"): string {
  const plain = fileName
    .normalize("NFKD")
    .replaceAll(/[^\x20-\x7e]/g, "")
    .replaceAll(/["\\%]/g, "_")
    .trim();
  const name = fileName.toWellFormed();
  // encodeURIComponent leaves some that RFC 8187 has for itself.
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const ascii = plain === "" || plain.startsWith(".") ? `download${plain}` : plain;
  return plain === name ? `${kind}; filename="${name}"` : `${kind}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
