"""Numbers in prose: digits and words in, values with unit, denominator and place out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import yaml

from plainwords.plain import may_hold, phrase_regex, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from plainwords.plain import Wording

CITATION = re.compile(r"\[\^([^\]\s]+)\]")
ADDRESS = re.compile(r"https?://\S+")
DIGIT = re.compile(r"\d")
YEAR = re.compile(r"(?:18|19|20)\d\d")  # "a 2013 trial"
WORDS_AHEAD = re.compile(r"-?((?:\s*[A-Za-z%]+(?:-[a-z]+)*)*)")  # "30-point", "3-month" as well as "30 points"
OUT_OF = re.compile(r"\s*(?:[a-z]+ )?(?:out )?of (?:every |the |all |all the |these |those |some )?")
PHONE = re.compile(r"(?<![\w+])\+?\d[\d-]*(?:[ -](?:\d{2,}|[A-Z]{3}))+(?:[ -]?\d+)*(?!\w)")
DIGITS = re.compile(r"(?<![\w.,])(?<![A-Za-z]-)[-−]?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d])(?!(?:st|nd|rd|th)\b)")
FRACTION = re.compile(
    r"\b(?:(half)|(?:one|a) (third|quarter)|(two[ -]thirds|three[ -]quarters))\b(?!-)", re.IGNORECASE
)
TIMES = {"twice": 2.0, "double": 2.0, "doubled": 2.0, "tripled": 3.0, "dozen": 12.0}
PARTS = {"half", "third", "quarter", "thirds", "quarters"}
PHONE_DIGITS = 8
UNIT_WORDS_AHEAD = 3


@dataclass(frozen=True)
class Units:
    """The words of each unit, units that are taken for each other, and words that end the search."""

    by_word: Mapping[str, str]
    alike: tuple[frozenset[str], ...]
    stops: frozenset[str]

    def same(self, first: str, second: str) -> bool:
        """Whether two units may be taken for each other."""
        return first == second or any({first, second} <= group for group in self.alike)


class Mention(NamedTuple):
    """A number in a text: its value, the words used, its place, unit word and denominator, if any."""

    said: str
    value: float
    start: int
    end: int
    unit: str | None = None
    of: float | None = None
    fraction: str | None = None
    phone: str | None = None


def load_units(path: Path) -> Units:
    """Read `data/units.yml`."""
    raw = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    words = {word: unit for unit, group in raw["words"].items() for word in group}
    return Units(words, tuple(frozenset(group) for group in raw["alike"]), frozenset(raw["stops"]))


def find_numbers(text: str, wording: Wording, units: Units) -> list[Mention]:
    """Return every number of a text in order; citation marks and idioms ("no one") are no numbers."""
    clean = CITATION.sub(_blank, text) if "[^" in text else text
    clean = ADDRESS.sub(_blank, clean) if "://" in clean else clean
    spoken = words_of(clean)
    finders = tuple(_finders(clean, spoken))
    worded = not (spoken.isdisjoint(wording.number_words) and spoken.isdisjoint(TIMES))
    return _found(clean, finders, wording if worded else None, units) if finders or worded else []


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _found(
    clean: str, finders: Iterable[Callable[[str], Iterator[Mention]]], wording: Wording | None, units: Units
) -> list[Mention]:
    """Return what the finders find, and numbers in words if a wording is given, each with its unit."""
    taken: list[Mention] = []
    for finder in finders:
        for mention in finder(clean):
            if not any(mention.start < other.end and other.start < mention.end for other in taken):
                taken.append(mention)
    if wording:
        taken.extend(_words(_without_idioms(clean, wording), wording, taken))
    taken.sort(key=lambda mention: mention.start)
    return _with_denominators(clean, [_with_unit(clean, mention, units) for mention in taken])


def _finders(text: str, spoken: frozenset[str]) -> Iterator[Callable[[str], Iterator[Mention]]]:
    """Yield the finders, in their order, that can find something in a text with these words."""
    digits = DIGIT.search(text)
    if digits:
        yield _phones
    if not spoken.isdisjoint(PARTS):
        yield _fractions
    if digits:
        yield _digits


def phone_digits(text: str) -> str:
    """Reduce a telephone number to its digits and letters."""
    return re.sub(r"[^0-9A-Z]", "", text)


def _phones(text: str) -> Iterator[Mention]:
    for found in PHONE.finditer(text):
        reduced = phone_digits(found[0])
        if len(reduced) >= PHONE_DIGITS:
            yield Mention(found[0], 0, found.start(), found.end(), phone=reduced)


def _fractions(text: str) -> Iterator[Mention]:
    for found in FRACTION.finditer(text):
        name = found[1] or (found[2] and f"a {found[2]}") or found[3].replace("-", " ")
        yield Mention(found[0], 0, found.start(), found.end(), fraction=name.lower())


def _digits(text: str) -> Iterator[Mention]:
    for found in DIGITS.finditer(text):
        value = float(found[1].replace(",", "") + (found[2] or ""))
        yield Mention(found[0], value, found.start(), found.end())


def _without_idioms(text: str, wording: Wording) -> str:
    if not may_hold(wording.number_idioms, text):
        return text
    return _idioms(wording.number_idioms).sub(lambda found: "·" * len(found[0]), text)


def _words(text: str, wording: Wording, taken: list[Mention]) -> Iterator[Mention]:
    for found in _number_words(tuple(wording.number_words)).finditer(text):
        if not any(found.start() < other.end and other.start < found.end() for other in taken):
            parts = [
                TIMES.get(part) or wording.number_words[part] for part in re.split(r"[ -](?:and )?", found[0].lower())
            ]
            yield Mention(found[0], _spoken(parts), found.start(), found.end())


@cache
def _idioms(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return phrase_regex(phrases)


@cache
def _number_words(words: tuple[str, ...]) -> re.Pattern[str]:
    word = "|".join(sorted(map(re.escape, (*words, *TIMES)), key=len, reverse=True))
    return re.compile(rf"\b(?:{word})(?:[ -](?:and )?(?:{word}))*\b", re.IGNORECASE)


def _spoken(parts: list[float]) -> float:
    total = 0.0
    for part in parts:
        total = max(total, 1) * part if part >= 100 else total + part  # noqa: PLR2004
    return total


def _with_unit(text: str, mention: Mention, units: Units) -> Mention:
    if YEAR.fullmatch(mention.said):
        return mention
    if text.startswith("%", mention.end):
        return mention._replace(unit="percent")
    words = WORDS_AHEAD.match(text, mention.end)
    for word in (words[1].split() if words else [])[:UNIT_WORDS_AHEAD]:
        if word in units.stops:
            break
        unit = units.by_word.get(word) or units.by_word.get(word.lower())
        if unit:
            return mention._replace(unit=unit)
    return mention


def _with_denominators(text: str, mentions: list[Mention]) -> list[Mention]:
    result = list(mentions)
    for index, (first, second) in enumerate(pairwise(mentions)):
        between = text[first.end : second.start]
        if OUT_OF.fullmatch(between):
            result[index] = first._replace(of=second.value, unit=first.unit or second.unit)
    return result
