"""The alteration experiment: wrong sentences made on purpose, and how many of them the check catches.

A page's copy gets one wrong number, arm, citation or direction at a time; the check then reads that page again.
A report, not a gate: it shows where the check is blind.
"""

from __future__ import annotations

import argparse
import random
import re
import secrets
import shutil
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plainwords import page_rules, record_rules
from plainwords.check import ROOT, load_site
from plainwords.numbers import find_numbers
from plainwords.pages import load_page
from plainwords.plain import phrase_regex
from plainwords.prose import CITATION
from plainwords.tracing import COVERED_KINDS, cited_keys, trace_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from plainwords.check import Site
    from plainwords.library import Library
    from plainwords.numbers import Mention
    from plainwords.pages import Page
    from plainwords.problems import Problem
    from plainwords.prose import Unit
    from plainwords.records import Finding, Source

    Edit = tuple[int, int, str]
    Drawer = Callable[["Line", Library, random.Random], Iterator[tuple[Edit, ...]]]

WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
NEGATION = re.compile(r"\b(?:did not|not|no) ", re.IGNORECASE)
TURNED = (
    ("better", "worse"), ("more", "less"), ("higher", "lower"), ("rose", "fell"), ("eased", "worsened"),
    ("improved", "worsened"), ("helped", "harmed"), ("helps", "harms"), ("gained", "lost"), ("bigger", "smaller"),
)  # fmt: skip
NOT_PROSE = re.compile(r"\]\([^)]*\)|^\s*(?:\d+\.|#+) |\{:[^}]*\}|\[\^[^\]\s]+\]")
CONTEXT = 24


@dataclass(frozen=True)
class Line:
    """A line of a page's file that says something, and the findings that its text rests on."""

    path: str
    number: int
    text: str
    cited: tuple[tuple[Source, Finding], ...]


@dataclass(frozen=True)
class Alteration:
    """A line made wrong: how (the kind) and by which edits, each with start, end and new text."""

    kind: str
    line: Line
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The line as altered."""
        altered = self.line.text
        for start, end, new in sorted(self.edits, reverse=True):
            altered = altered[:start] + new + altered[end:]
        return altered


@dataclass(frozen=True)
class Outcome:
    """An alteration and the rules that caught it; none means that it was missed."""

    alteration: Alteration
    rules: tuple[str, ...]


# ---- What may be altered


def lines_of(page: Page, library: Library, text: str) -> list[Line]:
    """Return the lines of a page's paragraphs, items and rows that rest on findings."""
    written = text.split("\n")
    found: list[Line] = []
    for unit in page.prose.units:
        cited = tuple(one for name in _rests_on(unit) if (one := library.finding(name)))
        if unit.kind in COVERED_KINDS and cited and unit.mark != "navigation":
            numbers = range(unit.line, unit.line + unit.text.count("\n") + 1)
            found += [Line(page.path, number, written[number - 1], cited) for number in numbers]
    return found


def _rests_on(unit: Unit) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*unit.citations, *unit.inherited)))


def _mentions(line: Line, library: Library) -> list[Mention]:
    prose = NOT_PROSE.sub(lambda found: " " * len(found[0]), line.text)
    return find_numbers(prose, library.wording, library.units)


