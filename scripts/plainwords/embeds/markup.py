"""Pieces of a built page as lxml elements: tidied for an embed, and their words and lines taken."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import lxml.html
from lxml import etree

from plainwords.article import classes, select
from plainwords.embeds import selectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARSER = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
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


def parse(page: str) -> Any:
    """Parse a whole page, without its comments."""
    return lxml.html.document_fromstring(page, parser=PARSER)


def parse_part(markup: str) -> Any:
    """Parse a piece of HTML; gives an element around it."""
    return lxml.html.fragment_fromstring(markup, create_parent="div", parser=PARSER)


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
        for mark in select(element, ".pw-cite"):
            mark.clear(keep_tail=True)


def lines(element: Any, *, whole: bool = True) -> Iterator[Line]:
    """Yield what stands on lines of its own in an element, or (not `whole`) below it."""
    for one in element.iter(*LINES) if whole else element.iterdescendants(*LINES):
        if one.tag in HOLDERS and next(one.iterdescendants("p", "ul", "ol"), None) is not None:
            continue
        around = next(one.iterancestors("ul", "ol", "dl"), None)
        yield Line(one.tag, one.text_content(), "" if around is None else around.tag, one.get("class", ""))


# ---- Markup


def tidied(element: Any, *, whole: bool = True) -> str:
    """Return an element as HTML, or what is in it, with only the attributes and classes that an embed knows."""
    for one in element.iter():
        if one.attrib:
            _tidy_attributes(one)
    return re.sub(r"\n\s*\n+", "\n", outer(element) if whole else inner(element)).strip()


def _tidy_attributes(element: Any) -> None:
    """Leave the attributes of an element that an embed knows, in the order of their names."""
    drawing = element.tag == "svg" or next(element.iterancestors("svg"), None) is not None
    given = dict(element.attrib)
    kept = {name: given[name] for name in sorted(given) if _is_known(name, drawing=drawing)}
    if not drawing:
        kept |= {"class": " ".join(one for one in classes(element) if one in selectors.CLASSES)}
        _shorten(kept)
    element.attrib.clear()
    element.attrib.update(kept)


def _is_known(name: str, *, drawing: bool) -> bool:
    return not name.startswith("on") and name != "style" and (drawing or name in selectors.ATTRIBUTES)


def _shorten(attributes: dict[str, str]) -> None:
    """Leave out what a page alone needs: marks to come back to, and the name of a source where its number stands."""
    if not attributes["class"]:
        del attributes["class"]
    if NO_ID.match(attributes.get("id", "")):
        del attributes["id"]
    if source := SOURCE.match(attributes.get("aria-label", "")):
        attributes["aria-label"] = source[0]  # the list of sources tells the rest
