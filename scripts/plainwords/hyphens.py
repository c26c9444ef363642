"""American hyphenation patterns, kept in the form that Python loads fastest: reading them anew takes a while."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyphen

from plainwords.kept import Kept

CACHE = Path(__file__).resolve().parents[2] / ".cache"


@cache
def patterns(folder: Path = CACHE) -> pyphen.Pyphen:
    """Return the patterns; from `folder` if a build before this one left them there."""
    kept = Kept(folder / "hyphens.pickle")
    found = kept.of("en_US", version("pyphen"), lambda: pyphen.Pyphen(lang="en_US"))
    kept.save()
    return found
