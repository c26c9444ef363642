"""What the extensions share: the records, read once while they do not change, and labels."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from plainwords.library import Library, load_library


def library_of(root: str) -> Library:
    """Return the records below `root`/data, read again only when a file there changed."""
    stamps = (path.stat().st_mtime_ns for path in Path(root, "data").rglob("*.yml"))
    return _library(root, max(stamps, default=0))


def labels_of(root: str) -> dict[str, Any]:
    """Return the words that readers see for the closed lists of a record (`data/labels.yml`)."""
    return _labels(root, Path(root, "data/labels.yml").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _library(root: str, _stamp: int) -> Library:
    return load_library(Path(root))


@lru_cache(maxsize=2)
def _labels(root: str, _stamp: int) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(Path(root, "data/labels.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded
