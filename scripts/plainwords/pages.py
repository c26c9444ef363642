"""Pages as their authors wrote them: front matter (a closed, ordered list) and prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import StringConstraints, ValidationError, model_validator

from plainwords.characters import unseen_problems
from plainwords.kept import Kept
from plainwords.problems import Problem
from plainwords.prose import Prose, read_prose
from plainwords.records import Citation, Day, Record, Text, real_date
from plainwords.yamltext import Document, doubled_keys, read_text, read_yaml, validation_problems

if TYPE_CHECKING:
    from pathlib import Path

FENCE = "---"
PAGE_PATTERN = r"docs/([a-z0-9]+(-[a-z0-9]+)*/)*[a-z0-9]+(-[a-z0-9]+)*\.md"
NO_FRONT_MATTER = (
    'the page must begin with a line of three plain hyphens, "---", then its front matter, then "---" again; '
    "nothing stands before it, and word processors turn hyphens into dashes"
)
Theme = Literal["What it is", "Is it for me", "Does it work", "The visit", "Risks", "Cost"]


class Meta(Record):
    """The front matter of a page; the keys stand in this order.

    title: the page's heading, for an answer the question.
    description: one sentence that makes sense alone; it travels into previews and embeds.
    cites: the findings that the description rests on; left out where it makes no claim.
    audience: patient (every rule holds) or trust (pages about the site itself).
    checked: the day the page was last compared with its sources.
    due: the day by which that is done again.
    searched: the day literature was last looked for; only on pages that report evidence.
    theme: the heading under which an answer stands on the list of questions.
    """

    title: Text
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=20, max_length=220)]
    cites: tuple[Citation, ...] = ()
    audience: Literal["patient", "trust"]
    checked: Day
    due: Day
    searched: Day | None = None
    theme: Theme | None = None

    @model_validator(mode="after")
    def dates_in_order(self) -> Self:
        checked, due = real_date(self.checked), real_date(self.due)
        if due <= checked:
            raise ValueError(f"due ({self.due}) must be later than checked ({self.checked})")
        if (due - checked).days > 731:  # noqa: PLR2004
            raise ValueError(f"due ({self.due}) is more than two years after checked ({self.checked})")
        if self.searched:
            real_date(self.searched)
        return self


@dataclass(frozen=True)
class Page:
    """One page: its path below the project, its front matter with lines, its body and prose."""

    path: str
    meta: Meta
    document: Document
    body: str
    prose: Prose

    @property
    def source(self) -> str:
        """The path below docs/."""
        return self.path.removeprefix("docs/")

    @cached_property
    def cited(self) -> frozenset[str]:
        """Every `key.finding` that the page cites anywhere."""
        units = (citation for unit in self.prose.units for citation in (*unit.citations, *unit.inherited))
        return frozenset((*self.meta.cites, *units))

    @property
    def address(self) -> str:
        """The address below the site's root: `risks/` for docs/risks/index.md, empty for the home page."""
        return address_of(self.source)


def address_of(source: str) -> str:
    """Return the address of a Markdown file below docs/, with directory addresses."""
    stem = source.removesuffix(".md")
    if stem == "index":
        return ""
    return stem.removesuffix("/index") + "/"


def load_page(root: Path, path: Path, kept: Kept | None = None) -> tuple[Page | None, list[Problem]]:
    """Read one page; a page whose front matter is broken comes back as problems alone."""
    name = path.relative_to(root).as_posix()
    text = read_text(path, name)
    if isinstance(text, Problem):
        return None, [text]
    return (kept or Kept()).of(name, text, lambda: _read_page(text, name))


def _read_page(text: str, name: str) -> tuple[Page | None, list[Problem]]:
    unseen = list(unseen_problems(text, name))
    parted = _part(text)
    if parted is None:
        return None, [*unseen, Problem(name, 1, "front-matter", NO_FRONT_MATTER)]
    head, body, body_line = parted
    document = read_yaml(head, name, first_line=2)
    if isinstance(document, Problem):
        return None, [*unseen, document]
    problems = [*unseen, *doubled_keys(document, name), *_order(document, name)]
    try:
        meta = Meta.model_validate(document.data or {})
    except ValidationError as error:
        return None, [*problems, *validation_problems(error, document, name)]
    prose = read_prose(body, body_line)
    faults = [fault for fault in prose.faults if not (fault.rule == "code" and meta.audience == "trust")]
    problems += [Problem(name, fault.line, fault.rule, fault.message) for fault in faults]
    return Page(name, meta, document, body, prose), problems


def _part(text: str) -> tuple[str, str, int] | None:
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            return "\n".join(lines[1:index]) + "\n", "\n".join(lines[index + 1 :]), index + 2
    return None


def _order(document: Document, path: str) -> list[Problem]:
    if not isinstance(document.data, dict):
        return []
    known = [key for key in Meta.model_fields if key in document.data]
    given = [key for key in document.data if key in Meta.model_fields]
    if given == known:
        return []
    wrong = next(key for key, expected in zip(given, known, strict=True) if key != expected)
    wanted = ", ".join(known)
    message = f'"{wrong}" stands in the wrong place; the order is: {wanted}'
    return [Problem(path, document.line((wrong,)), "front-matter", message)]
