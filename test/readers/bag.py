# A strict check of bags (BagIt, RFC 8493) that uses nothing but Python's own library. It reads a zip file from standard
# input, and writes what is wrong, as a JSON array of sentences.
import hashlib, io, json, re, sys, zipfile

archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
wrong = []
files = {i.filename: archive.read(i) for i in archive.infolist()}

# Section 4: one folder, which is the bag's base directory.
tops = {name.split("/")[0] for name in files}
if len(tops) != 1 or any("/" not in name for name in files):
    wrong.append("there is not exactly one base directory")
base = sorted(tops)[0] + "/"
bag = {name[len(base):]: content for name, content in files.items() if name.startswith(base)}

# Section 2.1.2: the payload directory must be there.
if not any(name.startswith("data/") for name in bag):
    wrong.append("there is no payload directory")
bag = {name: content for name, content in bag.items() if not name.endswith("/")}

# Section 2.1.1: exactly these two lines, in UTF-8 without a mark.
if not re.fullmatch(rb"BagIt-Version: 1\.0\r?\nTag-File-Character-Encoding: UTF-8\r?\n?", bag.get("bagit.txt", b"")):
    wrong.append("bagit.txt is missing or not as it must be")

def decoded(path):
    if re.search(r"%(?!0A|0D|25)", path, re.I):
        wrong.append("a path has a percent sign that is not encoded: " + path)
    return re.sub(r"%(0A|0D|25)", lambda it: chr(int(it.group(1), 16)), path, flags=re.I)

def manifest(name):
    if name not in bag:
        wrong.append(name + " is missing")
        return {}
    hashes = {}
    for line in re.split(r"\r\n|\r|\n", bag[name].decode("utf-8")):
        if line == "": continue
        found = re.fullmatch(r"([0-9a-fA-F]{64})[ \t]+(\S.*)", line)
        if not found:
            wrong.append("%s has a wrong line" % name)
            continue
        path = decoded(found.group(2))
        if path.startswith(("/", "~", "./", "*")) or ".." in path.split("/"):
            wrong.append("%s has a path that must not be: %s" % (name, path))
        if path in hashes: wrong.append("%s lists twice: %s" % (name, path))
        hashes[path] = found.group(1).lower()
    for path, value in hashes.items():
        if path not in bag: wrong.append("%s lists what is missing: %s" % (name, path))
        elif hashlib.sha256(bag[path]).hexdigest() != value: wrong.append("%s has another hash: %s" % (name, path))
    return hashes

# Section 3: every payload file is listed in every payload manifest, and nothing else is.
payload = manifest("manifest-sha256.txt")
for path in payload:
    if not path.startswith("data/"): wrong.append("manifest-sha256.txt lists what is no payload: " + path)
for path in bag:
    if path.startswith("data/") and path not in payload: wrong.append("manifest-sha256.txt does not list: " + path)
# Section 2.2.1: tag files, but no tag manifest. That all others are listed is more than it asks.
tags = manifest("tagmanifest-sha256.txt")
for path in tags:
    if path.startswith(("data/", "tagmanifest-")): wrong.append("tagmanifest-sha256.txt lists what is no tag file: " + path)
for path in bag:
    if not path.startswith(("data/", "tagmanifest-")) and path not in tags:
        wrong.append("tagmanifest-sha256.txt does not list: " + path)

# Section 2.2.2.
info = {}
for line in bag.get("bag-info.txt", b"").decode("utf-8").splitlines():
    found = re.fullmatch(r"([^\s:][^:]*): (.*\S)", line)
    if not found: wrong.append("bag-info.txt has a wrong line")
    else: info[found.group(1)] = found.group(2)
sizes = [len(content) for name, content in bag.items() if name.startswith("data/")]
if info.get("Payload-Oxum") != "%d.%d" % (sum(sizes), len(sizes)): wrong.append("Payload-Oxum is wrong")
if not re.fullmatch(r"\d{4}-\d\d-\d\d", info.get("Bagging-Date", "")): wrong.append("Bagging-Date is wrong")
if "Bag-Software-Agent" not in info: wrong.append("Bag-Software-Agent is missing")

json.dump(wrong, sys.stdout)
