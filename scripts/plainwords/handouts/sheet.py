"""What stands on a sheet: read from the built page, and nothing added to its words."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import yaml
from lxml import etree, html

from plainwords.article import LEVELS, MARK, Article, Part, read_article
from plainwords.finish import long_date
from plainwords.references import links, short_name
from plainwords.tree import classes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from plainwords.finish import Settings
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Source

LIST = "data/handouts.yml"
JOINER = "\N{WORD JOINER}"  # no line begins with the mark of a source
WIDE = 4  # columns; a table that has more needs the whole width of the paper
LINE = 50  # letters: about what the end of a paragraph, item or row costs


@dataclass(frozen=True)
class Block:
    """A part of a sheet: kind, heading, HTML, keys of sources, how soon it is left out, how long and wide it is."""

    kind: str
    name: str
    html: str
    sources: tuple[str, ...]
    rank: int
    length: int
    wide: bool


@dataclass(frozen=True)
class Sheet:
    """A page's sheet: all that may stand on it. `sections` are in the order of the page."""

    address: str
    title: str
    stamp: tuple[str, ...]
    due: str
    head: tuple[Block, ...]
    sides: tuple[Block, ...]
    cards: tuple[Block, ...]
    sections: tuple[Block, ...]
    sources: Mapping[str, tuple[int, str, str]]
    target: str
    pinned: bool

    @property
    def name(self) -> str:
        """The name of its files: `faq-does-it-hurt` for the page at faq/does-it-hurt/."""
        return self.address.strip("/").replace("/", "-") or "start"


def load_list(root: Path) -> dict[str, Any]:
    """Read which pages have a sheet, and the words that sheets have of their own."""
    found: dict[str, Any] = yaml.safe_load((root / LIST).read_text(encoding="utf-8"))
    return found


def chosen(pages: Sequence[Page], listed: Mapping[str, Any]) -> list[Page]:
    """Return the pages that have a sheet."""
    return [
        page
        for page in pages
        if any(fnmatch(page.source, one) for one in listed["pages"])
        and not any(fnmatch(page.source, one) for one in listed["but_not"])
    ]


def sheet_of(
    site: Path, page: Page, library: Library, listed: Mapping[str, Any], depth: Mapping[str, str], settings: Settings
) -> Sheet:
    """Return the sheet of a built page."""
    article = read_article(site / page.address / "index.html")
    blocks = [_block(part, listed["keep_first"]) for part in article.parts]
    filled = [one for one in blocks if one.html and not any(words in one.name for words in listed["leave_out"])]
    pinned = _pinned(site, page.address)
    return Sheet(
        address=page.address,
        title=article.title,
        stamp=tuple(article.stamp.split(". ")),
        due=long_date(page.meta.due),
        head=tuple(one for one in filled if one.kind == "main message"),
        sides=tuple(one for one in filled if one.kind in ("known", "unknown")),
        cards=tuple(one for one in filled if one.kind == "emergency"),
        sections=tuple(one for one in filled if one.kind in ("section", *LEVELS[1:])),
        sources=_sources(article, library, depth),
        target=settings.url(pinned or page.address) if settings.is_set else "",
        pinned=bool(pinned),
    )


def _block(part: Part, keep_first: Sequence[str]) -> Block:
    name = part.name.lower()
    rank = next((place for place, words in enumerate(keep_first) if words in name), len(keep_first))
    text = "".join(_clean(block) for block in part.blocks)
    length = sum(len(block.text_content()) + LINE * _ends(block) for block in part.blocks)
    wide = any(_columns(table) > WIDE for block in part.blocks for table in block.iter("table"))
    return Block(part.kind, part.name, text, part.sources, rank, length, wide)


def _pinned(site: Path, address: str) -> str | None:
    """Return the address of the newest frozen copy of a page, if there is one."""
    found = sorted(site.glob(f"embed/v/*/{address}index.html"))
    return found[-1].parent.relative_to(site).as_posix() + "/" if found else None


def _sources(article: Article, library: Library, depth: Mapping[str, str]) -> dict[str, tuple[int, str, str]]:
    """Return number, words and address for each source of the page."""
    known = {key: number for key, number in article.numbers.items() if key in library.sources}
    return {key: (number, *_source(library.sources[key], depth)) for key, number in known.items()}


def _source(source: Source, depth: Mapping[str, str]) -> tuple[str, str]:
    read = ", ".join(dict.fromkeys(depth[reading.part] for reading in source.read))
    ways = links(source.reference)
    address = (
        ways[0][1].removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/") if ways else ""
    )
    return f"{short_name(source)} ({read})", address


# ---- HTML for paper


def _clean(block: Any) -> str:
    """Return a block as HTML for paper: no links, names or pictures; marks of sources as small numbers."""
    own = copy.deepcopy(block)
    own.tail = None
    if own.tag in ("svg", "img"):
        return ""
    for picture in list(own.iter("svg", "img", "iframe")):
        picture.drop_tree()
    for mark in [one for one in own.iter("sup") if MARK in classes(one)]:
        _mark(mark)
    etree.strip_tags(own, "a", "abbr")
    for one in own.iter():
        for name in list(one.attrib):
            if name not in ("colspan", "rowspan", "scope", "start"):
                del one.attrib[name]
    return html.tostring(own, encoding="unicode") if own.text_content().strip() else ""


def _mark(mark: Any) -> None:
    numbers = ",".join(link.text_content().strip() for link in mark.iter("a"))
    for child in list(mark):
        mark.remove(child)
    mark.text = JOINER + numbers


def _columns(table: Any) -> int:
    return max((len(row) for row in table.iter("tr")), default=0)


def _ends(block: Any) -> int:
    return 1 + sum(1 for _ in block.iter("li", "p", "tr", "h3"))
