"""Stored versions: a page's text as it was on a day, never changed, and the notices that the build puts above it.

`data/pins/DATE/PAGE/text.html` holds the text, `pin.yml` beside it what is known of it, and
`data/pins/ledger.txt` one line for each: the text's SHA-256. A version that is lost or altered fails the check.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import StringConstraints, ValidationError, model_validator

from plainwords.embeds.assets import KEPT, hashed_name
from plainwords.embeds.render import sha256
from plainwords.finish import fill_review, long_date
from plainwords.problems import Problem
from plainwords.records import Day, Record, Text, real_date
from plainwords.reviews import SignOff
from plainwords.yamltext import doubled_keys, read_yaml, validation_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from plainwords.library import Library

FOLDER = "data/pins"
LEDGER = "data/pins/ledger.txt"
LISTED = re.compile(r"(\d{4}-\d\d-\d\d/(?:[a-z0-9-]+/)*) ([0-9a-f]{64})")
RECORD = "pin.yml"
TEXT = "text.html"
UNREVIEWED = "<!-- pw:review --><strong>No clinician has reviewed this version</strong><!-- /pw:review -->"

Address = Annotated[str, StringConstraints(pattern=r"^([a-z0-9-]+/)*$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Notice(Record):
    """What became known of a stored version later: it was corrected in a newer one, or is withdrawn."""

    date: Day
    kind: Literal["corrected", "withdrawn"]
    because: Text

    @model_validator(mode="after")
    def real_day(self) -> Self:
        real_date(self.date)
        return self


class Pin(Record):
    """What is known of a stored version of a page.

    page: its address.
    title, stamp: its title and the line of its stamp that says when it was checked.
    words: the digest of its words alone, which tells whether the page has changed since.
    sha256: the digest of the stored bytes.
    review: the digest under which a review of this very text is signed; none for pages made from records.
    note: what changed since the version before.
    notices: added later by hand.
    """

    page: Address
    title: Text
    stamp: Text
    words: Digest
    sha256: Digest
    review: Digest | None = None
    note: Text
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A stored version: the day, its record and its text."""

    date: str
    pin: Pin
    text: str


def load_pins(root: Path) -> list[Stored]:
    """Return the sound stored versions, oldest first."""
    found = (one for path in _records(root) if isinstance(one := _read(root, path)[0], Stored))
    return sorted(found, key=lambda one: (one.date, one.pin.page))


def pin_problems(root: Path) -> Iterator[Problem]:
    """Every stored version is there, as the ledger says, with the bytes that its record says."""
    stored = {}
    for path in _records(root):
        one, problems = _read(root, path)
        yield from problems
        if one:
            stored[f"{one.date}/{one.pin.page}"] = one.pin.sha256
    yield from _ledger_problems(root, stored)
    for path in sorted((root / KEPT).glob("*.js")):
        stem, _, ending = path.name.rsplit(".", 2)
        if hashed_name(f"{stem}.{ending}", path.read_bytes()) != path.name:
            message = "the name does not hold the hash of the file; a published script never changes"
            yield Problem(path.relative_to(root).as_posix(), 0, "pin", message)


def _ledger_problems(root: Path, stored: Mapping[str, str]) -> Iterator[Problem]:
    for number, line in _ledger_lines(root):
        if not LISTED.fullmatch(line):
            yield Problem(LEDGER, number, "pin", f'"{line}" is no line of it; expected: DATE/PAGE/ and a SHA-256')
    listed = ledger(root)
    for name in sorted(stored.keys() | listed.keys()):
        if name not in listed:
            yield Problem(LEDGER, 0, "pin", f"{name} is not listed; scripts/pin lists what it stores")
        elif name not in stored:
            yield Problem(LEDGER, 0, "pin", f"{name} was stored and is gone or broken; bring it back")
        elif listed[name] != stored[name]:
            yield Problem(LEDGER, 0, "pin", f"{name} has another digest than its record; a version never changes")


def ledger(root: Path) -> dict[str, str]:
    """Return the digest of each stored version by DATE/PAGE."""
    return {found[1]: found[2] for _, line in _ledger_lines(root) if (found := LISTED.fullmatch(line))}


def _ledger_lines(root: Path) -> Iterator[tuple[int, str]]:
    """Yield number and text of every line of the ledger that is no comment."""
    path = root / LEDGER
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return ((number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#"))


# ---- What is said above a stored version


def notices(one: Stored, later: Sequence[Stored], words_now: str | None, *, withdrawn: bool) -> tuple[str, ...]:
    """Return the lines, as HTML, that tell a reader what became of a version; none while it is the page's text."""
    said = [_notice(notice) for notice in one.pin.notices]
    if withdrawn or words_now is None:
        said.append("<strong>This page was taken back.</strong> Please do not rely on it.")
    elif later:
        said.append(_newer(one, later))
    elif words_now != one.pin.words:
        said.append(
            '<strong>The page has changed since this version.</strong> <a href="./">Read it as it is now</a>.'
        )
    return tuple(said)


def _notice(notice: Notice) -> str:
    because, day = html.escape(notice.because.rstrip(".")), long_date(notice.date)
    if notice.kind == "withdrawn":
        return f"<strong>Withdrawn on {day}</strong>, because {because}. Please do not rely on it."
    return f"<strong>Corrected on {day}</strong>, because {because}."


def _newer(one: Stored, later: Sequence[Stored]) -> str:
    newest = later[-1]
    changes = "; ".join(html.escape(each.pin.note.rstrip(".")) for each in later)
    target = "../" * one.pin.page.count("/") + f"embed/v/{newest.date}/{one.pin.page}"
    return (
        f"<strong>A newer version of {long_date(newest.date)} exists.</strong> What changed: {changes}. "
        f'<a href="{target}">Read the newer version</a>.'
    )


def review_line(one: Stored, source: str | None, library: Library) -> str:
    """Return who reviewed this very text, as HTML, or that no clinician has."""
    signed = [
        SignOff(review, library.reviewers[review.reviewer], current=True)
        for review in library.reviews.values()
        if review.page == source and review.digest == one.pin.review and review.reviewer in library.reviewers
    ]
    newest = sorted(signed, key=lambda each: each.review.date, reverse=True)
    return re.sub(r"<!--.*?-->", "", fill_review(UNREVIEWED, newest))


# ---- Files


def _records(root: Path) -> list[Path]:
    return sorted((root / FOLDER).rglob(RECORD))


def _read(root: Path, path: Path) -> tuple[Stored | None, list[Problem]]:
    name = path.relative_to(root).as_posix()
    document = read_yaml(path.read_text(encoding="utf-8"), name)
    if isinstance(document, Problem):
        return None, [document]
    problems = list(doubled_keys(document, name))
    try:
        pin = Pin.model_validate(document.data or {})
    except ValidationError as error:
        return None, [*problems, *validation_problems(error, document, name)]
    date, _, page = path.parent.relative_to(root / FOLDER).as_posix().partition("/")
    text = path.with_name(TEXT)
    try:
        real_date(date)
    except ValueError as error:
        problems.append(Problem(name, 0, "pin", f"the folder's name: {error}"))
    if (page + "/" if page else "") != pin.page:
        problems.append(Problem(name, document.line(("page",)), "pin", f'page "{pin.page}" and the folder differ'))
    if not text.exists() or sha256(text.read_text(encoding="utf-8")) != pin.sha256:
        message = f"{TEXT} beside it has not the bytes that were stored; a version never changes, bring them back"
        problems.append(Problem(name, document.line(("sha256",)), "pin", message))
    return (None if problems else Stored(date, pin, text.read_text(encoding="utf-8"))), problems
