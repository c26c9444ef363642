"""Rules for what embeds rest on: the options, and the stored versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwords.embeds.options import option_problems
from plainwords.embeds.pins import pin_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.pages import Page
    from plainwords.problems import Problem


def embed_problems(root: Path, pages: Sequence[Page]) -> Iterator[Problem]:
    """Return every problem of the options and of the stored versions."""
    yield from option_problems(root, pages)
    yield from pin_problems(root)
