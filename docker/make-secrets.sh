#!/bin/sh
# Makes the secrets that docker-compose.yml mounts, each where it is missing; never overwrites one.
set -eu
cd "$(dirname "$0")"

# Compose mounts the files as they are, and the api's user must read them: the folder keeps others on this host out.
mkdir -p secrets
chmod 700 secrets
cd secrets

keep() {
  [ -s "$1" ] || cat >"$1"
  chmod 444 "$1"
}
hex() { openssl rand -hex 32; }
fernet() { openssl rand -base64 32 | tr '+/' '-_'; }

hex | keep db_password
printf 'postgres://guildhall:%s@db:5432/guildhall\n' "$(cat db_password)" | keep database_url
hex | keep jwt_secret
hex | keep field_encryption_key
hex | keep lernito_webhook_secret
fernet | keep sefaria_plugin_secret
