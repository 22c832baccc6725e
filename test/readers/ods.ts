// OpenDocument spreadsheets by Python's zipfile and ElementTree: none of their code is ours.
import { python } from "./python.ts";

/** A cell that holds something: `office:value-type`, and the value as the file has it. */
export type OdsCell = readonly [type: string, value: string];

/** Sheets by name, each with its rows, or null where cells are empty, of an element that holds tables. */
const SHEETS_OF = `
import io, json, re, sys, zipfile
import xml.etree.ElementTree as ET

URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TABLE, TEXT = (URN % name for name in ("office", "table", "text"))

# Part 3 section 6.1.2: white space of character data collapses, and goes at both ends of a paragraph.
def paragraph(element):
    pieces = [element.text or ""]
    for child in element:
        if child.tag == TEXT + "s": pieces.append("\\ue000" * int(child.get(TEXT + "c", "1")))
        elif child.tag == TEXT + "tab": pieces.append("\\ue001")
        elif child.tag == TEXT + "line-break": pieces.append("\\ue002")
        else: raise ValueError(child.tag)
        pieces.append(child.tail or "")
    text = re.sub("[ \\t\\r\\n]+", " ", "".join(pieces)).strip(" ")
    return text.replace("\\ue000", " ").replace("\\ue001", "\\t").replace("\\ue002", "\\n")

def value(cell):
    kind = cell.get(OFFICE + "value-type")
    if kind is None: return None
    shown = "\\n".join(paragraph(p) for p in cell.findall(TEXT + "p"))
    name = {"float": "value", "string": "string-value"}.get(kind, kind + "-value")
    exact = cell.get(OFFICE + name)
    return [kind, shown if exact is None else exact]

def sheets_of(root):
    sheets = {}
    for table in root.iter(TABLE + "table"):
        width = 0
        rows = sheets[table.get(TABLE + "name")] = []
        for row in table.iter(TABLE + "table-row"):
            cells = []
            for cell in row:
                # Calc fills sheets up with empty cells and rows to their very end.
                count = int(cell.get(TABLE + "number-columns-repeated", "1"))
                cells += [value(cell)] * (count if width == 0 else min(count, width - len(cells)))
            while width == 0 and cells and cells[-1] is None: cells.pop()
            width = width or len(cells)
            if not any(cells) and int(row.get(TABLE + "number-rows-repeated", "1")) > 1000: break
            rows += [cells] * int(row.get(TABLE + "number-rows-repeated", "1"))
    return sheets
`;

const READ_ODS = `${SHEETS_OF}
archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
assert archive.testzip() is None
first = archive.infolist()[0]
assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and not first.extra
assert archive.read(first) == b"application/vnd.oasis.opendocument.spreadsheet"
manifest = ET.fromstring(archive.read("META-INF/manifest.xml"))
paths = [entry.get(URN % "manifest" + "full-path") for entry in manifest]
assert sorted(paths[1:]) == sorted(name for name in archive.namelist() if name != "mimetype" and "META-INF" not in name)
for path in paths[1:]: ET.fromstring(archive.read(path))
json.dump(sheets_of(ET.fromstring(archive.read("content.xml"))), sys.stdout)
`;

const READ_FLAT = `${SHEETS_OF}
json.dump(sheets_of(ET.fromstring(sys.stdin.buffer.read())), sys.stdout)
`;

/** The sheets of a file by name, each with its rows. Fails where the file is not as the specification has it. */
export async function pythonOds(bytes: Uint8Array): Promise<Record<string, (OdsCell | null)[][]>> {
  return (await python(READ_ODS, bytes)) as Record<string, (OdsCell | null)[][]>;
}

/** The same of a flat file (`.fods`), as LibreOffice writes it. */
export async function pythonFlatOds(bytes: Uint8Array): Promise<Record<string, (OdsCell | null)[][]>> {
  return (await python(READ_FLAT, bytes)) as Record<string, (OdsCell | null)[][]>;
}
