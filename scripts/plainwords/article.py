"""The text of a built page, in parts: the one place that knows how the theme marks up an article.

Everything that is made from the built site (content API, handouts, offline copy) reads pages through this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cssselect import HTMLTranslator
from lxml import etree, html

from plainwords.tree import classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

ARTICLES = ("article.pw-page", "article.md-content__inner", "article")
VERDICT = "verdict"
STAMP = "pw-stamp"
CARE = "pw-care"
CARE_LEVEL = "pw-care__level"
SIDES = {"pw-known": "known", "pw-unknown": "unknown"}
LEVELS = ("emergency", "urgent", "tell-the-clinic")
MARK = "pw-cite"
SOURCES = "pw-sources"
SOURCE_PAGE = re.compile(r"(?:^|/)sources/([a-z0-9-]+)/(?:index\.html)?$")
# What is no text of the page: marks and lists of sources, dates, and what only works on the page itself.
CLASSES_LEFT_OUT = (
    MARK, "pw-notes", SOURCES, "pw-section-sources", STAMP, "pw-dates", "pw-contact", "pw-feedback", "pw-handout",
    CARE_LEVEL, "pf-list",
)  # fmt: skip
TAGS_LEFT_OUT = ("h1", "script", "style", "template", "dialog", "nav", "button", "aside")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LINES = (*HEADINGS, "p", "figcaption", "dt", "dd", "summary", "caption")


@dataclass(frozen=True)
class Part:
    """A run of blocks of an article: its kind, its heading with the heading's id, and the sources it rests on.

    `kind` is "main message", "known", "unknown", a level of a care card, or "section".
    """

    kind: str
    name: str
    place: str
    blocks: tuple[Any, ...]
    sources: tuple[str, ...]

    @property
    def text(self) -> str:
        """The part as plain text: paragraphs parted by an empty line, list items with a dash or number."""
        return "\n\n".join(text for block in self.blocks if (text := plain(block)))


@dataclass(frozen=True)
class Article:
    """A built page's title, review stamp and parts, and the number that each source has on the page."""

    title: str
    stamp: str
    parts: tuple[Part, ...]
    numbers: Mapping[str, int]

    @property
    def sources(self) -> tuple[str, ...]:
        """The key of every source that the article rests on, in the order of the page."""
        return tuple(dict.fromkeys(key for part in self.parts for key in part.sources))


@dataclass
class _Open:
    """A part that is still being read."""

    kind: str
    name: str = ""
    place: str = ""
    blocks: list[Any] = field(default_factory=list)
    sources: dict[str, None] = field(default_factory=dict)

    def closed(self) -> Part:
        return Part(self.kind, self.name, self.place, tuple(self.blocks), tuple(self.sources))


