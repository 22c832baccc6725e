// A letter as HTML that mail programs show alike: tables, inline styles, nothing fetched; dark where the reader wants it.
import type { Action, Fact, Letter } from "./letter.ts";
import { escaped } from "./text.ts";

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Programs that know no `<style>` show the light colours, which stand with each element. */
const DARK = [
  ".page{background:#14181d!important}",
  ".card{background:#1e242b!important;border-color:#36404a!important}",
  ".ink{color:#e8ecf0!important}",
  ".soft{color:#a9b4bf!important}",
  ".rule{border-color:#36404a!important}",
  ".link{color:#8fbdf5!important}",
  ".code{background:#14181d!important;color:#e8ecf0!important}",
].join("");
/** On a phone, a fact's value is below its name. */
const NARROW = [
  ".card{padding:20px 18px 24px!important}",
  ".name,.value{display:block!important;width:auto!important}",
  ".name{padding-bottom:0!important}",
  ".value{border-top:0!important;padding-top:2px!important}",
].join("");
const STYLE = `:root{color-scheme:light dark}@media (prefers-color-scheme:dark){${DARK}}@media (max-width:480px){${NARROW}}`;

export function htmlOf({
  language,
  subject,
  head,
  greeting,
  lead,
  facts = [],
  actions,
  after,
  code,
  foot,
}: Letter): string {
  const card = [
    paragraph(head, "soft", "0 0 20px"),
    ...(greeting === undefined ? [] : [paragraph(greeting, "ink", "0 0 12px")]),
    `<h1 class="ink" dir="auto" style="${FONT};margin:0 0 20px;font-size:20px;line-height:1.35;text-align:left;font-weight:600;color:#1b2530">${escaped(lead)}</h1>`,
    ...(facts.length === 0 ? [] : [table(facts)]),
    ...actions.map((action, index) => (index === 0 ? button(action) : further(action))),
    ...after.map((text) => paragraph(text, "ink", "16px 0 0")),
    ...(code === undefined ? [] : [program(code)]),
  ];
  const below = foot === undefined ? "" : paragraph(foot, "soft", "16px 8px 0");
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escaped(subject)}</title><style>${STYLE}</style></head>`,
    '<body class="page" style="margin:0;padding:0;background:#f3f5f7">',
    `<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f5f7"><tr><td align="center" style="padding:24px 12px">`,
    // Outlook for Windows does not know max-width.
    '<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->',
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;table-layout:fixed"><tr>',
    '<td class="card" style="background:#ffffff;border:1px solid #dde3e8;border-radius:8px;padding:28px 28px 32px;overflow-wrap:anywhere;word-break:break-word">',
    ...card,
    `</td></tr><tr><td>${below}</td></tr></table>`,
    "<!--[if mso]></td></tr></table><![endif]-->",
    "</td></tr></table></body></html>",
  ].join("\n");
}

function paragraph(text: string, tone: "ink" | "soft", margin: string): string {
  const look = tone === "ink" ? "font-size:15px;color:#1b2530" : "font-size:13px;color:#5a6774";
  return `<p class="${tone}" dir="auto" style="${FONT};${look};line-height:1.5;text-align:left;margin:${margin}">${escaped(text)}</p>`;
}

function table(facts: readonly Fact[]): string {
  const cell = `${FONT};font-size:15px;line-height:1.45;padding:8px 0;border-top:1px solid #e6eaee;vertical-align:top;text-align:left`;
  const rows = facts.map(
    ({ name, value }) =>
      `<tr><th class="name soft rule" scope="row" width="34%" style="${cell};font-weight:400;color:#5a6774;padding-right:12px">${escaped(name)}</th>` +
      `<td class="value ink rule" dir="auto" style="${cell};color:#1b2530">${escaped(value)}</td></tr>`,
  );
  return `<table width="100%" cellpadding="0" cellspacing="0" style="table-layout:fixed;margin:0 0 4px">${rows.join("\n")}</table>`;
}

function button({ name, link }: Action): string {
  const style = `${FONT};display:inline-block;padding:11px 20px;font-size:15px;font-weight:600;color:#ffffff;text-decoration:none`;
  return (
    '<table role="presentation" cellpadding="0" cellspacing="0" style="margin:20px 0 0"><tr><td bgcolor="#1f5fa6" style="background:#1f5fa6;border-radius:6px">' +
    `<a href="${escaped(link)}" style="${style}">${escaped(name)}</a></td></tr></table>`
  );
}

function further({ name, link }: Action): string {
  return `<p style="${FONT};font-size:15px;margin:14px 0 0"><a class="link" href="${escaped(link)}" style="color:#1f5fa6">${escaped(name)}</a></p>`;
}

function program(code: string): string {
  const font = "font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12px;line-height:1.5";
  return `<pre class="code" dir="ltr" style="${font};background:#f3f5f7;color:#1b2530;padding:12px;margin:16px 0 0;border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere">${escaped(code)}</pre>`;
}
