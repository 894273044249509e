#!/usr/bin/env bash
# A native PostgreSQL + PostGIS for tests: Debian's packages (installed when missing and when root), a new cluster in a
# temporary folder on a free port. `eval "$(.ci/native-postgres.sh start)"` sets DATABASE_URL and stop_native;
# `eval "$stop_native"` stops it and removes the folder. `.ci/native-postgres.sh run COMMAND…` does all three.
set -euo pipefail

newest_bin() { # the newest installed PostgreSQL that has PostGIS
  local version
  for version in $(ls /usr/lib/postgresql 2>/dev/null | sort -rn); do
    if [ -e "/usr/share/postgresql/$version/extension/postgis.control" ] && [ -x "/usr/lib/postgresql/$version/bin/initdb" ]; then
      echo "/usr/lib/postgresql/$version/bin"
      return
    fi
  done
  return 1
}

install_packages() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || {
    echo 'no PostgreSQL with PostGIS here, and it cannot be installed (needs Debian and root)' >&2
    return 1
  }
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf \
    || echo 'create_main_cluster = false' >>/etc/postgresql-common/createcluster.conf
  apt-get install -y -qq --no-install-recommends postgresql postgresql-postgis >&2
}

start() {
  bin=$(newest_bin) || { install_packages && bin=$(newest_bin); }
  folder=$(mktemp -d /tmp/wangge-native.XXXXXX)
  port=$(node -e "const s = require('node:net').createServer().listen(0, '127.0.0.1', () => { console.log(s.address().port); s.close() })")
  as_owner=()
  if [ "$(id -u)" = 0 ]; then # the server refuses to run as root
    chown postgres "$folder"
    as_owner=(runuser -u postgres --)
  fi
  cd "$folder"
  "${as_owner[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/initdb.log" 2>&1 \
    || { cat "$folder/initdb.log" >&2; return 1; }
  # A database for tests alone: a crash of the machine may lose it.
  "${as_owner[@]}" "$bin/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w -o "-p $port -k $folder -h 127.0.0.1 \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=256MB -c max_connections=200" start >&2 \
    || { cat "$folder/server.log" >&2; return 1; }
  echo "DATABASE_URL=postgres://postgres@127.0.0.1:$port/postgres"
  echo "stop_native='${as_owner[*]} $bin/pg_ctl -D $folder/data -m immediate -w stop >/dev/null; rm -rf $folder'"
}

case "${1:-}" in
  start) start ;;
  run)
    shift
    here=$PWD
    eval "$(start)"
    trap 'eval "$stop_native"' EXIT
    cd "$here"
    DATABASE_URL=$DATABASE_URL "$@"
    ;;
  *)
    echo "usage: $0 start | run COMMAND…" >&2
    exit 2
    ;;
esac
