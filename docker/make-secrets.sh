#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, each where it is missing; never overwrites one.
set -eu
cd "$(dirname "$0")"

# Compose mounts the files as they are, and the api's user must read them: the folder keeps others on this host out.
mkdir -p secrets
chmod 700 secrets
cd secrets

keep() {
  file=$1
  shift
  [ -s "$file" ] || "$@" >"$file"
  chmod 444 "$file"
}
hex() { openssl rand -hex 32; }
fernet() { openssl rand -base64 32 | tr '+/' '-_'; }
url() { printf 'postgres://guildhall:%s@db:5432/guildhall\n' "$(cat db_password)"; }

keep db_password hex
keep database_url url
keep jwt_secret hex
keep field_encryption_key hex
keep lernito_webhook_secret hex
keep sefaria_plugin_secret fernet
