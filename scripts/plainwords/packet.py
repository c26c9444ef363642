"""What a reviewer reads: a page's texts in order, and beside each what it rests on.

Records in, plain data out; `packet.html` beside this file is the form in which it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from plainwords.pages import load_page
from plainwords.prose import CITATION, Unit
from plainwords.references import links, nlm, short_name
from plainwords.reviews import page_digest, sign_offs
from plainwords.tracing import Span, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Finding, Source

CELL = " | "


@dataclass(frozen=True)
class Evidence:
    """A finding as a reviewer needs it: what it says, where it stands, how far that was read, what is doubtful."""

    key: str
    source: str
    says: str
    where: str
    read: str
    doubts: tuple[str, ...]
    link: str


@dataclass(frozen=True)
class Entry:
    """One text of the page: its kind, the heading it stands under, its mark, and what it rests on."""

    kind: str
    place: str
    text: str
    mark: str | None
    evidence: tuple[Evidence, ...]


def packet(root: Path, page: Page, library: Library, labels: Mapping[str, Any]) -> str:
    """Return the packet of a page as one HTML document; it needs no other file and no network."""
    found = list(entries(root, page, library, labels))
    keys = dict.fromkeys(one.key for entry in found for one in entry.evidence)
    sources = [library.sources[key] for key in keys]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("packet.html").render(
        page=page,
        cited=[entry for entry in found if entry.evidence],
        uncited=[entry for entry in found if not entry.evidence],
        sources=sources,
        whole=sum(1 for one in sources if any(reading.part == "full text" for reading in one.read)),
        reviewed=_reviewed(root, page, library),
        kinds={kind: words[1] for kind, words in labels["kinds"].items()},
        links=links,
        nlm=nlm,
        short_name=short_name,
        digest=page_digest(root, page, library),
    )


def _reviewed(root: Path, page: Page, library: Library) -> str:
    """Say whether a person has signed the page before, and whether that still holds."""
    signed = sign_offs(root, page, library)
    if not signed:
        return "Nobody has reviewed it yet."
    said = [
        f"{one.reviewer.name} reviewed {'this text' if one.current else 'an earlier text'} on {one.review.date}."
        for one in signed
    ]
    return " ".join(said)


def entries(root: Path, page: Page, library: Library, labels: Mapping[str, Any]) -> Iterator[Entry]:
    """Yield every text of a page in order: title and description, then the body with what it includes."""
    front = f"{page.meta.title}: {page.meta.description}"
    unit = Unit("front", front, 1, inherited=page.meta.cites)
    yield from _of_units([unit], "Title and description", library, labels)
    yield from _of_units(_with_included(root, page), "First words", library, labels)


def _with_included(root: Path, page: Page) -> list[Unit]:
    """Return a page's units with those of included sections at the lines where they are included."""
    placed = [(unit.line, unit) for unit in page.prose.units]
    for snippet, line in page.prose.snippets:
        placed += [(line, unit) for unit in _section(root, *snippet.partition(":")[::2])]
    return [unit for _, unit in sorted(placed, key=lambda pair: pair[0])]


def _section(root: Path, name: str, section: str) -> Iterator[Unit]:
    """Yield the units of a page between the two lines that mark a section of it."""
    other, _ = load_page(root, root / "docs" / name)
    if other is None:
        return
    lines = (root / "docs" / name).read_text(encoding="utf-8").splitlines()
    start, end = (
        next((number for number, line in enumerate(lines, 1) if f"[{edge}:{section}]" in line), 0)
        for edge in ("start", "end")
    )
    for unit in other.prose.units:
        if start < unit.line < end:
            yield replace(unit, classes=(*unit.classes, f"from {name}"))


def _of_units(units: Sequence[Unit], place: str, library: Library, labels: Mapping[str, Any]) -> Iterator[Entry]:
    heads: list[str] = []
    for unit in units:
        if unit.kind == "heading":
            place = unit.text
        if unit.kind == "header":
            heads = unit.text.split(CELL)
            continue
        for span in spans(unit):
            yield Entry(
                unit.kind,
                _place(place, unit),
                _text(span, heads),
                span.mark,
                tuple(_evidence(one, library, labels) for one in _citations(span)),
            )


def _place(place: str, unit: Unit) -> str:
    origin = next((f" ({one})" for one in unit.classes if one.startswith("from ")), "")
    return place + origin


def _citations(span: Span) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*span.citations, *span.inherited)))


def _text(span: Span, heads: Sequence[str]) -> str:
    text = " ".join(CITATION.sub("", span.text).split())
    if span.kind == "row":
        cells = text.split(CELL.strip())
        named = zip([*heads, *[""] * len(cells)], cells, strict=False)
        return "; ".join(f"{head}: {cell.strip()}" if head else cell.strip() for head, cell in named)
    kinds = {"alt": "What the picture shows: ", "caption": "Under the table: "}
    return kinds.get(span.kind, "") + text


def _evidence(citation: str, library: Library, labels: Mapping[str, Any]) -> Evidence:
    found = library.finding(citation)
    if found is None:
        raise LookupError(f'"{citation}" is no known finding; scripts/check says where it stands')
    source, finding = found
    ways = links(source.reference)
    return Evidence(
        source.key,
        short_name(source),
        finding.says,
        finding.where,
        _read(source, finding, library, labels),
        finding.doubts,
        ways[0][1] if ways else "",
    )


def _read(source: Source, finding: Finding, library: Library, labels: Mapping[str, Any]) -> str:
    reading = source.reading_of(finding)
    carrier = library.sources.get(reading.via or "")
    said = labels["parts"][reading.part].format(visible=reading.visible, via=short_name(carrier) if carrier else "")
    seen = "" if reading.part == "excerpt" else f" Seen: {reading.visible}."
    return f"{said}{seen} Read on {reading.date}."
