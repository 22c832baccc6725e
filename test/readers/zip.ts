// Zip archives by Python's zipfile: none of its code is ours.
import { python } from "./python.ts";

const ENTRIES = `
import base64, io, json, sys, zipfile
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
json.dump([[it.filename, base64.b64encode(archive.read(it)).decode()] for it in archive.infolist()], sys.stdout)
`;

/** The files of a zip with their bytes, in its order, each of them checked against its checksum. */
export async function pythonZip(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const entries = (await python(ENTRIES, bytes)) as [string, string][];
  const files = entries.filter(([name]) => !name.endsWith("/"));
  return new Map(files.map(([name, content]) => [name, Buffer.from(content, "base64")]));
}