def numbers_changed(line: Line, library: Library, chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each number in digits with another in its place, near it and written alike."""
    for mention in _mentions(line, library):
        digits = list(re.finditer(r"\d+", mention.said))
        if digits:
            one = chance.choice(digits)
            start = mention.start + one.start()
            yield ((start, start + len(one[0]), another_number(one[0], chance)),)


def another_number(digits: str, chance: random.Random) -> str:
    """Return other digits of about the same size: up to a third more or less, at least one off."""
    value = int(digits)
    reach = max(2, value // 3)
    offers = [one for one in range(max(0, value - reach), value + reach + 1) if one != value]
    return str(chance.choice(offers)).zfill(len(digits) if digits.startswith("0") else 1)


def words_changed(line: Line, library: Library, chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each number in words with another number word in its place."""
    for mention in _mentions(line, library):
        if not any(sign.isdigit() for sign in mention.said) and mention.fraction is None:
            said = mention.said.lower()
            new = chance.choice([word for word in WORDS if word != said])
            new = new.capitalize() if mention.said[0].isupper() else new
            yield ((mention.start, mention.end, new),)


def arms_swapped(line: Line, library: Library, _chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each pair of numbers of different groups of a trial with the two numbers swapped."""
    allowance = library.book.allowance(line.cited)
    owned = [(one, {match.arm for match in allowance.matches(one)} - {None}) for one in _mentions(line, library)]
    owned = [(one, arms) for one, arms in owned if arms and one.fraction is None]
    for index, (first, arms) in enumerate(owned):
        for second, others in owned[index + 1 :]:
            if first.value != second.value and arms != others and first.of == second.of:
                yield ((first.start, first.end, second.said), (second.start, second.end, first.said))


def citations_moved(line: Line, library: Library, chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each citation moved to another finding, of the same source or of another."""
    for mark in CITATION.finditer(line.text):
        key = mark[1].partition(".")[0]
        source = library.sources.get(key)
        if source is None:
            continue
        same = [f"{key}.{name}" for name in source.findings if f"{key}.{name}" != mark[1]]
        others = [
            f"{other}.{name}" for other, one in library.sources.items() if other != key for name in one.findings
        ]
        offers = chance.choice([offers for offers in (same, others) if offers])
        yield ((mark.start(1), mark.end(1), chance.choice(offers)),)


def negations_removed(line: Line, library: Library, _chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each "not", "no" or "did not" of a null wording taken out where a finding of no difference is cited."""
    if any(finding.direction == "no difference" for _, finding in line.cited):
        for phrase in phrase_regex(library.wording.null_phrases).finditer(line.text):
            found = NEGATION.match(line.text, phrase.start())
            if found:
                yield ((found.start(), found.end(), ""),)


def directions_turned(line: Line, _library: Library, _chance: random.Random) -> Iterator[tuple[Edit, ...]]:
    """Yield each word of direction turned round where a finding with a direction is cited."""
    opposite = {one: other for pair in TURNED for one, other in (pair, pair[::-1])}
    if any(finding.direction != "descriptive" for _, finding in line.cited):
        for found in re.finditer(rf"\b(?:{'|'.join(opposite)})\b", line.text):
            yield ((found.start(), found.end(), opposite[found[0]]),)


DRAWERS: dict[str, Drawer] = {
    "number": numbers_changed,
    "arms": arms_swapped,
    "number word": words_changed,
    "citation": citations_moved,
    "negation": negations_removed,
    "direction": directions_turned,
}


def draw(lines: Iterable[Line], library: Library, count: int, chance: random.Random) -> tuple[Alteration, ...]:
    """Draw `count` alterations, as many of each kind as there are, none twice."""
    lines = list(lines)
    piles = [
        [Alteration(kind, line, edits) for line in lines for edits in drawer(line, library, chance)]
        for kind, drawer in DRAWERS.items()
    ]
    for pile in piles:
        chance.shuffle(pile)
    drawn: list[Alteration] = []
    while len(drawn) < count and any(piles):
        drawn += [pile.pop() for pile in piles if pile]
    return tuple(drawn[:count])


# ---- Whether the check sees it


def try_all(site: Site, alterations: Iterable[Alteration]) -> Iterator[Outcome]:
    """Alter the pages of a copy one at a time; yield the rules that complain only then. Each page is put back."""
    written = {page.path: page for page in site.pages}
    before = {page.path: {*_problems(site, page)} for page in site.pages} | {"": {*_unused(site, None)}}
    for one in alterations:
        path = site.root / one.line.path
        text = path.read_text(encoding="utf-8")
        lines = text.split("\n")
        lines[one.line.number - 1] = one.text
        path.write_text("\n".join(lines), encoding="utf-8")
        page, found = load_page(site.root, path)
        path.write_text(text, encoding="utf-8")
        now = {*found, *(_problems(site, page) if page else ())}
        if page and cited_keys(page) != cited_keys(written[page.path]):
            now |= {*_unused(site, page)}
        known = before[one.line.path] | before[""]
        yield Outcome(one, tuple(sorted({problem.rule for problem in now - known})))


def _problems(site: Site, page: Page) -> Iterator[Problem]:
    yield from trace_page(page, site.library)
    yield from page_rules.check_page(page, site.library)


def _unused(site: Site, altered: Page | None) -> list[Problem]:
    pages = [altered if altered and altered.path == page.path else page for page in site.pages]
    return record_rules.check_records(site.library, pages)


# ---- The report


def shown(one: Alteration) -> tuple[str, str]:
    """Return what changed before and after, with a few words around it."""
    start = min(edit[0] for edit in one.edits)
    end = max(edit[1] for edit in one.edits)
    tail = len(one.line.text) - end
    left = one.line.text.rfind(" ", 0, max(0, start - CONTEXT)) + 1
    right = min(CONTEXT, tail)
    cut = one.line.text[left : end + right], one.text[left : len(one.text) - tail + right]
    return cut[0].strip(), cut[1].strip()


def report(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the report: each alteration, then the totals of each kind."""
    for one in outcomes:
        before, after = shown(one.alteration)
        verdict = f"caught ({', '.join(one.rules)})" if one.rules else "MISSED"
        where = f"{one.alteration.line.path}:{one.alteration.line.number}"
        yield f"{one.alteration.kind:<12} {where}\n    {before}\n  → {after}\n    {verdict}"
    yield ""
    drawn = Counter(one.alteration.kind for one in outcomes)
    caught = Counter(one.alteration.kind for one in outcomes if one.rules)
    yield from (f"{kind:<12} {caught[kind]:>3} of {drawn[kind]:>3} caught" for kind in drawn)
    yield f"{'all':<12} {caught.total():>3} of {drawn.total():>3} caught"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the experiment from the command line; exit status 0, whatever was missed, or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(
        prog="scripts/alter", description="Alter copies of the pages at random; tell what the check catches."
    )
    parser.add_argument("--count", type=_count, default=50, help="how many alterations (50)")
    parser.add_argument("--seed", type=int, default=None, help="a number; the same one draws the same again")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    seed = secrets.randbelow(10_000) if options.seed is None else options.seed
    with tempfile.TemporaryDirectory(prefix="plainwords-alter-") as folder:
        for part in ("docs", "data"):
            shutil.copytree(options.root / part, Path(folder, part))
        outcomes = run(Path(folder), options.count, seed)
    sys.stdout.writelines(f"{line}\n" for line in report(outcomes))
    sys.stdout.write(f"drawn with --seed {seed}\n")
    return 0


def run(copy: Path, count: int, seed: int) -> list[Outcome]:
    """Draw and try `count` alterations on the project's copy in the folder `copy`."""
    site = load_site(copy)
    lines = [
        line
        for page in site.pages
        for line in lines_of(page, site.library, (copy / page.path).read_text(encoding="utf-8"))
    ]
    chance = random.Random(seed)  # noqa: S311  (a draw that can be repeated, no secret)
    return list(try_all(site, draw(lines, site.library, count, chance)))


def _count(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f'"{text}" is no count; give a whole number above 0')
    return int(text)


if __name__ == "__main__":
    raise SystemExit(main())
