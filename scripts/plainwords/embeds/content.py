"""The text of a built page, as blocks: what an embed, a fragment and a stored version are made from.

Links stay relative to the page's own address, so that the same bytes serve at any host and below any path.
"""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plainwords.embeds import selectors
from plainwords.embeds.markup import (
    empty_marks,
    inner,
    lines,
    text_of,
    tidied,
    words,
)
from plainwords.search import words_in
from plainwords.tree import by_class, classes, drop, of_class, parse_article, parse_part, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwords.embeds.markup import Line

WRAPPERS = ("div", "section", "main")
LEAD = "lead"


@dataclass(frozen=True)
class Block:
    """A part of a page: its kind (lead, part, known, unknown, care, emergency, sources, dates), heading and body.

    `words` are those of the body; `lines` tell how much room it takes. Of a `short` one, the items of a list stand in
    one paragraph where it is narrow.
    """

    kind: str
    name: str
    heading: str
    body: str
    words: str = field(compare=False)
    lines: tuple[Line, ...] = field(compare=False)
    short: bool = False


@dataclass(frozen=True)
class Content:
    """A page's title, main message, dates and blocks; `checked` and `review` are the lines of its stamp."""

    address: str
    title: str
    description: str
    message: str
    checked: str
    review: str
    blocks: tuple[Block, ...]

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the words alone, whatever their markup: it tells whether a text has changed."""
        said = [text_of(self.title), text_of(self.message)]
        said += [part for block in self.blocks for part in (text_of(block.heading), block.words)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def emergency(self) -> Any | None:
        """Return a copy of the emergency card, wherever on the page it stands."""
        for block in self.blocks:
            if selectors.EMERGENCY in block.body:
                return next(of_class(parse_part(block.body), selectors.EMERGENCY), None)
        return None


def read_content(page: str, address: str) -> Content | None:
    """Read a built page; None where it holds no article."""
    whole = parse_article(page)
    article = whole.find(".//article")
    heading = article.find(".//h1") if article is not None else None
    if heading is None:
        return None
    named = by_class(article)
    description = whole.xpath('string(//meta[@name="description"]/@content)')
    title, checked, review = words_in(heading), *_stamp(named)
    drop([*article.iter(*selectors.TAGS_DROPPED), *_named(named, *selectors.CLASSES_DROPPED)])
    message = _message(named)
    drop([*_named(named, selectors.HEAD, selectors.STAMP), *article.iter("h1")])
    described = str(description) or text_of(message)
    return Content(address, title, described, message, checked, review, tuple(_blocks(article)))


def _named(named: Mapping[str, Sequence[Any]], *names: str) -> list[Any]:
    """Return the elements that have any of some classes."""
    return [one for name in names for one in named.get(name, ())]


def block_of(kind: str, name: str, heading: str, elements: Sequence[Any], *, whole: bool = True) -> Block:
    """Return a block of elements, or (not `whole`) of what is in them; they are tidied, and their marks emptied."""
    body = "\n".join(tidied(one, whole=whole) for one in elements)
    empty_marks(elements)
    spoken = words(text for one in elements for text in one.itertext())
    room = tuple(line for one in elements for line in lines(one, whole=whole))
    return Block(kind, name, heading, body, spoken, room)


def _stamp(named: Mapping[str, Sequence[Any]]) -> tuple[str, str]:
    """Return the line of the date as text and the line of the review as HTML; both may be empty."""
    drawn = [one for stamp in _named(named, selectors.STAMP) for one in stamp.iter("span", "svg")]
    drop([one for one in drawn if not len(one) and not (one.text or "").strip()])  # for a signature
    review = next(iter(_named(named, selectors.REVIEW)), None)
    stamp = next(iter(_named(named, selectors.STAMP)), None)
    dates = [line for line in stamp.iter("p") if line is not review] if stamp is not None else []
    line = inner(review) if review is not None else ""
    return " ".join(" ".join(map(words_in, dates)).split()), " ".join(line.split())


def _message(named: Mapping[str, Sequence[Any]]) -> str:
    found, *others = _named(named, selectors.MESSAGE) or [None]
    if found is None:
        return ""
    text = said(found)
    twins = [twin for twin in others if said(twin) == text]
    message = tidied(found, whole=False)
    drop([found, *twins])
    return message


# ---- Blocks


def _blocks(article: Any) -> Iterator[Block]:
    """Yield the parts of a page in their order; what stands before the first heading is the lead."""
    kind, name, heading = LEAD, "", ""
    gathered: list[Any] = []
    for child in _children(article):
        own = _is_own(child) and not (heading and _is_card(child))
        if not own and child.tag != "h2":
            gathered.append(child)
            continue
        yield from _gathered(kind, name, heading, gathered)
        gathered, kind, name, heading = [], "part", "", ""
        if own:
            yield _own_block(child)
        else:
            name, heading = child.get("id", ""), _heading(child)
    yield from _gathered(kind, name, heading, gathered)


def _gathered(kind: str, name: str, heading: str, elements: Sequence[Any]) -> Iterator[Block]:
    if elements:
        block = block_of(kind, name, heading, elements)
        yield replace(block, body=block.body + "\n")


def _children(parent: Any) -> Iterator[Any]:
    """Yield the blocks below an element, looking into wrappers that hold whole sections."""
    for child in list(parent):
        if child.tag in WRAPPERS and not _known(child) and child.find(".//h2") is not None:
            yield from _children(child)
        elif selectors.SPLIT in classes(child):
            yield from list(child)
        else:
            yield child


def _known(element: Any) -> bool:
    return selectors.SPLIT in classes(element) or _is_own(element)


def _is_own(element: Any) -> bool:
    """Whether an element is a block by itself: a half of a split, a card, sources, dates."""
    return not {*selectors.HALVES, selectors.CARE, selectors.SOURCES, selectors.DATES}.isdisjoint(classes(element))


def _is_card(element: Any) -> bool:
    return selectors.CARE in classes(element)


def _own_block(element: Any) -> Block:
    """Return the block of an element that is one by itself."""
    found = set(classes(element))
    half = next((name for name in (*selectors.HALVES, selectors.SOURCES) if name in found), None)
    if half:
        return _headed_block(half.removeprefix("pw-"), element)
    if selectors.CARE in found:
        kind = "emergency" if selectors.EMERGENCY in found else "care"
        return block_of(kind, "", _care_heading(element), [element])
    return block_of("dates", "", "", [element], whole=False)


def _headed_block(kind: str, element: Any) -> Block:
    """Return the block of an element that begins with a heading of its own."""
    heading = element.find(".//h2")
    if heading is None:
        return block_of(kind, "", "", [element], whole=False)
    name, title = heading.get("id", ""), _heading(heading)
    drop((heading,))
    return block_of(kind, name, title, [element], whole=False)


def _care_heading(card: Any) -> str:
    level = next(of_class(card, selectors.CARE_LEVEL), None)
    parts = [words_in(one).rstrip(":") for one in (level, card.find(".//strong")) if one is not None]
    return html.escape(parts[-1] if parts and parts[-1].startswith(parts[0]) else ": ".join(parts))


def _heading(element: Any) -> str:
    return html.escape(" ".join(words_in(element).split()))
