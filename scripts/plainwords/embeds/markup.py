"""Pieces of a built page as lxml elements: tidied for an embed, and their words and lines taken."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from plainwords.embeds import selectors
from plainwords.tree import classes, parse_part, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LINES = ("p", "li", "h2", "h3", "h4", "dt", "dd", "td", "th", "caption", "figcaption", "svg", "img", "summary")
HOLDERS = ("li", "dd", "td")  # their text is in the paragraphs and lists inside, where there are any
NO_ID = re.compile(r"(cite|fnref)-")
SOURCE = re.compile(r"Source \d+")


class Line(NamedTuple):
    """A paragraph, item, heading, cell or picture: its tag, text, the tag of the list it is in, and its class."""

    tag: str
    text: str
    inside: str = ""
    name: str = ""


def outer(element: Any) -> str:
    """Return an element as HTML."""
    return etree.tostring(element, method="html", encoding="unicode", with_tail=False)


def inner(element: Any) -> str:
    """Return what is in an element as HTML."""
    parts = (etree.tostring(child, method="html", encoding="unicode") for child in element)
    return (html.escape(element.text or "", quote=False) + "".join(parts)).strip()


# ---- Words


@lru_cache(maxsize=4096)
def text_of(markup: str) -> str:
    """Return the words of a piece of HTML, without marks of citation."""
    if not re.search("[<&]", markup):
        return words((markup,))
    part = parse_part(markup)
    empty_marks((part,))
    return words(part.itertext())


def words(texts: Iterable[str]) -> str:
    """Return texts as one, with single spaces and none before a stop."""
    return re.sub(r"\s+([.,;:?!])", r"\1", " ".join(" ".join(texts).split()))


def empty_marks(elements: Iterable[Any]) -> None:
    """Take the numbers out of the marks of citation; the marks still part the words around them."""
    for element in elements:
        for mark in element.iter("sup"):
            if selectors.MARK in classes(mark):
                mark.clear(keep_tail=True)


def lines(element: Any, *, whole: bool = True) -> Iterator[Line]:
    """Yield what stands on lines of its own in an element, or (not `whole`) below it."""
    for one in element.iter(*LINES) if whole else element.iterdescendants(*LINES):
        if one.tag in HOLDERS and next(one.iterdescendants("p", "ul", "ol"), None) is not None:
            continue
        around = next(one.iterancestors("ul", "ol", "dl"), None)
        yield Line(one.tag, said(one), "" if around is None else around.tag, one.get("class", ""))


# ---- Markup


def tidied(element: Any, *, whole: bool = True) -> str:
    """Return an element as HTML, or what is in it, with only the attributes and classes that an embed knows."""
    drawn = {one for drawing in element.iter("svg") for one in drawing.iter()}
    for one in element.iter():
        if one.attrib:
            _tidy_attributes(one, drawing=one in drawn)
    return re.sub(r"\n\s*\n+", "\n", outer(element) if whole else inner(element)).strip()


def _tidy_attributes(element: Any, *, drawing: bool) -> None:
    """Leave the attributes of an element that an embed knows, in the order of their names."""
    given = element.items()
    tidy = _tidy_drawing if drawing else _tidy_value
    kept = [(name, value) for name, old in sorted(given) if (value := tidy(name, old)) is not None]
    if kept != given:
        element.attrib.clear()
        element.attrib.update(kept)


def _tidy_drawing(name: str, value: str) -> str | None:
    """Return the value of an attribute in a drawing, or None if it is to go."""
    return None if name.startswith("on") or name == "style" else value


@lru_cache(maxsize=4096)
def _tidy_value(name: str, value: str) -> str | None:
    """Return what an embed needs of the value of an attribute, or None if it is to go.

    A page alone needs marks to come back to, and the name of a source where its number stands: the list tells it.
    """
    if name not in selectors.ATTRIBUTES or (name == "id" and NO_ID.match(value)):
        return None
    if name == "class":
        return " ".join(one for one in value.split() if one in selectors.CLASSES) or None
    if name == "aria-label" and (source := SOURCE.match(value)):
        return source[0]
    return value
