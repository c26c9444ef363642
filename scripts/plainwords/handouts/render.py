"""Renders a sheet: as much of it as fits on two sides of paper, the rest named, the room that is left for notes."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any

import segno
from jinja2 import Environment, FileSystemLoader
from weasyprint import HTML  # type: ignore[import-untyped]
from weasyprint.urls import URLFetcher  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from plainwords.handouts.sheet import Block, Sheet

TEMPLATE = "handout.html"
PAPERS = {"a4": "A4", "letter": "Letter"}
MOST_SIDES = 2
FEWEST_LINES = 3  # for notes
SIZES = (11.0, 10.4, 10.0)  # points
LINE = 8.0  # millimetres from line to line, as in the template
MARGIN = 16.0  # millimetres below the text, as in the template
ROOM = 6000  # letters that two sides hold, about; the first guess
TRIES = 10
QR_LEVEL = "m"
VARIANT = "pdf/ua-1"  # tags; nobody has checked a sheet against that standard, so none claims it
PIXEL = 25.4 / 96  # millimetres
BESIDE = URLFetcher(allowed_protocols={"file", "data"})  # nothing is loaded from another host


@dataclass(frozen=True)
class Studio:
    """What all sheets share: the folder of templates, the site's name, the words that sheets have of their own."""

    folder: Path
    name: str
    words: Mapping[str, str]


@dataclass(frozen=True)
class Look:
    """How a sheet is set: paper, size of letters in points, lines for notes."""

    paper: str
    size: float
    lines: int


def pdf_of(sheet: Sheet, paper: str, studio: Studio) -> bytes:
    """Return the sheet as a tagged PDF of two sides at most; raises ValueError if it cannot be made to fit."""
    for kept, size in _attempts(sheet):
        look = Look(paper, size, FEWEST_LINES)
        laid = _laid(_html(sheet, kept, look, studio), studio)
        if len(laid.pages) <= MOST_SIDES:
            out = io.BytesIO()
            _with_notes(sheet, kept, look, laid, studio).write_pdf(out, pdf_variant=VARIANT)
            return out.getvalue()
    raise ValueError(f"{sheet.address}: does not fit on {MOST_SIDES} sides of {PAPERS[paper]}")


def _with_notes(sheet: Sheet, kept: frozenset[int], look: Look, laid: Any, studio: Studio) -> Any:
    """Return the sheet with as many lines for notes as leave its count of sides as it is."""
    most = FEWEST_LINES + int(_left(laid) / LINE) - 1
    for lines in range(most, FEWEST_LINES, -2):
        filled = _laid(_html(sheet, kept, replace(look, lines=lines), studio), studio)
        if len(filled.pages) == len(laid.pages):
            return filled
    return laid


def _attempts(sheet: Sheet) -> Iterator[tuple[frozenset[int], float]]:
    """Yield which sections stay, and the size of letters: what is needed most gets smaller before it is left out."""
    room = float(ROOM)
    for _ in range(TRIES):
        kept = _kept(sheet, room)
        needed = any(sheet.sections[place].rank == 0 for place in kept)
        yield from ((kept, size) for size in (SIZES if needed else SIZES[:1]))
        if not kept:
            return
        room = min(room, sum(sheet.sections[place].length for place in kept) + _fixed(sheet)) * 0.93


def _kept(sheet: Sheet, room: float) -> frozenset[int]:
    """Return the places of the sections that stay: those needed most first, as long as there is room."""
    kept: set[int] = set()
    left = room - _fixed(sheet)
    for place in sorted(range(len(sheet.sections)), key=lambda one: (sheet.sections[one].rank, one)):
        if sheet.sections[place].length <= left:
            kept.add(place)
            left -= sheet.sections[place].length
    return frozenset(kept)


def _fixed(sheet: Sheet) -> int:
    """Return the length of what always stays."""
    return sum(block.length for block in (*sheet.head, *sheet.sides, *sheet.cards))


def _laid(text: str, studio: Studio) -> Any:
    return HTML(string=text, base_url=f"{studio.folder}/", url_fetcher=BESIDE).render(pdf_variant=VARIANT)


def _left(laid: Any) -> float:
    """Return the millimetres that are free below the end of the last side."""
    page = laid.pages[-1]
    return float((page.height - page.anchors["bottom"][1]) * PIXEL - MARGIN)


def _html(sheet: Sheet, kept: frozenset[int], look: Look, studio: Studio) -> str:
    templates = Environment(loader=FileSystemLoader(studio.folder), autoescape=True, trim_blocks=True)
    sections = [block for place, block in enumerate(sheet.sections) if place in kept]
    more = [block.name for place, block in enumerate(sheet.sections) if place not in kept and block.name]
    return templates.get_template(TEMPLATE).render(
        sheet=sheet,
        groups=[(wide, list(blocks)) for wide, blocks in groupby(sections, key=_alone)],
        more=list(dict.fromkeys(more)),
        sources=_listed(sheet, [*sheet.head, *sheet.sides, *sheet.cards, *sections]),
        look=look,
        paper=PAPERS[look.paper],
        name=studio.name,
        words=studio.words,
        qr=_qr(sheet.target),
    )


def _alone(block: Block) -> bool:
    """Whether a block needs the whole width: a wide table, a card."""
    return block.wide or block.kind != "section"


def _listed(sheet: Sheet, blocks: list[Block]) -> list[tuple[int, str, str]]:
    keys = {key for block in blocks for key in block.sources if key in sheet.sources}
    return sorted(sheet.sources[key] for key in keys)


def _qr(target: str) -> str:
    """Return a QR code as an address of its own (SVG), or nothing where there is no address to lead to."""
    return str(segno.make(target, error=QR_LEVEL).svg_data_uri(scale=4, border=2)) if target else ""
