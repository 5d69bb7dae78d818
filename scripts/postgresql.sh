#!/usr/bin/env bash
# A PostgreSQL server of its own for the tests, on a free port of this machine only:
#   eval "$(scripts/postgresql.sh start FOLDER)"   sets DATABASE_URL
#   scripts/postgresql.sh stop FOLDER
# PostgreSQL refuses to run as root; then the user postgres runs it.
set -euo pipefail
verb=$1 folder=$2
bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ]; then
  echo "PostgreSQL is missing; on Debian: apt-get install postgresql" >&2
  exit 1
fi
as_owner=()
if [ "$(id -u)" -eq 0 ]; then as_owner=(runuser -u postgres --); fi

case $verb in
  start)
    mkdir -p "$folder"
    if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder"; fi
    cd /
    "${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U biotoop --auth=trust -E UTF8 --locale=C.UTF-8 >/dev/null
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >/dev/null
    echo "export DATABASE_URL=postgresql://biotoop@127.0.0.1:$port/postgres"
    ;;
  stop)
    cd /
    "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    ;;
  *)
    echo "start or stop" >&2
    exit 2
    ;;
esac
