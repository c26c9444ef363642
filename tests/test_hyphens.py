"""The kept hyphenation patterns count as those read anew do, and a broken copy of them is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyphen

from plainwords.hyphens import patterns

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("prolotherapy", "injection", "ligament", "worn", "osteoarthritis")


def positions(found: pyphen.Pyphen) -> list[list[int]]:
    return [[int(one) for one in found.positions(word)] for word in WORDS]


def test_kept_patterns_part_words_as_the_library_does(tmp_path: Path) -> None:
    wanted = positions(pyphen.Pyphen(lang="en_US"))
    assert positions(patterns(tmp_path / "kept")) == wanted
    (kept,) = (tmp_path / "kept").iterdir()
    patterns.cache_clear()
    assert positions(patterns(tmp_path / "kept")) == wanted
    for broken in (b"", kept.read_bytes()[:100], b"not a pickle"):
        kept.write_bytes(broken)
        patterns.cache_clear()
        assert positions(patterns(tmp_path / "kept")) == wanted
        assert len(kept.read_bytes()) > len(broken)
