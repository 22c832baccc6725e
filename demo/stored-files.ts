// The files that the demo's records have: small ones, of the kinds that their names say.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { crc32, deflateSync, gzipSync } from "node:zlib";

const TABLES = [
  ["attachments", "wetland"],
  ["sample_files", "reads"],
  ["run_outputs", "outputs"],
] as const;

/** Writes a file for each row that has one, where `demo/waybill.yaml` looks for it, and its size into the row. */
export function writeStoredFiles(database: string, store: string): void {
  const db = new DatabaseSync(database);
  db.exec("BEGIN");
  for (const [table, folder] of TABLES) {
    const keep = db.prepare(`UPDATE ${table} SET byte_size = ? WHERE id = ?`);
    for (const row of db.prepare(`SELECT id, name, 200 + byte_size % 4000 AS size FROM ${table}`).all()) {
      const file = join(store, folder, String(row["id"]));
      if (row["id"] === 1) mkdirSync(dirname(file), { recursive: true });
      const bytes = content(String(row["name"]), Number(row["size"]));
      writeFileSync(file, bytes);
      keep.run(bytes.length, row["id"]!);
    }
  }
  db.exec("COMMIT");
  db.close();
}

/** Something of a kind, of about that many bytes. */
function content(name: string, size: number): Buffer {
  const kind = name.toLowerCase().replace(/\.gz$/, "").split(".").at(-1);
  const text = (line: (n: number) => string, width: number): Buffer =>
    Buffer.from(Array.from({ length: Math.max(1, Math.floor(size / width)) }, (_, n) => line(n)).join(""));
  const bytes = ((): Buffer => {
    if (kind === "png" || kind === "jpg" || kind === "jpeg") return gel(size);
    if (kind === "pdf") return pdf(name);
    if (kind === "json")
      return Buffer.from(`${JSON.stringify({ of: name, passed: true, score: size / 10 }, null, 2)}\n`);
    if (kind === "csv")
      return Buffer.concat([Buffer.from("gene;found\n"), text((n) => `gene${n};${n % 3 === 0}\n`, 12)]);
    if (kind === "fasta" || kind === "fa") return text((n) => `>contig${n}\nACGTACGTTGCA\n`, 23);
    if (kind?.startsWith("fastq") === true) return text((n) => `@read${n}\nACGTACGT\n+\nIIIIIIII\n`, 28);
    return text((n) => `Note ${n + 1} about ${name}.\n`, 20 + name.length);
  })();
  return name.endsWith(".gz") ? gzipSync(bytes) : bytes;
}

/** A picture of bands, as PNG (ISO/IEC 15948): 8 bits of grey. */
function gel(seed: number): Buffer {
  const [width, height] = [240, 160];
  const rows = Buffer.alloc((width + 1) * height, 0x20);
  for (let y = 0; y < height; y++) {
    rows[y * (width + 1)] = 0;
    for (let x = 0; x < width; x++) {
      const lane = Math.floor(x / 30);
      const isBand = x % 30 > 6 && (y * 7 + lane * seed) % 53 < 4;
      if (isBand) rows[y * (width + 1) + x + 1] = 0xd8;
    }
  }
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [head, tail] = [Buffer.alloc(4), Buffer.alloc(4)];
    head.writeUInt32BE(data.length);
    tail.writeUInt32BE(crc32(body));
    return Buffer.concat([head, body, tail]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A page with one line. */
function pdf(name: string): Buffer {
  const line = `BT /F1 18 Tf 72 720 Td (${name.replaceAll(/[^ -'*-[\]-~]/g, "?")}) Tj ET`;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${line.length} >>\nstream\n${line}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let text = "%PDF-1.4\n";
  const places = objects.map((object, n) => {
    const place = text.length;
    text += `${n + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, "0")} 00000 n \n`;
  });
  const start = text.length;
  const entries = places.length + 1;
  text += `xref\n0 ${entries}\n0000000000 65535 f \n${places.join("")}`;
  text += `trailer\n<< /Size ${entries} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}
