#!/usr/bin/env bash
# What the tests need besides npm packages: independent readers, MariaDB, and what a browser needs, from Debian. Installed when missing and possible. Elsewhere the
# tests that need them are left out and say so; under CI=true that is a failure.
set -euo pipefail

missing=()
# Each program, and its package where that has another name.
for entry in python3 zstd openssl unzip age 7z=p7zip-full xmllint=libxml2-utils php=php-cli pdftotext=poppler-utils qpdf zbarimg=zbar-tools; do
  command -v "${entry%%=*}" >/dev/null || missing+=("${entry#*=}")
done
# ICU's own date patterns, for PHP.
[[ $(php -m 2>/dev/null) == *$'\n'intl$'\n'* ]] || missing+=(php-intl)
# Fonts that the record PDF is given besides its own: a collection for Chinese, Japanese and Korean, and an OpenType one.
[ -e /usr/share/fonts/truetype/wqy/wqy-microhei.ttc ] || missing+=(fonts-wqy-microhei)
[ -e /usr/share/fonts/opentype/tlwg/Kinnari.otf ] || missing+=(fonts-tlwg-kinnari-otf)
# What Chromium from the npm registry needs of the system (ldd says so), and letters for pages to be drawn with.
for library in libnss3.so=libnss3 libnspr4.so=libnspr4 libexpat.so.1=libexpat1; do
  [[ $(ldconfig -p) == *"${library%%=*} "* ]] || missing+=("${library#*=}")
done
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing+=(fonts-dejavu-core)
# The server lies where an administrator's path alone leads.
[ -x /usr/sbin/mariadbd ] || missing+=(mariadb-server)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${missing[*]} for the tests …" >&2
  export DEBIAN_FRONTEND=noninteractive
  if ! apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null 2>&1; then
    apt-get update -qq && apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
  fi
else
  echo "SOME TESTS WILL BE LEFT OUT: they need ${missing[*]}; install with: sudo apt-get install ${missing[*]}" >&2
  [ "${CI:-}" != true ]
fi
