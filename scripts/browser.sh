# Sourced by scripts/test: sets CHROMIUM to a browser. $CHROMIUM, else one on the path, else Playwright's own,
# else Debian's package where this runs as root. Where none can be had, it says what to do.
# HEADLESS_SHELL is the same Chromium without windows, which opens pages in half the time: Debian's package of it,
# put beside Debian's Chromium where this runs as root. Where there is none, it is the browser itself.
from_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  echo "setup: installing $* from Debian's packages (a minute or two)" >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  "$PYTHON" - <<'PY'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = pathlib.Path(playwright.chromium.executable_path)
    print(path) if path.exists() else sys.exit(1)
PY
}

if ! CHROMIUM=$(find_browser); then
  from_debian chromium chromium-headless-shell fonts-dejavu-core || true
  CHROMIUM=$(find_browser) || {
    echo "test: no browser found. As root: apt-get install chromium. Else: .venv/bin/playwright install chromium. Or set CHROMIUM to one." >&2
    exit 1
  }
fi
HEADLESS_SHELL=$CHROMIUM
if [ "$(readlink -f "$(command -v "$CHROMIUM")")" = /usr/bin/chromium ]; then
  command -v chromium-headless-shell >/dev/null || from_debian chromium-headless-shell ||
    echo "test: no chromium-headless-shell; the tests run in $CHROMIUM itself, which takes twice as long" >&2
  HEADLESS_SHELL=$(command -v chromium-headless-shell || echo "$CHROMIUM")
fi
export CHROMIUM HEADLESS_SHELL
