#!/usr/bin/env bash
# A test that fails must fail the test command: what cannot fail says nothing.
set -uo pipefail
cd "$(dirname "$0")/.."

file=test/fails-on-purpose.test.ts
trap 'rm -f "$file"' EXIT
printf 'import { expect, it } from "vitest";\nit("fails", () => {\n  expect(1).toBe(2);\n});\n' >"$file"
if npx vitest run "$file" >/dev/null 2>&1; then
  echo "A test failed, and the test command did not." >&2
  exit 1
fi
echo "A test that fails fails the test command."
