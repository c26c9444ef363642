"""What one edit costs in the preview: MkDocs builds again in the same process, with and without our extensions."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks.synthetic import ROOT

BUDGET = 1.0  # seconds of our own work
OURS = "plainwords."
EDITED = "docs/index.md"


def measure() -> dict[str, Any]:
    """Return the CPU seconds of a second build of this site, with our extensions and without."""
    with chdir(ROOT), tempfile.TemporaryDirectory(dir=ROOT / ".cache", prefix="bench-") as folder:
        logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
        extensions = load_config("mkdocs.yml")["markdown_extensions"]
        others = [one for one in extensions if not one.startswith(OURS)]
        ours, bare = (_again(folder, some) for some in (extensions, others))
    return {"with": ours, "without": bare, "own": round(ours - bare, 2), "budget": BUDGET, "pages": _count()}


def _again(folder: str, extensions: list[str]) -> float:
    """Build twice, as `mkdocs serve` does, and return the CPU seconds of the second time."""
    seconds = 0.0
    for _ in range(2):
        start = time.process_time()
        config = load_config("mkdocs.yml", site_dir=folder, strict=False)
        config["markdown_extensions"] = extensions
        build(config, serve_url="http://127.0.0.1:8000/")
        seconds = time.process_time() - start
        Path(EDITED).touch()
    return round(seconds, 2)


def _count() -> int:
    return sum(1 for _ in (ROOT / "docs").rglob("*.md"))


if __name__ == "__main__":
    sys.stdout.write(f"{measure()}\n")
