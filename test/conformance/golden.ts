// Golden files: what every engine must give, to the byte.
import { readFile, writeFile } from "node:fs/promises";

/** The bytes that every engine must give. WRITE_GOLDEN=1 writes what came out instead: read it before you commit it. */
export async function golden(name: string, bytes: Uint8Array): Promise<Buffer> {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env["WRITE_GOLDEN"] === "1") await writeFile(file, bytes);
  return readFile(file);
}
