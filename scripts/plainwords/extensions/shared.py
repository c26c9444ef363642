"""What the extensions share: the records, read once while they do not change, and labels."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from plainwords.kept import Kept
from plainwords.library import load_library

if TYPE_CHECKING:
    from plainwords.library import Library

    Stamps = tuple[tuple[str, int], ...]

LOOK_AGAIN = 0.05  # seconds; the preview builds again 0.1 s after a change, and then must see it


@dataclass
class Known:
    """Records as one and file by file, the files' times when they were read, and when they were asked for last."""

    library: Library
    stamps: Stamps
    asked: float
    kept: Kept


_known: dict[Path, Known] = {}


def library_of(root: str) -> Library:
    """Return the records below `root`/data, read again only when a file there changed."""
    place, now = Path(root).absolute(), time.monotonic()
    known = _known.get(place)
    if known and now - known.asked < LOOK_AGAIN:
        known.asked = max(known.asked, now)  # one build goes on: its pages come one straight after the other
        return known.library
    stamps = _stamps(place)
    if known is None or known.stamps != stamps:
        kept = known.kept.renewed() if known else Kept()
        known = Known(load_library(place, kept), stamps, 0, kept)
    known.asked = time.monotonic()
    _known[place] = known
    return known.library


def page_done(root: str) -> None:
    """Let the time until the next look count from now, however long a page took: the next one follows at once."""
    known = _known.get(Path(root).absolute())
    if known:
        known.asked = max(known.asked, time.monotonic())


def remember(root: Path, library: Library) -> None:
    """Take records as read that the check has read just now; while one build lasts, no file is looked at again."""
    _known[root.absolute()] = Known(library, (), math.inf, Kept())


def _stamps(root: Path) -> Stamps:
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in (root / "data").rglob("*.yml")))


def labels_of(root: str) -> dict[str, Any]:
    """Return the words that readers see for the closed lists of a record (`data/labels.yml`)."""
    path = Path(root, "data/labels.yml").absolute()
    return _labels(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _labels(path: Path, _stamp: int) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return loaded
