"""All records of `data/` in one place, read and validated, with the problems found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from plainwords.allowed import NumberBook
from plainwords.characters import unseen_problems
from plainwords.numbers import Units, load_units
from plainwords.plain import Wording, load_wording
from plainwords.problems import Problem
from plainwords.records import Change, Finding, Review, Reviewer, Search, SecondLook, Source, Term
from plainwords.terms import Vocabulary
from plainwords.yamltext import Document, doubled_keys, read_text, read_yaml, validation_problems

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
SOURCES = "data/sources"


@dataclass(frozen=True)
class Library:
    """Sources by key; terms, searches, draws, changes in order; reviewers by key, reviews by file; words, numbers."""

    sources: dict[str, Source]
    documents: dict[str, Document]
    terms: tuple[Term, ...]
    term_document: Document
    searches: tuple[Search, ...]
    second_looks: tuple[SecondLook, ...]
    changes: tuple[Change, ...]
    reviewers: dict[str, Reviewer]
    reviews: dict[str, Review]
    wording: Wording
    book: NumberBook
    problems: list[Problem] = field(default_factory=list)

    @property
    def broken(self) -> set[str]:
        """The keys of sources whose files cannot be used before they are mended."""
        named = {PurePosixPath(one.path) for one in self.problems}
        return {one.stem for one in named if one.parent.as_posix() == SOURCES} - set(self.sources)

    def unusable(self, citation: str) -> bool:
        """Whether a citation leads to nothing only because a record must be mended first."""
        return citation.partition(".")[0] in self.broken

    @property
    def units(self) -> Units:
        """The words of units."""
        return self.book.units

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of the glossary terms."""
        return Vocabulary(self.terms)

    def finding(self, citation: str) -> tuple[Source, Finding] | None:
        """Return source and finding of `key.finding`, or None."""
        key, _, name = citation.partition(".")
        source = self.sources.get(key)
        found = source.findings.get(name) if source else None
        return (source, found) if source and found else None


def load_library(root: Path) -> Library:
    """Read everything below `root`/data; broken records are left out and named in `problems`."""
    problems: list[Problem] = []
    sources, documents = _load_sources(root, problems)
    terms, term_document = _load_list(root, "data/glossary.yml", Term, problems)
    searches, _ = _load_list(root, "data/searches.yml", Search, problems)
    looks, _ = _load_list(root, "data/second-look.yml", SecondLook, problems)
    changes, _ = _load_list(root, "data/changes.yml", Change, problems)
    reviewers, _ = _load_list(root, "data/reviewers.yml", Reviewer, problems)
    reviews: dict[str, Review] = {}
    for path in sorted((root / "data/reviews").glob("*.yml")):
        found, _ = _load(root, path, Review, problems)
        if found:
            reviews[path.relative_to(root).as_posix()] = found
    wording = load_wording(root / "data/wording.yml")
    return Library(
        sources, documents, tuple(terms), term_document, tuple(searches), tuple(looks), tuple(changes),
        {one.key: one for one in reviewers}, reviews,
        wording, NumberBook(wording, load_units(root / "data/units.yml")), problems,
    )  # fmt: skip


def _load_sources(root: Path, problems: list[Problem]) -> tuple[dict[str, Source], dict[str, Document]]:
    sources: dict[str, Source] = {}
    documents: dict[str, Document] = {}
    for path in sorted((root / SOURCES).glob("*.yml")):
        source, document = _load(root, path, Source, problems)
        if source is None:
            continue
        if source.key != path.stem:
            name = path.relative_to(root).as_posix()
            problems.append(
                Problem(name, document.line(("key",)), "record", f'key "{source.key}" and the file\'s name differ')
            )
        sources[path.stem] = source
        documents[path.stem] = document
    return sources, documents


def _load(root: Path, path: Path, model: type[T], problems: list[Problem]) -> tuple[T | None, Document]:
    name = path.relative_to(root).as_posix()
    document = _read(path, name, problems)
    if isinstance(document, Problem):
        problems.append(document)
        return None, Document(None)
    problems.extend(doubled_keys(document, name))
    return _validated(document, document.data, model, name, problems), document


def _read(path: Path, name: str, problems: list[Problem]) -> Document | Problem:
    text = read_text(path, name)
    if isinstance(text, Problem):
        return text
    problems.extend(unseen_problems(text, name))
    return read_yaml(text, name)


def _validated(document: Document, data: Any, model: type[T], name: str, problems: list[Problem]) -> T | None:
    try:
        reader: TypeAdapter[T] = _reader(model)  # type: ignore[arg-type]  # a class can be hashed
        return reader.validate_python(data)
    except ValidationError as error:
        problems.extend(validation_problems(error, document, name))
        return None


@cache
def _reader(model: Any) -> TypeAdapter[Any]:
    """Return what reads a kind of record; it is built once, not for each file."""
    return TypeAdapter(model)


def _load_list(root: Path, name: str, model: type[T], problems: list[Problem]) -> tuple[list[T], Document]:
    path = root / name
    if not path.exists():
        return [], Document([])
    document = _read(path, name, problems)
    if isinstance(document, Problem):
        problems.append(document)
        return [], Document([])
    problems.extend(doubled_keys(document, name))
    found = _validated(document, document.data or [], list[model], name, problems)  # type: ignore[valid-type]
    return list(found or []), document
