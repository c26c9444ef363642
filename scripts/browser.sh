# Sourced by scripts/test: sets CHROMIUM to a browser. $CHROMIUM, else one on the path, else Playwright's own,
# else Debian's package where this runs as root. Where none can be had, it says what to do.
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
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "setup: installing Chromium from Debian's packages (a minute or two)" >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
  fi
  CHROMIUM=$(find_browser) || {
    echo "test: no browser found. As root: apt-get install chromium. Else: .venv/bin/playwright install chromium. Or set CHROMIUM to one." >&2
    exit 1
  }
fi
export CHROMIUM
