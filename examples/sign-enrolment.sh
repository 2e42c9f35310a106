#!/usr/bin/env bash
# Signs an enrolment and sends it to Guildhall's lernito webhook. Needs bash, openssl and curl.
#
#   examples/sign-enrolment.sh [--timestamp] [--dry-run] URL SECRET [BODY]
#
# BODY is a JSON file, or JSON itself; without it standard input is read. The signature is over these very bytes (the
# "raw" form). --timestamp adds the header that stops replays; --dry-run prints the headers and sends nothing.
# openssl takes the secret as an argument, which other users of this machine may see: prefer the Python one on a shared one.
set -euo pipefail

timestamp=false
dry_run=false
while [[ ${1-} == --* ]]; do
  case $1 in
    --timestamp) timestamp=true ;;
    --dry-run) dry_run=true ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift
done
if (( $# < 2 || $# > 3 )) || [[ -z $2 ]]; then
  sed -n '4p' "$0" | cut -c3- >&2
  exit 2
fi
url=$1 secret=$2 source=${3--}

# A file and not a variable: a variable would lose line breaks at the end, and with them the signature.
body=$(mktemp)
trap 'rm -f "$body"' EXIT
case $source in
  -) cat > "$body" ;;
  '{'* | '['*) printf '%s' "$source" > "$body" ;;
  *) cat -- "$source" > "$body" ;;
esac

hmac() { openssl dgst -sha256 -hmac "$secret" | sed 's/.* //'; }

headers=("X-Lernito-Signature: $(hmac < "$body")")
if $timestamp; then
  now=$(date +%s)
  headers+=("X-Lernito-Timestamp: t=$now,v1=$({ printf '%s.' "$now"; cat "$body"; } | hmac)")
fi

if $dry_run; then
  printf '%s\n' "${headers[@]}"
  exit
fi
curl --silent --show-error --fail-with-body --data-binary "@$body" \
  --header 'Content-Type: application/json' "${headers[@]/#/-H}" "$url"
echo
