#!/usr/bin/env bash
# Packs Waybill, installs the package in an empty folder, runs exports with it, and looks whether it serves the web app.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT
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
# The web app is in the package, and served.
cat > waybill.yaml <<'END'
orgs: { shop: { sources: { main: { url: "sqlite:shop.db" } } } }
END
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
node_modules/.bin/waybill serve --port "$port" >serve.log 2>&1 &
server=$!
for _ in $(seq 300); do curl -sf "http://localhost:$port/health/ready" >/dev/null && break; sleep 0.1; done
page=$(curl -sf -H 'accept: text/html' "http://localhost:$port/shop/records") || { cat serve.log; exit 1; }
script=$(sed -n 's/.*type="module"[^>]* src="\([^"]*\)".*/\1/p' <<<"$page")
curl -sfI -H 'accept-encoding: br' "http://localhost:$port$script" | grep -qi '^content-encoding: br'
kill "$server"
wait "$server" || true
server=
echo "The package works: $(du -k "$package" | cut -f1) KiB, $(tar tzf "$package" | wc -l) files."
