# Tests every entry of a zip with Python's zipfile; prints how many there are, and the bytes that they hold.
import sys
import zipfile

with zipfile.ZipFile(sys.argv[1]) as archive:
    broken = archive.testzip()
    if broken is not None:
        sys.exit(f"{broken} is broken")
    entries = archive.infolist()
    print(len(entries), sum(entry.file_size for entry in entries))
