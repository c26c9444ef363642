"""The models of the records in `data/`: sources with their findings, glossary, reviews.

References use CSL's field names (https://docs.citationstyles.org), trials follow PICO,
ratings of certainty are shown only as published (GRADE or other, with who rated).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from plainwords.arithmetic import form_complaint

KEY_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
TIME_PATTERN = r"^\d+(\.\d+)? (hours?|days?|weeks?|months?|years?)$"

Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
Citation = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z0-9-]+$")]

Unit = Literal[
    "people", "points", "percent", "hours", "days", "weeks", "months", "years", "injections", "sessions",
    "trials", "studies", "reports", "practitioners", "mL", "dollars", "cm", "kg", "clinics", "states",
    "countries", "times", "other",
]  # fmt: skip
Kind = Literal[
    "systematic review", "randomised trial", "other trial", "cohort study", "survey", "case report",
    "outbreak report", "guideline", "coverage policy", "official advice", "laboratory study",
    "review article", "history", "measurement study",
]  # fmt: skip
# From head to foot, which is the order of the list of trials.
Body = Literal[
    "head and neck", "jaw", "shoulder", "elbow", "wrist and hand", "low back", "sacroiliac joint", "hip and groin",
    "knee", "below the kneecap", "Achilles tendon", "heel", "ankle",
]  # fmt: skip
Part = Literal["excerpt", "abstract", "table", "full text", "second-hand"]
Direction = Literal["better", "worse", "no difference", "mixed", "descriptive"]


class Record(BaseModel):
    """A closed record: an unknown key is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, defer_build=True)


class Author(Record):
    """A person (family and given name) or an organisation (literal), as in CSL."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None

    @model_validator(mode="after")
    def named(self) -> Self:
        if bool(self.family) == bool(self.literal):
            raise ValueError("an author has either family (and given) or literal, for an organisation")
        return self


class Reference(Record):
    """What is cited, in CSL's field names; what was not seen is left out."""

    type: Literal["article-journal", "webpage", "report", "book", "chapter", "legislation"]
    title: Text
    author: tuple[Author, ...] = ()
    container_title: Text | None = Field(None, alias="container-title")
    container_title_short: Text | None = Field(None, alias="container-title-short")
    publisher: Text | None = None
    issued: PartialDate | None = None
    volume: Text | None = None
    issue: Text | None = None
    page: Text | None = None
    number: Text | None = None
    DOI: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$")] | None = None
    PMID: Annotated[str, StringConstraints(pattern=r"^\d{1,8}$")] | None = None
    PMCID: Annotated[str, StringConstraints(pattern=r"^PMC\d+$")] | None = None
    URL: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = None
    accessed: Day | None = None

    @property
    def reachable(self) -> bool:
        """Whether readers can be led to the source itself."""
        return bool(self.DOI or self.PMID or self.PMCID or self.URL)

    @property
    def year(self) -> int | None:
        """The year of publication, if it was seen."""
        return int(self.issued[:4]) if self.issued else None


class Spread(Record):
    """How far values lie apart, and which kind of measure that is."""

    kind: Literal["SD", "SE", "95% CI", "IQR", "range", "not labelled"]
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        pair = self.low is not None and self.high is not None
        if (self.value is not None) == pair:
            raise ValueError("a spread has either value, or low and high")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"the low end {self.low} is above the high end {self.high}")
        return self


class Form(Record):
    """Another way in which prose may say a number; the check recomputes it."""

    say: float | Literal["half", "a third", "two thirds", "a quarter", "three quarters"]
    of: float | None = None
    how: Annotated[
        str,
        StringConstraints(pattern=r"^(rounded|of 100|rest|rest of 100|fraction|percent|(minus|plus) [a-z0-9-]+)$"),
    ]


class Number(Record):
    """A number of a finding: its value, unit, denominator, arm, time point, spread and allowed forms."""

    id: Key
    value: float
    unit: Unit
    of: float | None = None
    arm: Key | None = None
    at: Annotated[str, StringConstraints(pattern=TIME_PATTERN)] | None = None
    spread: Spread | None = None
    forms: tuple[Form, ...] = ()


