# Sourced by the commands: makes .venv hold exactly what uv.lock names, and sets PYTHON to its Python.
# Groups beyond the build's own go into PLAINWORDS_GROUPS, for instance "--group test".
# uv is taken from the path, else installed from the package index into .tools/, inside the project.
export UV_PROJECT_ENVIRONMENT=.venv NO_MKDOCS_2_WARNING=1
export PYTHONPYCACHEPREFIX=$PWD/.cache/python  # what Python compiles is kept, and out of the way
unset PYTHONDONTWRITEBYTECODE
UV_VERSION=0.13.9
PYTHON=.venv/bin/python
groups=${PLAINWORDS_GROUPS:---inexact}
stamp=.venv/installed${groups//[^a-z]/}  # the digests of the files that say what is installed

if ! sha256sum --status --check "$stamp" 2>/dev/null; then
  python=
  for candidate in .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11, 5))' 2>/dev/null; then
      python=$(command -v "$candidate")  # an environment that stands is kept, not made anew
      break
    fi
  done
  [ -n "$python" ] || {
    echo "setup: Python 3.11.5 or newer is needed, with venv (on Debian: apt-get install python3 python3-venv)" >&2
    exit 1
  }
  if command -v uv >/dev/null && uv --version | grep -q " $UV_VERSION"; then
    uv=uv
  else
    uv=.tools/uv/bin/uv
    if ! [ -x "$uv" ] || ! "$uv" --version | grep -q " $UV_VERSION"; then
      echo "setup: installing uv $UV_VERSION into .tools/uv" >&2
      "$python" -m venv .tools/uv && .tools/uv/bin/python -m pip install --quiet "uv==$UV_VERSION" || {
        echo "setup: could not install uv; check that the package index can be reached" >&2
        exit 1
      }
    fi
  fi
  echo "setup: installing what uv.lock names into .venv" >&2
  # shellcheck disable=SC2086
  "$uv" sync --locked --no-dev --python "$python" $groups || {
    echo "setup: could not install; if pyproject.toml was edited, run \"$uv lock\" and commit uv.lock" >&2
    exit 1
  }
  [ -z "${PLAINWORDS_GROUPS:-}" ] || rm -f .venv/installed*  # packages of other groups went
  sha256sum uv.lock pyproject.toml scripts/setup.sh >"$stamp"
fi
