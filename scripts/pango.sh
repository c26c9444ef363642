# Sourced by scripts/handouts and scripts/test: sees that Pango is there, which lays out the printed sheets.
# Where it is not, it is taken from Debian's packages if this runs as root; else the command is named.
PANGO_PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

has_pango() { "$PYTHON" -c 'import weasyprint' 2>/dev/null; }

if ! has_pango; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "setup: installing Pango from Debian's packages" >&2
    # shellcheck disable=SC2086
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PANGO_PACKAGES >/dev/null || true
  fi
  has_pango || {
    echo "handouts: Pango is missing, which lays out the printed sheets. As root: apt-get install $PANGO_PACKAGES" >&2
    exit 1
  }
fi