class Rating(Record):
    """A published rating of certainty, with who gave it."""

    level: Literal["high", "moderate", "low", "very low"]
    system: Text
    by: Citation


class Finding(Record):
    """One thing that a sentence may rest on, in our words, with its place in the source."""

    says: Text
    where: Text
    read: Key
    direction: Direction
    doubts: tuple[Text, ...] = ()
    rating: Rating | None = None
    numbers: tuple[Number, ...] = ()

    @model_validator(mode="after")
    def sums_are_right(self) -> Self:
        values = {number.id: number.value for number in self.numbers}
        if len(values) != len(self.numbers):
            raise ValueError("two numbers of this finding have the same id")
        for number in self.numbers:
            for form in number.forms:
                complaint = form_complaint(number.value, number.of, number.unit, form.say, form.how, values)
                if complaint:
                    raise ValueError(f"number {number.id}: {complaint}")
        return self


class Arm(Record):
    """One group of a trial and every name that prose may give it."""

    id: Key
    label: Text
    names: tuple[Text, ...] = Field(min_length=1)
    people: int | None = None
    gets: Text | None = None


class Outcome(Record):
    """A scale: its ends, which end is bad, and the smallest change that people notice, where seen."""

    name: Text
    low: float | None = None
    high: float | None = None
    bad_end: Literal["low", "high"] | None = None
    smallest_change: float | None = None


class Trial(Record):
    """PICO of a trial: population, arms (intervention and comparisons), outcomes, weeks of measurement.

    `body` puts a trial of the injections into the list of all trials; `main` names the findings told there.
    """

    body: Body | None = None
    main: tuple[Key, ...] = Field((), max_length=2)
    population: Text
    people: int | None = None
    arms: tuple[Arm, ...] = Field(min_length=1)
    outcomes: tuple[Outcome, ...] = ()
    weeks: tuple[float, ...] = ()

    @cached_property
    def arm_by_name(self) -> dict[str, str]:
        """The arm's id by every name of it, in small letters."""
        return {name.lower(): arm.id for arm in self.arms for name in (*arm.names, arm.label)}

    @cached_property
    def arm_finder(self) -> re.Pattern[str]:
        """Match the names of arms as whole words, the longest that fits."""
        longest_first = sorted(self.arm_by_name, key=len, reverse=True)
        return re.compile(r"\b(" + "|".join(map(re.escape, longest_first)) + r")\b", re.IGNORECASE)


class Fact(Record):
    """A number that every sentence citing the source may use: an age, a dose, a count of studies."""

    value: float
    unit: Unit
    what: Text
    of: float | None = None


class Retraction(Record):
    """Whether the source was retracted, as far as was looked, where and when."""

    status: Literal["none seen", "retracted", "concern", "not looked"]
    looked: Day
    where: Text


class Reading(Record):
    """Which part of the source was read, when, and at which address (never shown to readers)."""

    id: Key
    part: Part
    visible: Text
    date: Day
    copy_: Annotated[str, StringConstraints(pattern=r"^https?://\S+$")] | None = Field(None, alias="copy")
    via: Key | None = None

    @model_validator(mode="after")
    def second_hand_names_its_carrier(self) -> Self:
        if (self.part == "second-hand") != bool(self.via):
            raise ValueError("part: second-hand and via: (the key of the source that reports it) go together")
        return self


