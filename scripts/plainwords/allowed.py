"""Which numbers a sentence may hold: all that its findings and their sources record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plainwords.arithmetic import same_span
from plainwords.numbers import find_numbers
from plainwords.records import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwords.numbers import Mention, Units
    from plainwords.plain import Wording
    from plainwords.records import Finding, Number

SOURCE_UNITS = ("trials", "studies", "reports", "other")
COUNTED = ("trials", "studies")
YEARS_FROM = 1800
TIMES = ("hours", "days", "weeks", "months", "years")


@dataclass(frozen=True)
class Allowed:
    """A number that prose may say: value or fraction, unit, denominator, and the arm it belongs to."""

    value: float
    unit: str
    of: float | None = None
    arm: str | None = None
    fraction: str | None = None
    phone: str | None = None

    def __str__(self) -> str:
        if self.phone or self.fraction:
            return str(self.phone or self.fraction)
        of = f" of {self.of:g}" if self.of else ""
        unit = "" if self.unit == "other" else f" {self.unit}"
        arm = f" [{self.arm}]" if self.arm else ""
        return f"{self.value:g}{of}{unit}{arm}"


class NumberBook:
    """Works out the numbers of each source and finding once."""

    def __init__(self, wording: Wording, units: Units) -> None:
        self.wording = wording
        self.units = units
        self._known: dict[int, list[Allowed]] = {}
        self._together: dict[tuple[int, ...], Allowance] = {}

    def allowance(self, cited: Sequence[tuple[Source, Finding]]) -> Allowance:
        """Return the numbers that a sentence citing these findings may hold."""
        key = tuple(id(record) for pair in cited for record in pair)
        if key not in self._together:
            self._together[key] = self._allowance(cited)
        return self._together[key]

    def _allowance(self, cited: Sequence[tuple[Source, Finding]]) -> Allowance:
        numbers: dict[Allowed, None] = {}
        for source, finding in cited:
            numbers.update(dict.fromkeys(self.recorded(source)))
            numbers.update(dict.fromkeys(self.recorded(finding)))
        count = len({source.key for source, _ in cited})
        numbers.update(dict.fromkeys(Allowed(count, unit) for unit in SOURCE_UNITS))
        numbers.update(dict.fromkeys(Allowed(some, unit) for some in range(1, count) for unit in COUNTED))
        return Allowance(tuple(numbers), self.units)

    def recorded(self, record: Source | Finding) -> list[Allowed]:
        """Return the numbers that one source or one finding allows by itself."""
        if id(record) not in self._known:
            if isinstance(record, Source):
                numbers = _of_source(record, self.wording, self.units)
            else:
                numbers = _of_finding(record, self.wording, self.units)
            self._known[id(record)] = list(numbers)
        return self._known[id(record)]


@dataclass(frozen=True)
class Allowance:
    """The numbers of a set of cited findings."""

    numbers: tuple[Allowed, ...]
    units: Units
    _known: dict[tuple[Any, ...], tuple[Allowed, ...]] = field(default_factory=dict, compare=False, repr=False)

    def matches(self, mention: Mention) -> tuple[Allowed, ...]:
        """Return the recorded numbers that a mention may stand for; none means that it is wrong."""
        key = (mention.value, mention.unit, mention.of, mention.fraction, mention.phone)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._matches(mention))
        return known

    def _matches(self, mention: Mention) -> list[Allowed]:
        found = [number for number in self.numbers if self._same(mention, number)]
        if mention.of is None:
            return found
        paired = [number for number in found if number.of == mention.of]
        return paired or [number for number in found if number.of is None]

    def _same(self, mention: Mention, number: Allowed) -> bool:
        if mention.phone or mention.fraction:
            return mention.phone == number.phone and mention.fraction == number.fraction
        if number.phone or number.fraction:
            return False
        if mention.unit in TIMES and number.unit in TIMES:
            return same_span(mention.value, mention.unit, number.value, number.unit)
        if abs(mention.value - number.value) > 1e-9:  # noqa: PLR2004
            return False
        if number.unit == "other" and mention.unit in COUNTED:  # "seven trials" is no other seven
            return mention.value > YEARS_FROM
        return mention.unit is None or number.unit == "other" or self.units.same(mention.unit, number.unit)


def _of_finding(finding: Finding, wording: Wording, units: Units) -> Iterator[Allowed]:
    for number in finding.numbers:
        yield Allowed(number.value, number.unit, number.of, number.arm)
        yield from _around(number)
        for form in number.forms:
            if isinstance(form.say, str):
                yield Allowed(0, number.unit, arm=number.arm, fraction=form.say)
            else:
                yield from _of_form(number, form.say, form.how, form.of)
    for mention in find_numbers(finding.says, wording, units):
        if mention.phone:
            yield Allowed(0, "other", phone=mention.phone)


def _of_form(number: Number, say: float, how: str, of: float | None) -> Iterator[Allowed]:
    if how in ("of 100", "rest of 100"):
        yield Allowed(say, "other" if number.unit == "percent" else number.unit, 100, number.arm)
        yield Allowed(say, "percent", None, number.arm)
        yield Allowed(100, "other")
        return
    unit = "percent" if how == "percent" else number.unit
    arm = None if how.startswith(("minus", "plus")) else number.arm
    yield Allowed(say, unit, of or number.of, arm)


def _around(number: Number) -> Iterator[Allowed]:
    if number.of is not None:
        yield Allowed(number.of, number.unit, arm=None)
    if number.at:
        value, unit = number.at.split()
        yield Allowed(float(value), unit if unit.endswith("s") else unit + "s")
    if number.spread:
        spread = (number.spread.value, number.spread.low, number.spread.high)
        yield from (Allowed(value, number.unit, arm=number.arm) for value in spread if value is not None)


def _of_source(source: Source, wording: Wording, units: Units) -> Iterator[Allowed]:
    if source.reference.year:
        yield Allowed(source.reference.year, "other")
    yield from (Allowed(float(reading.date[:4]), "other") for reading in source.read)
    yield from (Allowed(fact.value, fact.unit, fact.of) for fact in source.facts)
    yield from (Allowed(fact.of, fact.unit) for fact in source.facts if fact.of)
    if source.trial is None:
        return
    trial = source.trial
    yield Allowed(len(trial.arms), "groups")
    yield from (Allowed(week, "weeks") for week in trial.weeks)
    for arm in trial.arms:
        if arm.people:
            yield Allowed(arm.people, "people", arm=arm.id)
        yield from _of_text(arm.gets or "", wording, units)
    if trial.people:
        yield Allowed(trial.people, "people")
    for outcome in trial.outcomes:
        ends = (outcome.low, outcome.high, outcome.smallest_change)
        yield from (Allowed(value, "other") for value in ends if value is not None)
    yield from _of_text(trial.population, wording, units)


def _of_text(text: str, wording: Wording, units: Units) -> Iterator[Allowed]:
    for mention in find_numbers(text, wording, units):
        yield Allowed(mention.value, mention.unit or "other", fraction=mention.fraction)
