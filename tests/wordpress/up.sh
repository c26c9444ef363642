#!/usr/bin/env bash
# Starts a real WordPress on this machine, for tests/wordpress: up.sh FOLDER PORT SITE_PORT; up.sh --stop FOLDER.
# FOLDER holds all that it makes: a copy of WordPress, a database that answers on a socket, process ids, logs.
# Debian's packages are used, and installed where this runs as root. WordPress may ask only localhost:SITE_PORT.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
PACKAGES=(php-cli php-mysql php-xml php-mbstring mariadb-server wordpress wordpress-theme-twentytwentythree micro-httpd php-cgi openssl)
SOURCE=${WP_SOURCE:-/usr/share/wordpress}

stop() {  # ends the process whose id FOLDER/NAME.pid holds, with its group: each was started in one of its own
  local file=$1/$2.pid
  if [ -s "$file" ]; then kill -TERM -- "-$(cat "$file")" 2>/dev/null || true; fi
  rm -f "$file"
}
if [ "${1:-}" = --stop ]; then
  stop "$2" php
  stop "$2" database
  exit 0
fi
folder=$1
export WP_FOLDER=$folder/wordpress WP_SOCKET=$folder/run/database.sock WP_ADDRESS=http://127.0.0.1:$2 SITE_PORT=$3

if ! [ -d "$SOURCE" ] || ! command -v php >/dev/null || ! command -v mariadbd >/dev/null; then
  [ "$(id -u)" = 0 ] || { echo "wordpress: missing; as root: apt-get install ${PACKAGES[*]}" >&2; exit 1; }
  echo "wordpress: installing Debian's packages" >&2
  apt-get update -qq
  # RUNLEVEL=1: Debian's packages start no service of their own
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" >"$folder/packages.log" 2>&1
fi

mkdir -p "$folder/run"
if ! [ -d "$WP_FOLDER" ]; then
  cp -aL "$SOURCE" "$WP_FOLDER"  # Debian links to shared libraries
  [ -d /var/lib/wordpress/wp-content/themes ] && cp -aL /var/lib/wordpress/wp-content/. "$WP_FOLDER/wp-content/"
  mkdir -p "$WP_FOLDER/wp-content/mu-plugins"
  cp "$here/wp-config.php" "$WP_FOLDER/wp-config.php"
  cp "$here/loopback.php" "$WP_FOLDER/wp-content/mu-plugins/loopback.php"
fi

user=$(id -un)
if [ "$user" = root ]; then
  user=mysql  # the database does not run as root
  chmod 755 "$folder"
fi
if ! [ -d "$folder/database/mysql" ]; then
  mkdir -p "$folder/database"
  chown -R "$user" "$folder/database" "$folder/run"
  mariadb-install-db --no-defaults --user="$user" --datadir="$folder/database" --auth-root-authentication-method=normal --skip-test-db >"$folder/install.log" 2>&1
fi
setsid mariadbd --no-defaults --user="$user" --datadir="$folder/database" --socket="$WP_SOCKET" --skip-networking \
  --pid-file="$folder/run/database.pid" --innodb-flush-log-at-trx-commit=0 --skip-log-bin >"$folder/database.log" 2>&1 </dev/null &
echo $! >"$folder/database.pid"
for _ in $(seq 300); do mariadb-admin --no-defaults -uroot -S "$WP_SOCKET" ping >/dev/null 2>&1 && break; sleep 0.1; done
mariadb --no-defaults -uroot -S "$WP_SOCKET" -e "CREATE DATABASE IF NOT EXISTS wordpress CHARACTER SET utf8mb4;
  CREATE USER IF NOT EXISTS 'wordpress'@'localhost' IDENTIFIED BY 'wordpress'; GRANT ALL ON wordpress.* TO 'wordpress'@'localhost';"
php "$here/posts.php" install >"$folder/posts.log" 2>&1
PHP_CLI_SERVER_WORKERS=4 setsid php -d memory_limit=512M -S "127.0.0.1:$2" -t "$WP_FOLDER" "$here/router.php" >"$folder/php.log" 2>&1 </dev/null &
echo $! >"$folder/php.pid"
for _ in $(seq 300); do curl -fsS -o /dev/null --max-time 5 "$WP_ADDRESS/wp-login.php" 2>/dev/null && exit 0; sleep 0.1; done
echo "wordpress: no answer at $WP_ADDRESS, see $folder/php.log" >&2
exit 1
