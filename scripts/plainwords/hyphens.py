"""American hyphenation patterns, kept in the form that Python loads fastest: reading them anew takes a while."""

from __future__ import annotations

import pickle
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pyphen

CACHE = Path(__file__).resolve().parents[2] / ".cache"


@cache
def patterns(folder: Path = CACHE) -> pyphen.Pyphen:
    """Return the patterns; from `folder` if a build before this one left them there."""
    kept = folder / f"hyphens-{version('pyphen')}.pickle"
    try:
        found = pickle.loads(kept.read_bytes())  # noqa: S301  (nobody but this function writes it)
    except Exception:  # noqa: BLE001  (missing, cut short, of another Python: they are read anew)
        found = None
    if not isinstance(found, pyphen.Pyphen):
        found = pyphen.Pyphen(lang="en_US")
        folder.mkdir(exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    return found
