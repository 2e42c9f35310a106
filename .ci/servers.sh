# Database servers for .ci/run: those that answer on their standard ports, else (or with OWN_SERVERS=1) throw-away ones
# on free ports under $WORK, gone with it. Sets POSTGRES_URL and MARIADB_URL, each an administrator's.
# shellcheck shell=bash

POSTGRES_URL=''
MARIADB_URL=''
OWN_POSTGRES=''
OWN_MARIADB_PID=''
OWN_POLICY=''
# Nobody else works on these.
OWN_URLS=''

use_postgres() {
  local standard=${CI_POSTGRES_URL:-postgres://postgres@127.0.0.1:5432/postgres}
  if [ "${OWN_SERVERS:-0}" != 1 ] && node .ci/database.mjs ping "$standard" 2>/dev/null; then
    POSTGRES_URL=$standard
  else
    start_postgres
  fi
}

use_mariadb() {
  local standard=${CI_MARIADB_URL:-mysql://root@127.0.0.1:3306/mysql}
  if [ "${OWN_SERVERS:-0}" != 1 ] && node .ci/database.mjs ping "$standard" 2>/dev/null; then
    MARIADB_URL=$standard
  else
    start_mariadb
  fi
}

start_postgres() {
  local binaries port user=''
  [ -n "$(postgres_binaries)" ] || install_packages postgresql
  binaries=$(postgres_binaries)
  port=$(free_port)
  if [ "$(id -u)" = 0 ]; then user=$(first_user postgres nobody); fi
  OWN_POSTGRES=$binaries
  mkdir "$WORK/postgres"
  [ -z "$user" ] || chown "$user" "$WORK/postgres"
  as "$user" "$binaries/initdb" -D "$WORK/postgres/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  as "$user" "$binaries/pg_ctl" -D "$WORK/postgres/data" -l "$WORK/postgres/log" -w start -o \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$WORK/postgres -c fsync=off" >/dev/null
  POSTGRES_URL=postgres://postgres@127.0.0.1:$port/postgres
  OWN_URLS+=" $POSTGRES_URL"
  node .ci/database.mjs ping "$POSTGRES_URL"
}

start_mariadb() {
  local port user='' data=$WORK/mariadb
  local -a account=()
  command -v mariadbd >/dev/null || install_packages mariadb-server
  port=$(free_port)
  mkdir "$data"
  if [ "$(id -u)" = 0 ]; then
    user=$(first_user mysql nobody)
    account=("--user=$user")
    chown "$user" "$data"
  fi
  mariadb-install-db --no-defaults "--datadir=$data" "${account[@]}" --auth-root-authentication-method=normal \
    --skip-test-db >"$WORK/mariadb-install.log" 2>&1 || { cat "$WORK/mariadb-install.log" >&2; return 1; }
  mariadbd --no-defaults "--datadir=$data" "${account[@]}" "--port=$port" --bind-address=127.0.0.1 \
    "--socket=$data/s" "--pid-file=$data/pid" --innodb-flush-log-at-trx-commit=0 >"$WORK/mariadb.log" 2>&1 </dev/null &
  OWN_MARIADB_PID=$!
  MARIADB_URL=mysql://root@127.0.0.1:$port/mysql
  OWN_URLS+=" $MARIADB_URL"
  for _ in $(seq 100); do
    if node .ci/database.mjs ping "$MARIADB_URL" 2>/dev/null; then return 0; fi
    kill -0 "$OWN_MARIADB_PID" 2>/dev/null || break
    sleep 0.2
  done
  tail -20 "$WORK/mariadb.log" >&2
  return 1
}

stop_servers() {
  local user=''
  if [ "$(id -u)" = 0 ]; then user=$(first_user postgres nobody); fi
  if [ -n "$OWN_POSTGRES" ]; then as "$user" "$OWN_POSTGRES/pg_ctl" -D "$WORK/postgres/data" -m immediate stop >/dev/null; fi
  if [ -n "$OWN_MARIADB_PID" ] && kill "$OWN_MARIADB_PID" 2>/dev/null; then
    wait "$OWN_MARIADB_PID" || echo 'the throw-away MariaDB ended with an error' >&2
  fi
  if [ -n "$OWN_POLICY" ]; then rm -f "$OWN_POLICY"; fi
}

postgres_binaries() {
  local found
  found=$(command -v initdb || find /usr/lib -path '/usr/lib/postgresql/*/bin/initdb' 2>/dev/null | sort -V | tail -1)
  if [ -n "$found" ]; then dirname "$(readlink -f "$found")"; fi
}

# A package's own service must not start: Debian asks policy-rc.d, which answers 101 for "no".
install_packages() {
  [ "$(id -u)" = 0 ] || { echo "$* is missing; install it or run as root" >&2; return 1; }
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    OWN_POLICY=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' >"$OWN_POLICY"
    chmod +x "$OWN_POLICY"
  fi
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"; } \
    >"$WORK/apt.log" 2>&1 </dev/null || { tail -20 "$WORK/apt.log" >&2; return 1; }
}

first_user() {
  local name
  for name in "$@"; do
    if id "$name" >/dev/null 2>&1; then echo "$name"; return 0; fi
  done
  return 1
}

# PostgreSQL refuses to run as root.
as() {
  local user=$1
  shift
  if [ -z "$user" ]; then "$@"; else (cd / && runuser -u "$user" -- "$@"); fi
}

free_port() {
  node -e "const s=require('node:net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"
}
