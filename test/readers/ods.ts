// OpenDocument spreadsheets by Python's zipfile and ElementTree: none of their code is ours.
import { python } from "./python.ts";

/** A cell that holds something: `office:value-type`, and the value as the file has it. */
export type OdsCell = readonly [type: string, value: string];

const READ = `
import io, json, re, sys, zipfile
import xml.etree.ElementTree as ET

URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT = (URN % name for name in ("office", "table", "text"))
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
first = archive.infolist()[0]
assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and not first.extra
assert archive.read(first) == b"application/vnd.oasis.opendocument.spreadsheet"
manifest = ET.fromstring(archive.read("META-INF/manifest.xml"))
paths = [entry.get(URN % "manifest" + "full-path") for entry in manifest]
assert sorted(paths[1:]) == sorted(name for name in archive.namelist() if name != "mimetype" and "META-INF" not in name)
for path in paths[1:]: ET.fromstring(archive.read(path))

# Part 3 section 6.1.2: white space of character data collapses, and goes at both ends of a paragraph.
def paragraph(element):
    pieces = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "s": pieces.append("\\ue000" * int(child.get(TEXT + "c", "1")))
        elif child.tag == TEXT + "tab": pieces.append("\\ue001")
        else: raise ValueError(child.tag)
        pieces.append(child.tail or "")
    text = re.sub("[ \\t\\r\\n]+", " ", "".join(pieces)).strip(" ")
    return text.replace("\\ue000", " ").replace("\\ue001", "\\t")

def value(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None: return None
    shown = "\\n".join(paragraph(p) for p in cell.findall(TEXT + "p"))
    name = {"float": "value", "string": "string-value"}.get(kind, kind + "-value")
    exact = cell.get(OFFICE + name)
    return [kind, shown if exact is None else exact]

sheets = {}
for table in ET.fromstring(archive.read("content.xml")).iter(TABLE + "table"):
    rows = sheets[table.get(TABLE + "name")] = []
    for row in table.findall(TABLE + "table-row"):
        cells = []
        for cell in row: cells += [value(cell)] * int(cell.get(TABLE + "number-columns-repeated", "1"))
        rows.append(cells)
json.dump(sheets, sys.stdout)
`;

/** The sheets of a file by name, each with its rows. Fails where the file is not as the specification has it. */
export async function pythonOds(bytes: Uint8Array): Promise<Record<string, (OdsCell | null)[][]>> {
  return (await python(READ, bytes)) as Record<string, (OdsCell | null)[][]>;
}
