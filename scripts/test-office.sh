#!/usr/bin/env bash
# What the tests of workbooks need: LibreOffice Calc and its Python, from Debian. Installed when missing and possible; never skipped.
set -euo pipefail

missing=()
command -v soffice >/dev/null || missing+=(libreoffice-calc)
/usr/bin/python3 -c "import uno" 2>/dev/null || missing+=(python3-uno)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests (some minutes) …" >&2
  export DEBIAN_FRONTEND=noninteractive
  if ! apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
else
  echo "The tests need ${missing[*]}; install with: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
