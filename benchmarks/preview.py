"""What one edit costs in the preview: MkDocs builds again in the same process, with and without our extensions."""

from __future__ import annotations

import logging
import sys
import tempfile
import time
from contextlib import chdir
from pathlib import Path
from statistics import median
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config

from benchmarks.synthetic import ROOT

BUDGET = 1.0  # seconds of our own work
OURS = "plainwords."
EDITED = "docs/index.md"
ROUNDS = 7


def measure() -> dict[str, Any]:
    """Return the CPU seconds of a further build of this site with our extensions, and what they add: medians."""
    with chdir(ROOT), tempfile.TemporaryDirectory(dir=ROOT / ".cache", prefix="bench-") as folder:
        logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
        extensions = load_config("mkdocs.yml")["markdown_extensions"]
        others = [one for one in extensions if not one.startswith(OURS)]
        rounds = [(_build(folder, extensions), _build(folder, others)) for _ in range(ROUNDS + 1)]
    pairs = rounds[1:]  # the first reads the records, as a preview's does
    return {
        "with": round(median(ours for ours, _ in pairs), 2),
        "without": round(median(bare for _, bare in pairs), 2),
        "own": round(median(ours - bare for ours, bare in pairs), 2),
        "budget": BUDGET, "pages": _count(), "rounds": ROUNDS,
    }  # fmt: skip


def _build(folder: str, extensions: list[str]) -> float:
    """Build after an edit, as `mkdocs serve` does in a process that goes on, and return the CPU seconds."""
    Path(EDITED).touch()
    start = time.process_time()
    config = load_config("mkdocs.yml", site_dir=folder, strict=False)
    config["markdown_extensions"] = extensions
    build(config, serve_url="http://127.0.0.1:8000/")
    return time.process_time() - start


def _count() -> int:
    return sum(1 for _ in (ROOT / "docs").rglob("*.md"))


if __name__ == "__main__":
    sys.stdout.write(f"{measure()}\n")
