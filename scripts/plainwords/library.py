"""All records of `data/` in one place, read and validated, with the problems found on the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

from pydantic import TypeAdapter, ValidationError

from plainwords.allowed import NumberBook
from plainwords.characters import unseen_problems
from plainwords.kept import Kept
from plainwords.numbers import Units, load_units
from plainwords.plain import Wording, load_wording
from plainwords.problems import Problem
from plainwords.records import Change, Finding, Review, Reviewer, Search, SecondLook, Source, Term
from plainwords.terms import Vocabulary
from plainwords.yamltext import Document, doubled_keys, read_text, read_yaml, validation_problems

if TYPE_CHECKING:
    from collections.abc import Callable
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


def load_library(root: Path, kept: Kept | None = None) -> Library:
    """Read everything below `root`/data; broken records are left out and named in `problems`."""
    problems: list[Problem] = []
    files = Files(root, kept or Kept(), problems)
    sources, documents = _load_sources(files)
    terms, term_document = files.entries("data/glossary.yml", Term)
    searches, _ = files.entries("data/searches.yml", Search)
    looks, _ = files.entries("data/second-look.yml", SecondLook)
    changes, _ = files.entries("data/changes.yml", Change)
    reviewers, _ = files.entries("data/reviewers.yml", Reviewer)
    reviews: dict[str, Review] = {}
    for path in sorted((root / "data/reviews").glob("*.yml")):
        found, _ = files.record(path, Review)
        if found:
            reviews[path.relative_to(root).as_posix()] = found
    wording = files.made("data/wording.yml", load_wording)
    units = files.made("data/units.yml", load_units)
    return Library(
        sources, documents, tuple(terms), term_document, tuple(searches), tuple(looks), tuple(changes),
        {one.key: one for one in reviewers}, reviews,
        wording, NumberBook(wording, units), problems,
    )  # fmt: skip


@dataclass(frozen=True)
class Files:
    """The project's folder, what was made of its files before, and the problems found on the way."""

    root: Path
    kept: Kept
    problems: list[Problem]

    def record(self, path: Path, model: type[T]) -> tuple[T | None, Document]:
        """Read the file of one record; a broken one is None."""
        return self._read(path, model)

    def entries(self, name: str, model: type[T]) -> tuple[list[T], Document]:
        """Read a file that lists records; one that is missing or broken holds none."""
        path = self.root / name
        if not path.exists():
            return [], Document([])
        found, document = self._read(path, list[model])  # type: ignore[valid-type]
        return found or [], Document([]) if document.data is None else document

    def made(self, name: str, make: Callable[[Path], T]) -> T:
        """Read a file of words that the rules go by."""
        path = self.root / name
        return self.kept.of(name, path.read_text(encoding="utf-8"), lambda: make(path))

    def _read(self, path: Path, model: type[T]) -> tuple[T | None, Document]:
        name = path.relative_to(self.root).as_posix()
        text = read_text(path, name)
        if isinstance(text, Problem):
            self.problems.append(text)
            return None, Document(None)
        found, document, problems = self.kept.of(name, text, lambda: _read_as(model, text, name))
        self.problems.extend(problems)
        return found, document


def _load_sources(files: Files) -> tuple[dict[str, Source], dict[str, Document]]:
    sources: dict[str, Source] = {}
    documents: dict[str, Document] = {}
    for path in sorted((files.root / SOURCES).glob("*.yml")):
        source, document = files.record(path, Source)
        if source is None:
            continue
        if source.key != path.stem:
            name = path.relative_to(files.root).as_posix()
            message = f'key "{source.key}" and the file\'s name differ'
            files.problems.append(Problem(name, document.line(("key",)), "record", message))
        sources[path.stem] = source
        documents[path.stem] = document
    return sources, documents


def _read_as(model: type[T], text: str, name: str) -> tuple[T | None, Document, list[Problem]]:
    """Make a record, or a list of them, of a file's text; a broken one is None and has problems."""
    problems = list(unseen_problems(text, name))
    document = read_yaml(text, name)
    if isinstance(document, Problem):
        return None, Document(None), [*problems, document]
    problems += doubled_keys(document, name)
    data = (document.data or []) if get_origin(model) is list else document.data
    try:
        reader: TypeAdapter[T] = _reader(model)  # type: ignore[arg-type]  # a class can be hashed
        return reader.validate_python(data), document, problems
    except ValidationError as error:
        return None, document, [*problems, *validation_problems(error, document, name)]


@cache
def _reader(model: Any) -> TypeAdapter[Any]:
    """Return what reads a kind of record; it is built once, not for each file."""
    return TypeAdapter(model)
