"""A sample of the numbers on the pages, with the way back to the source of each, for a second look.

Every number has its place in a line of its own by chance: a digest of seed, page, sentence and place in it.
The sample is the front of that line, so a sentence edited on one page draws no other number anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plainwords.allowed import Allowance
from plainwords.check import ROOT, load_site
from plainwords.prose import CITATION
from plainwords.tracing import checked_numbers, citations_of, front_units, sentences_of, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwords.library import Library
    from plainwords.numbers import Mention
    from plainwords.pages import Page
    from plainwords.records import Finding, Source
    from plainwords.tracing import Span

SEED = 20261125
COUNT = 40
CLAIM_WORDS = 5
OF = re.compile(r" (?:out )?of ")


@dataclass(frozen=True)
class Ground:
    """A finding that a sentence cites: what it says, the numbers of the record that fit, and where it was read."""

    finding: str
    says: str
    recorded: tuple[str, ...]
    where: str
    part: str
    copy: str | None


@dataclass(frozen=True)
class Drawn:
    """A number on a page: its place, its sentence, the words of the number, and what it rests on."""

    page: str
    line: int
    sentence: str
    number: str
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class _Stated:
    page: str
    line: int
    sentence: str
    number: str
    mention: Mention | None
    cited: tuple[tuple[Source, Finding], ...]


def draw(pages: Iterable[Page], library: Library, count: int, seed: int, *, claims: bool = False) -> list[Drawn]:
    """Draw `count` numbers (or `claims`) of cited sentences; the same seed and texts draw the same."""
    stated = [one for page in pages for one in _stated(page, library, claims=claims)]
    seen: Counter[str] = Counter()
    line: list[tuple[str, _Stated]] = []
    for one in stated:
        identity = f"{seed}|{one.page}|{one.sentence}|{one.mention.start if one.mention else ''}"
        seen[identity] += 1
        line.append((hashlib.sha256(f"{identity}|{seen[identity]}".encode()).hexdigest(), one))
    line.sort(key=lambda pair: pair[0])
    return [_drawn(one, library) for _, one in line[:count]]


def population(pages: Iterable[Page], library: Library, *, claims: bool = False) -> int:
    """Count the numbers that stand in cited sentences, or those sentences themselves."""
    return sum(1 for page in pages for _ in _stated(page, library, claims=claims))


def _stated(page: Page, library: Library, *, claims: bool) -> Iterator[_Stated]:
    for unit in (*front_units(page), *page.prose.units):
        if unit.kind == "heading" or unit.mark == "navigation":
            continue
        for span in spans(unit):
            yield from _stated_in(span, page, library, claims=claims)


def _stated_in(span: Span, page: Page, library: Library, *, claims: bool) -> Iterator[_Stated]:
    cited = tuple(found for one in citations_of(span, page) if (found := library.finding(one)))
    if not cited:
        return
    for text, line in sentences_of(span):
        flat = " ".join(CITATION.sub("", text).split())
        if claims and len(flat.split()) < CLAIM_WORDS:
            continue  # "Partly." under a heading says nothing alone
        if claims:
            yield _Stated(page.path, line, flat, "", None, cited)
            continue
        for number, mention in _whole(flat, checked_numbers(flat, library)):
            yield _Stated(page.path, line, flat, number, mention, cited)


def _whole(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, Mention]]:
    """Yield each number as it stands in the text; "70 of 100" is one number, not two."""
    end = 0
    for index, mention in enumerate(mentions):
        if mention.start < end:
            continue
        end = mention.end
        following = mentions[index + 1 : index + 2]
        if following and OF.fullmatch(text[end : following[0].start]):
            end = following[0].end
        yield text[mention.start : end], mention


def _drawn(one: _Stated, library: Library) -> Drawn:
    grounds = tuple(_ground(source, finding, one.mention, library) for source, finding in one.cited)
    return Drawn(one.page, one.line, one.sentence, one.number, grounds)


def _ground(source: Source, finding: Finding, mention: Mention | None, library: Library) -> Ground:
    name = next(name for name, known in source.findings.items() if known is finding)
    numbers = (*library.book.recorded(finding), *library.book.recorded(source))
    fitting = dict.fromkeys(map(str, Allowance(numbers, library.units).matches(mention) if mention else ()))
    reading = source.reading_of(finding)
    part = f"{reading.part}: {reading.visible}"
    return Ground(f"{source.key}.{name}", finding.says, tuple(fitting), finding.where, part, reading.copy_)


# ---- The command


def report(drawn: Sequence[Drawn]) -> Iterator[str]:
    """Yield the lines for the terminal: each number with its sentence, then what it rests on."""
    for index, one in enumerate(drawn, 1):
        yield f"{index}. {one.page}:{one.line}: {one.number or 'a claim'}"
        yield f"   {one.sentence}"
        holding = [ground for ground in one.grounds if ground.recorded]
        others = [ground.finding for ground in one.grounds if not ground.recorded]
        for ground in holding or one.grounds:
            counts = "one of the sources that the number counts" if one.number else ""
            yield f"   [{ground.finding}] {', '.join(ground.recorded) or counts}".rstrip()
            yield f"      says: {ground.says}"
            yield f"      where: {ground.where} ({ground.part})"
            yield f"      copy: {ground.copy or 'no address'}"
        if holding and others:
            yield f"   cited too: {', '.join(others)}"
        yield ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw from the command line; exit status 0, or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(
        prog="scripts/sample", description="Draw numbers from the pages at random, each with its way to the source."
    )
    parser.add_argument("--count", type=int, default=COUNT, help=f"how many numbers ({COUNT})")
    parser.add_argument("--seed", type=int, default=SEED, help=f"the same seed draws the same again ({SEED})")
    parser.add_argument("--claims", action="store_true", help="draw whole cited sentences instead of numbers")
    parser.add_argument("--json", action="store_true", help="print the sample as JSON")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.count < 1:
        parser.error(f"--count {options.count}: give a whole number above 0")
    site = load_site(options.root)
    drawn = draw(site.pages, site.library, options.count, options.seed, claims=options.claims)
    if options.json:
        sys.stdout.write(json.dumps([asdict(one) for one in drawn], indent=1, ensure_ascii=False) + "\n")
        return 0
    sys.stdout.writelines(f"{line}\n" for line in report(drawn))
    total = population(site.pages, site.library, claims=options.claims)
    what = "cited sentences" if options.claims else "numbers in cited sentences"
    sys.stdout.write(f"{len(drawn)} of {total} {what}, drawn with --seed {options.seed}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
