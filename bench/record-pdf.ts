// How long the PDF of a typical record takes, on one thread: `node bench/record-pdf.ts`.
import type { RecordDocument } from "../src/archive/record-pdf/document.ts";
import { loadFonts } from "../src/archive/record-pdf/fonts.ts";
import { recordPdf } from "../src/archive/record-pdf/record-pdf.ts";

/** 25 fields, a list of 10 rows, two files. */
function record(number: number): RecordDocument {
  const field = (at: number): { label: string; value: string | null } => ({
    label: `Measured quantity ${at}`,
    value: at % 6 === 5 ? null : `Value ${at} of record ${number}, taken on 2024-05-0${(at % 9) + 1}`,
  });
  return {
    title: `Sample WL-2024-${number}`,
    subtitle: "Soil samples",
    language: "en",
    sections: [{ heading: "Collection", fields: Array.from({ length: 25 }, (_, at) => field(at)) }],
    lists: [
      {
        heading: "Measures",
        columns: ["No", "Taken", "Quantity", "Value", "Remark"],
        rows: Array.from({ length: 10 }, (_, at) => [`${at}`, "2024-05-10", "Conductivity", `${at * number}`, null]),
      },
    ],
    files: [
      { name: "photo.jpg", size: 2_345_678, note: null },
      { name: "report.pdf", size: null, note: "could not be read" },
    ],
    footer: "Exported by Waybill",
  };
}

const RECORDS = 2_000;
const fonts = loadFonts();
for (let number = 0; number < 100; number++) recordPdf(record(number), fonts);
const started = performance.now();
let bytes = 0;
for (let number = 0; number < RECORDS; number++) {
  bytes += recordPdf(record(number), fonts).length;
  // What streams leave behind is taken away between turns of the event loop.
  if (number % 100 === 0) await new Promise(setImmediate);
}
const each = (performance.now() - started) / RECORDS;
const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
console.log(`${each.toFixed(1)} ms and ${Math.round(bytes / RECORDS)} bytes a record, ${memory} MB of memory`);
