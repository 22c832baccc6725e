// How every mail of Waybill looks: a letter, as text and as HTML.
import { htmlOf } from "./html.ts";
import type { Letter } from "./letter.ts";
import type { Message } from "./mailer.ts";
import { cleaned, shortened, wrapped } from "./text.ts";

/** RFC 5322 allows 998 bytes a line; people read less. */
const SUBJECT_MOST = 200;
const CODE_MOST = { lines: 80, line: 300 };

/** Texts are cleaned here, whoever wrote them: no line breaks, control characters or characters that turn text around. */
export function messageOf(written: Letter): Message {
  const letter = cleanedLetter(written);
  const { id, subject } = letter;
  return { ...(id === undefined ? {} : { id }), subject, text: textOf(letter), html: htmlOf(letter) };
}

function cleanedLetter(letter: Letter): Letter {
  const { subject, head, greeting, lead, facts = [], after, code, foot } = letter;
  return {
    ...letter,
    subject: shortened(subject, SUBJECT_MOST),
    head: cleaned(head),
    lead: cleaned(lead),
    facts: facts.map(({ name, value }) => ({ name, value: cleaned(value) })),
    after: after.map(cleaned),
    ...(greeting === undefined ? {} : { greeting: cleaned(greeting) }),
    ...(foot === undefined ? {} : { foot: cleaned(foot) }),
    ...(code === undefined ? {} : { code: cleanedCode(code) }),
  };
}

function cleanedCode(code: string): string {
  const lines = code.split(/\r?\n/);
  const shown = lines.slice(0, CODE_MOST.lines).map((line) => {
    const depth = Math.min(/^ */.exec(line)![0].length, 8);
    return " ".repeat(depth) + shortened(line, CODE_MOST.line);
  });
  return [...shown, ...(lines.length > shown.length ? ["…"] : [])].join("\n");
}

function textOf({ language, head, greeting, lead, facts = [], actions, after, code, foot }: Letter): string {
  const colon = language === "fr" ? "\u00A0:" : ":";
  const blocks = [
    ...(greeting === undefined ? [] : [wrapped(greeting)]),
    wrapped(lead),
    ...(facts.length === 0
      ? []
      : [facts.map(({ name, value }) => wrapped(`${name}${colon} ${value}`, "  ")).join("\n")]),
    ...actions.map(({ name, link }) => `${name}${colon}\n${link}`),
    ...after.map((paragraph) => wrapped(paragraph)),
    ...(code === undefined ? [] : [code]),
    // Mail programs know what follows as a signature (RFC 3676, section 4.3).
    `-- \n${wrapped(head)}${foot === undefined ? "" : `\n${wrapped(foot)}`}`,
  ];
  return `${blocks.join("\n\n")}\n`;
}
