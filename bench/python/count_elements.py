# Counts the elements of a name in an XML file, or in a member of a zip, and fails where the XML is not well-formed.
# A last argument names the element with whose first end the counting ends, as that of the first table of a spreadsheet.
import re
import sys
import zipfile
from xml.parsers import expat

PATH, NAME, MEMBER, LAST = [*sys.argv[1:], "", ""][:4]
# A `<` stands in XML only where a tag begins, as nobody here writes comments or CDATA.
PATTERN = re.compile(rb"<%s[\s/>]|(</%s>)" % (NAME.encode(), LAST.encode()))
LONGEST = max(len(NAME) + 2, len(LAST) + 3)

count = 0
counting = True
rest = b""
parser = expat.ParserCreate()
with zipfile.ZipFile(PATH).open(MEMBER) if MEMBER else open(PATH, "rb") as content:
    while chunk := content.read(1 << 20):
        parser.Parse(chunk, False)
        text = rest + chunk
        end = 0
        for match in PATTERN.finditer(text):
            end = match.end()
            if match[1]:
                counting = False
            elif counting:
                count += 1
        # The next chunk may complete what begins here.
        rest = text[max(end, len(text) - LONGEST + 1) :]
parser.Parse(b"", True)
print(count)
