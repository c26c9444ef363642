"""The page "What changed": `data/changes.yml` in the words of `data/templates/what-changed.md`."""

from __future__ import annotations

import re
from itertools import groupby
from string import Template
from typing import TYPE_CHECKING

from plainwords.finish import long_date
from plainwords.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Change

CHANGES = "data/changes.yml"
TEMPLATE = "data/templates/what-changed.md"
PAGE = "docs/about/what-changed.md"


def changes_page(root: Path, changes: Sequence[Change]) -> dict[str, str]:
    """Return path and text of the page; a project without the template has no such page."""
    template = root / TEMPLATE
    if not template.exists():
        return {}
    days = groupby(changes, key=lambda one: one.date)
    text = "\n".join(f"## {long_date(day)}\n\n{''.join(_item(one) for one in found)}" for day, found in days)
    return {PAGE: Template(template.read_text(encoding="utf-8")).substitute(changes=text.rstrip("\n"))}


def change_problems(library: Library, pages: Sequence[Page]) -> Iterator[Problem]:
    """Changes stand newest first, each with an id of its own, and name pages that exist."""
    known = {page.source for page in pages}
    dates = [change.date for change in library.changes]
    if dates != sorted(dates, reverse=True):
        yield Problem(CHANGES, 1, "change", "the newest change must stand first; order the entries by date")
    ids = [change.id for change in library.changes]
    for name in sorted({one for one in ids if ids.count(one) > 1}):
        yield Problem(CHANGES, 1, "change", f'the id "{name}" stands twice; each change has an id of its own')
    for change in library.changes:
        for page in change.pages:
            if page not in known:
                yield Problem(CHANGES, 1, "change", f'{change.id}: "{page}" is no page below docs/')


def _item(change: Change) -> str:
    """Return a change as an item of a list, one sentence a line."""
    sentences = re.sub(r"(?<=[.!?]) (?=[A-Z])", "\n  ", " ".join(change.text.split()))
    return f"- **{change.title}** {sentences}\n"
