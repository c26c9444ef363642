"""Rules for figures drawn from records: what a block names can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwords.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Finding, Source

HUNDRED = 100
NEEDS = {
    "people": 'no number with a form "of 100"; give one, as in {say: 50, of: 100, how: of 100}',
    "bars": "no number that belongs to a group; give arm: to each number that a bar shows",
}


def check_figures(page: Page, library: Library) -> Iterator[Problem]:
    """A figure names findings, and these hold what it draws."""
    for unit in page.prose.units:
        if unit.kind != "figure":
            continue
        (name,) = unit.classes
        if not unit.citations:
            message = f'"/// {name}" names no finding; write "/// {name} | key.finding"'
            yield Problem(page.path, unit.line, "figure", message)
        for citation in unit.citations:
            found = library.finding(citation)
            complaint = _complaint(name, *found) if found else None
            if complaint:
                yield Problem(page.path, unit.line, "figure", f'"/// {name} | {citation}": {complaint}')


def _complaint(name: str, source: Source, finding: Finding) -> str | None:
    if name == "people" and not any(
        form.of == HUNDRED and form.how == "of 100" for number in finding.numbers for form in number.forms
    ):
        return f"the finding has {NEEDS[name]}"
    if name == "bars":
        return _no_bars(source, finding)
    return None


def _no_bars(source: Source, finding: Finding) -> str | None:
    """Say why bars cannot be drawn: each needs a group, and the two ends of the scale on which it stands."""
    outcomes = source.trial.outcomes if source.trial else ()
    scale = outcomes[0] if outcomes else None
    if scale is None or scale.low is None or scale.high is None:
        return "its scale has no two ends; give low: and high: of the first of outcomes: under trial:"
    shown = [number for number in finding.numbers if number.arm]
    if not shown:
        return f"the finding has {NEEDS['bars']}"
    outside = [f"{number.value:g}" for number in shown if not scale.low <= number.value <= scale.high]
    if outside:
        return f"{', '.join(outside)} is not on the scale from {scale.low:g} to {scale.high:g}"
    return None