class Source(Record):
    """One source: reference, what it did, how sure, how far it was read, and its findings."""

    key: Key
    kind: Kind
    reference: Reference
    did: Text
    sure: Text
    trial: Trial | None = None
    facts: tuple[Fact, ...] = ()
    retraction: Retraction | None = None
    errata: tuple[Text, ...] = ()
    read: tuple[Reading, ...] = Field(min_length=1)
    doubts: tuple[Text, ...] = ()
    findings: dict[Key, Finding] = Field(min_length=1)

    @model_validator(mode="after")
    def way_or_doubt(self) -> Self:
        if not self.reference.reachable and not self.doubts:
            raise ValueError(
                "give a DOI, PMID, PMCID or the URL of the publisher or official body; "
                "where none was seen, say so under doubts:"
            )
        return self

    @model_validator(mode="after")
    def looked_for_retraction(self) -> Self:
        if self.retraction is None and self.reference.type not in ("webpage", "legislation"):
            raise ValueError("retraction is missing; say where and when you looked, or status: not looked")
        return self

    @model_validator(mode="after")
    def names_agree(self) -> Self:
        arms = {arm.id for arm in self.trial.arms} if self.trial else set()
        readings = {reading.id for reading in self.read}
        for name in self.trial.main if self.trial else ():
            if name not in self.findings:
                raise ValueError(f'trial.main: "{name}" is not under findings:')
        for name, finding in self.findings.items():
            if finding.read not in readings:
                raise ValueError(f'findings.{name}.read: "{finding.read}" is not an id under read:')
            for number in finding.numbers:
                if number.arm and number.arm not in arms:
                    raise ValueError(f'findings.{name}: arm "{number.arm}" is not an id under trial.arms')
        return self

    def reading_of(self, finding: Finding) -> Reading:
        """Return the reading that a finding rests on."""
        return next(reading for reading in self.read if reading.id == finding.read)


class Term(Record):
    """A glossary entry: the plain meaning first."""

    term: Text
    slug: Key
    meaning: Text
    note: Text | None = None
    also: tuple[Text, ...] = ()
    say: Text | None = None
    see: tuple[Key, ...] = ()
    source: Citation | None = None


class Search(Record):
    """One look-up for literature: the day, what it was about, the words, what was kept, what was left out and why."""

    date: Day
    about: Text
    words: Text
    kept: tuple[Key, ...] = ()
    left_out: tuple[Text, ...] = ()


class Looked(Record):
    """One drawn number, or one drawn claim, and what its source said when it was opened again."""

    page: Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md$")]
    findings: tuple[Citation, ...] = Field(min_length=1)
    number: Text | None = None
    claim: Text | None = None
    outcome: Literal["same", "words mended", "number mended", "not opened"]
    note: Text | None = None

    @model_validator(mode="after")
    def complete(self) -> Self:
        if bool(self.number) == bool(self.claim):
            raise ValueError("give either number or claim: what was drawn")
        if self.outcome != "same" and not self.note:
            raise ValueError(f'outcome "{self.outcome}" needs a note: what was wrong, or what could not be opened')
        return self


class SecondLook(Record):
    """One draw: when, with which seed, out of how many, and the outcome of each look."""

    date: Day
    seed: int
    out_of: int
    looked: tuple[Looked, ...] = Field(min_length=1)


class Change(Record):
    """One change that matters to a reader: when, which kind, what, on which pages. Its id never changes."""

    id: Key
    date: Day
    kind: Literal["new", "changed", "corrected", "withdrawn"]
    title: Text
    text: Text
    pages: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md$")], ...] = ()

    @model_validator(mode="after")
    def real_day(self) -> Self:
        real_date(self.date)
        return self


class Reviewer(Record):
    """A named, qualified person who may sign pages."""

    key: Key
    name: Text
    qualification: Text
    registration: Text | None = None
    interests: Text
    link: Annotated[str, StringConstraints(pattern=r"^https://\S+$")] | None = None


class Review(Record):
    """One sign-off: who read which text (by its digest) on which day, and what was looked at."""

    page: Annotated[str, StringConstraints(pattern=r"^[a-z0-9/-]+\.md$")]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    reviewer: Key
    date: Day
    scope: Text
    remarks: Text | None = None

    @model_validator(mode="after")
    def real_day(self) -> Self:
        real_date(self.date)
        return self


def real_date(text: str) -> date:
    """Parse YYYY-MM-DD; raises ValueError with a message for the author."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError(f'"{text}" is not a date; write it as 2026-11-23')
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'"{text}" is no day of the calendar; write it as 2026-11-23') from None