def read_article(path: Path) -> Article:
    """Read the article of a built page."""
    return article_of(html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")))


def article_of(document: Any) -> Article:
    """Return the article of a parsed page; the parsed page is changed."""
    root = next(found for name in ARTICLES for found in select(document, name))
    title = " ".join(next(iter(select(root, "h1"))).text_content().split())
    stamp = ". ".join(inline(part) for one in select(root, f"*.{STAMP}") for part in (one.findall("p") or [one]))
    keys = _keys(root)
    numbers = {key: number for number, key in enumerate(keys.values(), 1)}
    return Article(title, stamp, tuple(part for part in _parts(root, keys) if part.blocks), numbers)


def select(element: Any, selector: str) -> list[Any]:
    """Return the descendants that match a CSS selector, in their order."""
    return list(_compiled(selector)(element))


@lru_cache(maxsize=256)
def _compiled(selector: str) -> Any:
    return etree.XPath(HTMLTranslator().css_to_xpath(selector, prefix="descendant::"))


# ---- Parts


def _keys(root: Any) -> dict[str, str]:
    """Map the place of each entry in the list of sources to the key of its source."""
    found = {}
    for link in [one for part in select(root, f"*.{SOURCES}") for one in part.iterfind(".//li//a[@href]")]:
        key = SOURCE_PAGE.search(link.get("href"))
        item = next(link.iterancestors("li"))
        if key and item.get("id"):
            found[f"#{item.get('id')}"] = key[1]
    return found


def _parts(root: Any, keys: Mapping[str, str]) -> list[Part]:
    parts = [_Open("section")]
    for kind, block in _blocks(root, "section"):
        current = parts[-1]
        if block.tag == "h2":
            parts.append(_Open(kind, inline(block), str(block.get("id") or "")))
        elif kind != current.kind or kind in LEVELS:
            parts.append(_Open(kind, *_heading(kind, block, parts)))
        _add(parts[-1], block, keys)
    return [part.closed() for part in parts]


def _heading(kind: str, block: Any, parts: list[_Open]) -> tuple[str, str]:
    """Return name and id of a part without a heading of its own: a card's level, or the section that goes on."""
    if kind in LEVELS:
        level = next((inline(one) for one in select(block, f"*.{CARE_LEVEL}")), "")
        above = parts[-1] if parts[-1].name and not parts[-1].blocks else _Open("")
        colon = ":" if above.name[-1:].isalnum() else ""
        return f"{above.name}{colon} {level}".strip(), above.place
    before = next((one for one in reversed(parts) if one.kind == kind == "section"), _Open(""))
    return before.name, before.place


def _add(part: _Open, block: Any, keys: Mapping[str, str]) -> None:
    for mark in select(block, f"*.{MARK}"):
        part.sources |= {keys[link.get("href")]: None for link in mark.iter("a") if link.get("href") in keys}
    _strip(block)
    if block.tag != "h2" and not _left_out(block):
        part.blocks.append(block)


def _blocks(element: Any, kind: str) -> Iterator[tuple[str, Any]]:
    """Yield every block with its kind, in order; what holds headings or parts is opened."""
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        names = classes(child)
        inside = next((SIDES[name] for name in names if name in SIDES), kind)
        if CARE in names:
            yield next((one for one in LEVELS if f"{CARE}--{one}" in names), "emergency"), child
        elif VERDICT in names:
            yield "main message", child
        elif not _left_out(child) and _holds_parts(child):
            yield from _blocks(child, inside)
        elif not (_left_out(child) and _no_text(child)):
            yield inside, child


def _holds_parts(element: Any) -> bool:
    wanted = ("h1", "h2", f"*.{VERDICT}", f"*.{CARE}")
    return element.tag not in LINES and any(select(element, one) for one in wanted)


def _no_text(element: Any) -> bool:
    return "pw-section-sources" not in classes(element)  # its marks count, its words do not


def _left_out(element: Any) -> bool:
    pointer = element.tag == "p" and "navigation" in classes(element)
    hidden = element.get("hidden") is not None or element.get("popover") is not None
    named = any(name in CLASSES_LEFT_OUT for name in classes(element))
    return element.tag in TAGS_LEFT_OUT or named or pointer or hidden


def _strip(block: Any) -> None:
    """Take out of a block what is no text of it, but for marks of sources; the words behind each such piece stay."""
    for inner in [one for one in block.iterdescendants() if isinstance(one.tag, str) and _left_out(one)]:
        if inner.getparent() is not None and MARK not in classes(inner):
            inner.drop_tree()
    etree.strip_elements(block, etree.Comment, with_tail=False)


# ---- Plain text


def plain(block: Any) -> str:
    """Return a block as plain text."""
    return "\n".join(_lines(block))


def inline(element: Any) -> str:
    """Return the words of an element on one line."""
    return " ".join("".join(_words(element)).split())


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _left_out(child):
            yield from [f" {_picture(child)} "] if child.tag in ("img", "svg") else _words(child)
        yield child.tail or ""


def _picture(element: Any) -> str:
    """Return the text that stands for a picture, in brackets; nothing for an ornament."""
    if element.get("aria-hidden") == "true":
        return ""
    title = next((inline(one) for one in element.iter("title")), "")
    said = element.get("alt") or element.get("aria-label") or title
    return f"[Picture: {said}]" if said else ""


def _lines(block: Any) -> Iterator[str]:
    if block.tag in ("ul", "ol"):
        yield from _items(block)
    elif block.tag == "table":
        yield from _rows(block)
    elif block.tag in ("img", "svg"):
        yield from _kept(_picture(block))
    elif block.tag == "pre":
        yield block.text_content().rstrip("\n")
    elif block.tag in LINES or not _holds_blocks(block):
        yield from _kept(inline(block))
    else:
        yield from _kept(" ".join((block.text or "").split()))
        for child in block:
            yield from _lines(child) if isinstance(child.tag, str) and not _left_out(child) else ()
            yield from _kept(" ".join((child.tail or "").split()))


def _kept(text: str) -> Iterable[str]:
    return [text] if text else []


def _holds_blocks(element: Any) -> bool:
    return any(True for _ in element.iterdescendants(*LINES, "ul", "ol", "table", "pre", "div", "section"))


def _items(block: Any) -> Iterator[str]:
    for number, item in enumerate(block.findall("li"), int(block.get("start") or 1)):
        mark = f"{number}. " if block.tag == "ol" else "- "
        for index, line in enumerate(_item_lines(item)):
            yield (mark if index == 0 else " " * len(mark)) + line


def _item_lines(item: Any) -> Iterator[str]:
    lists = [child for child in item if child.tag in ("ul", "ol")]
    for one in lists:
        item.remove(one)
    yield inline(item)
    for one in lists:
        item.append(one)
        yield from _items(one)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter("tr"):
        yield " | ".join(inline(cell) for cell in row if cell.tag in ("th", "td"))
