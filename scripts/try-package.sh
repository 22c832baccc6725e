#!/usr/bin/env bash
# Packs Waybill, installs the package in an empty folder, and runs one export with it.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# The package needs Node 24; the clone brings it.
export PATH="$root/node_modules/.bin:$PATH"

cd "$root"
package=$(npm pack --silent --pack-destination "$folder" | tail -n 1)
cd "$folder"
npm init --yes >/dev/null 2>&1
npm install --silent --no-audit --no-fund "./$package" >/dev/null

node -e '
const { DatabaseSync } = require("node:sqlite");
new DatabaseSync("shop.db").exec(`
  CREATE TABLE orders (id INTEGER PRIMARY KEY, total DECIMAL TEXT, placed DATE);
  INSERT INTO orders VALUES (1, \x2712.50\x27, \x272024-05-01\x27), (2, 7, NULL);`);
'
npx waybill --version
npx waybill export orders --source sqlite:shop.db --quiet -o orders.csv
printf 'id,total,placed\n1,12.50,2024-05-01\n2,7,\n' | cmp - orders.csv || { cat orders.csv; exit 1; }
cat > sum.xsl <<'END'
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/"><xsl:value-of select="sum(//total)"/></xsl:template>
</xsl:stylesheet>
END
npx waybill export orders --source sqlite:shop.db --quiet -f xml --option xslt=@sum.xsl -o sum.txt
[ "$(cat sum.txt)" = 19.5 ] || { cat sum.txt; exit 1; }
npx waybill objects --source sqlite:shop.db
echo "The package works: $(du -k "$package" | cut -f1) KiB, $(tar tzf "$package" | wc -l) files."
