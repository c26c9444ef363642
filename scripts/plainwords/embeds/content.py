"""The text of a built page, as blocks: what an embed, a fragment and a stored version are made from.

Links stay relative to the page's own address, so that the same bytes serve at any host and below any path.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import lxml.html
from bs4 import BeautifulSoup, Comment, Tag

from plainwords.embeds import selectors

if TYPE_CHECKING:
    from collections.abc import Iterator

WRAPPERS = ("div", "section", "main")
LEAD = "lead"


@dataclass(frozen=True)
class Block:
    """A part of a page: its kind (lead, part, known, unknown, care, emergency, sources, dates), heading and body."""

    kind: str
    name: str
    heading: str
    body: str


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
        parts = [self.title, self.message, *(part for block in self.blocks for part in (block.heading, block.body))]
        words = "\n".join(text_of(part) for part in parts)
        return hashlib.sha256(words.encode()).hexdigest()

    def emergency(self) -> Tag | None:
        """Return the emergency card, wherever on the page it stands."""
        for block in self.blocks:
            if selectors.EMERGENCY in block.body:
                return BeautifulSoup(block.body, "lxml").find(class_=selectors.EMERGENCY)
        return None


def read_content(page: str, address: str) -> Content | None:
    """Read a built page; None where it holds no article."""
    whole = lxml.html.document_fromstring(page)
    found = whole.find(selectors.ARTICLE)
    if found is None:
        return None
    # Only the article is worth the slower parser that knows selectors.
    article = BeautifulSoup(lxml.html.tostring(found, encoding="unicode"), "lxml").find("article")
    if not isinstance(article, Tag) or article.find(selectors.TITLE) is None:
        return None
    description = whole.xpath('string(//meta[@name="description"]/@content)')
    title, checked, review = _title(article), *_stamp(article)
    _clean(article)
    message = _message(article)
    for part in article.select(f"{selectors.HEAD}, {selectors.STAMP}, {selectors.TITLE}"):
        part.decompose()
    said = str(description) or text_of(message)
    return Content(address, title, said, message, checked, review, tuple(_blocks(article)))


@lru_cache(maxsize=4096)
def text_of(markup: str) -> str:
    """Return the words of a piece of HTML, without marks of citation."""
    soup = BeautifulSoup(markup, "lxml")
    for mark in soup.select(".pw-cite"):
        mark.decompose()
    return re.sub(r"\s+([.,;:?!])", r"\1", " ".join(soup.get_text(" ").split()))


def _title(article: Tag) -> str:
    heading = article.find(selectors.TITLE)
    return heading.get_text(" ", strip=True) if isinstance(heading, Tag) else ""


def _stamp(article: Tag) -> tuple[str, str]:
    """Return the line of the date as text and the line of the review as HTML; both may be empty."""
    stamp = article.select_one(selectors.STAMP)
    for line in article.select(f"{selectors.STAMP} :is(span, svg):empty"):
        line.decompose()  # drawn, for a signature
    review = article.find(class_=selectors.REVIEW)
    said = _inner(review) if isinstance(review, Tag) else ""
    lines = stamp.find_all("p") if stamp else []
    dates = [line for line in lines if line is not review]
    checked = " ".join(" ".join(line.get_text(" ", strip=True).split()) for line in dates)
    return checked, " ".join(said.split())


def _clean(article: Tag) -> None:
    for comment in article.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in article.select(selectors.DROPPED):
        if not tag.decomposed:
            tag.decompose()


def _message(article: Tag) -> str:
    found = article.select_one(selectors.MESSAGE)
    if found is None:
        return ""
    for twin in article.select(selectors.MESSAGE)[1:]:
        if twin.get_text() == found.get_text():
            twin.decompose()
    text = _tidy(found, inner=True)
    found.decompose()
    return text


# ---- Blocks


def _blocks(article: Tag) -> Iterator[Block]:
    """Yield the parts of a page in their order; what stands before the first heading is the lead."""
    gathered = Block(LEAD, "", "", "")
    for child in _children(article):
        own = None if gathered.heading and _is_card(child) else _own_block(child)
        if own is None and child.name != "h2":
            gathered = replace(gathered, body=gathered.body + _tidy(child) + "\n")
            continue
        if gathered.body.strip():
            yield gathered
        if own:
            yield own
            gathered = Block("part", "", "", "")
        else:
            gathered = Block("part", str(child.get("id") or ""), _heading(child), "")
    if gathered.body.strip():
        yield gathered


def _children(parent: Tag) -> Iterator[Tag]:
    """Yield the blocks below an element, looking into wrappers that hold whole sections."""
    for child in parent.find_all(recursive=False):
        if child.name in WRAPPERS and not _known(child) and child.find("h2"):
            yield from _children(child)
        elif selectors.SPLIT in child.get_attribute_list("class"):
            yield from child.find_all(recursive=False)
        else:
            yield child


def _known(tag: Tag) -> bool:
    classes = set(tag.get_attribute_list("class"))
    return bool(classes & {selectors.SPLIT, selectors.CARE, selectors.SOURCES, selectors.DATES, *selectors.HALVES})


def _is_card(child: Tag) -> bool:
    return selectors.CARE in child.get_attribute_list("class")


def _own_block(child: Tag) -> Block | None:
    """Return the block of an element that is one by itself: a half of a split, a card, sources, dates."""
    classes = set(child.get_attribute_list("class"))
    if classes & set(selectors.HALVES) or selectors.SOURCES in classes:
        kind = next(name for name in (*selectors.HALVES, selectors.SOURCES) if name in classes).removeprefix("pw-")
        heading = child.find("h2")
        title = _heading(heading) if isinstance(heading, Tag) else ""
        name = str(heading.get("id") or "") if isinstance(heading, Tag) else ""
        if isinstance(heading, Tag):
            heading.decompose()
        return Block(kind, name, title, _tidy(child, inner=True))
    if selectors.CARE in classes:
        kind = "emergency" if selectors.EMERGENCY in classes else "care"
        return Block(kind, "", _care_heading(child), _tidy(child))
    if selectors.DATES in classes:
        return Block("dates", "", "", _tidy(child, inner=True))
    return None


def _care_heading(card: Tag) -> str:
    level = card.find(class_=selectors.CARE_LEVEL)
    said = card.find("strong")
    parts = [one.get_text(" ", strip=True).rstrip(":") for one in (level, said) if isinstance(one, Tag)]
    return html.escape(parts[-1] if parts and parts[-1].startswith(parts[0]) else ": ".join(parts))


def _heading(tag: Tag) -> str:
    return html.escape(" ".join(tag.get_text(" ", strip=True).split()))


# ---- Markup


def _tidy(tag: Tag, *, inner: bool = False) -> str:
    """Return an element's HTML with only the attributes and classes that an embed knows."""
    _tidy_attributes(tag)
    for child in tag.select("*"):
        _tidy_attributes(child)
    text = _inner(tag) if inner else str(tag)
    return re.sub(r"\n\s*\n+", "\n", text).strip()


def _tidy_attributes(tag: Tag) -> None:
    if not tag.attrs:
        return
    drawing = tag.name == "svg" or tag.find_parent("svg") is not None
    for name in list(tag.attrs):
        if name.startswith("on") or name == "style" or not (drawing or name in selectors.ATTRIBUTES):
            del tag[name]
    if drawing:
        return
    kept = [one for one in tag.get_attribute_list("class") if one in selectors.CLASSES]
    tag.attrs.pop("class", None)
    if kept:
        tag["class"] = " ".join(kept)
    if re.match(r"(cite|fnref)-", str(tag.get("id") or "")):
        del tag["id"]
    if source := re.match(r"Source \d+", str(tag.get("aria-label") or "")):
        tag["aria-label"] = source[0]  # the list of sources tells the rest


def _inner(tag: Tag) -> str:
    return re.sub(r"<!--.*?-->", "", tag.decode_contents(), flags=re.DOTALL).strip()
