// Mails as Python's email package and HTML parser read them: none of their code is ours.
import { python } from "./python.ts";

export interface ReadMail {
  /** By their names in lower case, decoded. */
  readonly headers: Readonly<Record<string, string>>;
  /** In their order. */
  readonly parts: readonly { readonly type: string; readonly text: string }[];
  /** What is wrong with it by the standards. */
  readonly defects: readonly string[];
  /** The longest line as it came, in bytes. */
  readonly longestLine: number;
  /** Of the HTML part: the tags that occur, addresses in attributes, and what is shown. */
  readonly page: { readonly tags: readonly string[]; readonly links: readonly string[]; readonly text: string };
}

const READ = `
import base64, email, email.policy, html.parser, json, sys

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.links, self.text, self.silent = set(), [], [], False
    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.silent = tag in ("style", "title")
        self.links += [value for name, value in attributes if name in ("href", "src")]
    def handle_endtag(self, tag): self.silent = False
    def handle_data(self, data):
        if not self.silent: self.text.append(data)

def read(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [{"type": part.get_content_type(), "text": part.get_content().replace("\\r\\n", "\\n")} for part in mail.walk() if not part.is_multipart()]
    defects = [str(it) for part in mail.walk() for it in part.defects]
    defects += [str(it) for value in mail.values() for it in value.defects]
    page = Page()
    page.feed("".join(part["text"] for part in parts if part["type"] == "text/html"))
    page.close()
    return {
        "headers": {name.lower(): str(value) for name, value in mail.items()},
        "parts": parts,
        "defects": defects,
        "longestLine": max(len(line) for line in raw.split(b"\\r\\n")),
        "page": {"tags": sorted(page.tags), "links": page.links, "text": " ".join(" ".join(page.text).split())},
    }

json.dump([read(base64.b64decode(it)) for it in json.load(sys.stdin)], sys.stdout)
`;

/** @param mails as they came over SMTP */
export async function pythonMails(mails: readonly Buffer[]): Promise<ReadMail[]> {
  const input = JSON.stringify(mails.map((bytes) => bytes.toString("base64")));
  return (await python(READ, Buffer.from(input))) as ReadMail[];
}
