# A throw-away PostgreSQL for tests: start_postgres FOLDER sets POSTGRES_URL, stop_postgres ends it. Source it after _lib.sh.
# shellcheck shell=bash

POSTGRES_URL='' postgres_data='' postgres_bin=''

# The newest PostgreSQL server on this machine; its programs are not on the PATH.
find_postgres() {
  local -a found
  mapfile -t found < <(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V)
  [ -x "${found[-1]}" ] || return 1
  dirname "${found[-1]}"
}

# without_own_cluster COMMAND…: with the package Debian starts a database; a test run must not leave one behind.
without_own_cluster() {
  local drop_in=/etc/postgresql-common/createcluster.d/walkthrough-test.conf status
  if find_postgres >/dev/null || ! can_be_root; then
    "$@"
    return
  fi
  as_root mkdir -p "${drop_in%/*}"
  as_root tee "$drop_in" >/dev/null <<<'create_main_cluster = false'
  set +e # not `|| status=$?`: that would switch `set -e` off inside the command too
  (set -e; "$@")
  status=$?
  set -e
  as_root rm -f "$drop_in"
  return "$status"
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then
    runuser -u postgres -- "$@"
  else
    "$@"
  fi
}

# Reached by its socket only, and told not to wait for the disk. A folder that holds a database already keeps it.
start_postgres() {
  local socket=$1
  postgres_bin=$(find_postgres) || return 1
  postgres_data="$socket/data"
  [ "$(id -u)" != 0 ] || chown postgres "$socket"
  [ -f "$postgres_data/PG_VERSION" ] || as_postgres "$postgres_bin/initdb" -D "$postgres_data" -U postgres -A trust \
    -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_data" -l "$socket/log" -w -s start -o \
    "-k $socket -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" ||
    { cat "$socket/log" >&2 && return 1; }
  POSTGRES_URL="postgresql+psycopg://postgres@/postgres?host=$socket"
}

# stop_postgres [MODE]: `immediate` loses what was written last, `fast` keeps it.
stop_postgres() {
  [ -n "$POSTGRES_URL" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" -D "$postgres_data" -m "${1:-immediate}" -s stop
  POSTGRES_URL=''
}
