// Python's own readers: none of their code is ours.
import { spawn } from "node:child_process";
import { needed } from "./programs.ts";
import { PythonProcess } from "./python-process.ts";

let process: PythonProcess | null = null;

/**
 * Runs a Python script that reads standard input and writes JSON. All run one after the other in one process, since
 * starting it takes longer than most of them.
 */
export async function python(script: string, input: Uint8Array, ...args: readonly string[]): Promise<unknown> {
  const program = needed("python3");
  process = process?.isRunning === true ? process : new PythonProcess(program);
  return JSON.parse(await process.run({ script, args, input })) as unknown;
}

/** Runs a program over bytes, and gives what it writes. */
export async function piped(program: string, args: readonly string[], input: Uint8Array): Promise<Buffer> {
  const child = spawn(needed(program), args, { stdio: ["pipe", "pipe", "pipe"] });
  const chunks: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const code = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  child.stdin.end(input);
  if ((await code) !== 0) throw new Error(`${program} failed: ${complaint}`);
  return Buffer.concat(chunks);
}

const CSV = `
import csv, io, json, sys
csv.field_size_limit(1 << 30)
text = sys.stdin.buffer.read().decode("utf-8")
json.dump(list(csv.reader(io.StringIO(text, newline=""), delimiter="%")), sys.stdout)
`;

/** Rows of delimited text, header first, by Python's csv module. */
export async function pythonCsv(bytes: Uint8Array, delimiter: "," | "\\t" | ";" = ","): Promise<string[][]> {
  return (await python(CSV.replace("%", delimiter), bytes)) as string[][];
}

const JSON_VALUES = `
import json, sys
def hold(text): return {"number": text}
lines = sys.stdin.buffer.read().decode("utf-8")
texts = lines.split("\\n")[:-1] if sys.argv[-1] == "lines" else [lines]
json.dump([json.loads(text, parse_int=hold, parse_float=hold) for text in texts], sys.stdout)
`;

/** JSON by Python's json module, with every number as `{"number": "its text"}`, so that none loses digits. */
export async function pythonJson(bytes: Uint8Array, lines = false): Promise<unknown[]> {
  return (await python(JSON_VALUES, bytes, lines ? "lines" : "whole")) as unknown[];
}

const XML_ROWS = `
import json, sys
from xml.etree import ElementTree
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
root = ElementTree.fromstring(sys.stdin.buffer.read())
def value(cell): return None if cell.get(NIL) == "true" else cell.text or ""
json.dump([root.tag, [[row.tag, [[cell.tag, value(cell)] for cell in row]] for row in root]], sys.stdout)
`;

/** An XML document by Python's ElementTree: its root's name, and each row's name and cells; null is nil. */
export async function pythonXml(
  bytes: Uint8Array,
): Promise<[root: string, rows: [row: string, cells: [name: string, text: string | null][]][]]> {
  return (await python(XML_ROWS, bytes)) as Awaited<ReturnType<typeof pythonXml>>;
}
