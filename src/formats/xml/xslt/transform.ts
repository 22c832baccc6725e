// XSLT (1.0 to 3.0) over a whole document, in a process of its own, since stylesheets come from anybody.
import { failure, placeAt, usageError, type WaybillError } from "../../../lib/errors.ts";
import { sentence, type Sentence } from "../../../lib/sentence.ts";
import { type XsltLimits, XsltProcess } from "./process.ts";
import type { Report } from "./protocol.ts";

const USUAL_LIMITS: XsltLimits = { document: 32 * 2 ** 20, time: 60_000, memory: 3072 };

/**
 * Transforms XML by a stylesheet. The document is held in memory, so that it has a limit; nothing of it is read before
 * the stylesheet has compiled. The result may break off with an error after some of it was given.
 * @throws usageError `option-not-suited` where the stylesheet is wrong, `xslt-forbidden` where it wants what it may not;
 *   failure `too-large-for-xslt`, `xslt-too-slow`, `xslt-failed`
 */
export async function* transformed(
  document: AsyncIterable<Uint8Array>,
  stylesheet: string,
  signal: AbortSignal,
  limits: XsltLimits = USUAL_LIMITS,
): AsyncGenerator<Uint8Array> {
  signal.throwIfAborted();
  const process = new XsltProcess(limits, signal);
  try {
    const begun = await process.begin({ stylesheet });
    if (begun.step !== "compiled") throw errorOf(begun);
    let size = 0;
    for await (const chunk of document) {
      size += chunk.length;
      if (size > limits.document) throw tooLarge(limits.document);
      await process.write(chunk);
    }
    const ended = yield* process.result();
    if (ended.step !== "done") throw errorOf(ended);
  } finally {
    await process.end();
  }
}

function errorOf(report: Report): WaybillError {
  switch (report.step) {
    case "forbidden": {
      const detail = sentence`The stylesheet uses ${report.what}, which is not allowed.`;
      return usageError("xslt-forbidden", detail, {
        hint: sentence`A stylesheet may use the exported records and nothing else: no files, network, environment or other code.`,
        places: [placeAt("/options/xslt", detail)],
      });
    }
    case "unsuited": {
      const detail = atLine(report);
      return usageError("option-not-suited", sentence`The option xslt of xml is no stylesheet that can be used.`, {
        hint: detail,
        places: [placeAt("/options/xslt", detail)],
      });
    }
    case "failed":
      return failure("xslt-failed", sentence`The stylesheet failed.`, {
        hint: atLine(report),
      });
    default:
      return failure(
        "xslt-failed",
        sentence`The process that runs the stylesheet reported "${report.step}" too early.`,
      );
  }
}

function atLine({ line, detail }: { readonly line: number | null; readonly detail: string }): Sentence {
  return line === null ? sentence`${detail}` : sentence`Line ${line}: ${detail}`;
}

function tooLarge(limit: number): WaybillError {
  return failure(
    "too-large-for-xslt",
    sentence`The records make more than ${limit / 2 ** 20} MiB of XML, too much for a stylesheet.`,
    {
      hint: sentence`Export fewer records or columns, or export XML without xslt and transform it afterwards.`,
    },
  );
}
