"""Built pages as trees of lxml's bare elements, which cost half of what its HTML elements do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
CLASSED: Any = etree.XPath("descendant::*[@class]")
SAID = etree.XPath("string()")
DESCRIPTION = re.compile(r'<meta name="description"[^>]*>')
ARTICLE = re.compile(r"<article\b.*</article>", re.DOTALL)


def parse(page: str) -> Any:
    """Parse a whole page, without its comments."""
    return etree.fromstring(page.encode(), PARSER)


def parse_article(page: str) -> Any:
    """Parse the description and the article of a page; all around them is the same everywhere."""
    found = (DESCRIPTION.search(page), ARTICLE.search(page))
    return parse("".join(part[0] for part in found if part) or "<body>")


def parse_part(markup: str) -> Any:
    """Parse a piece of HTML; gives an element around it."""
    return parse(f"<div>{markup}</div>").find("body/div")


def classes(element: Any) -> list[str]:
    """Return the names of an element's classes."""
    return str(element.get("class") or "").split()


def by_class(element: Any) -> dict[str, list[Any]]:
    """Return the descendants that have each class, in their order."""
    found: dict[str, list[Any]] = {}
    for one in CLASSED(element):
        for name in one.get("class").split():
            found.setdefault(name, []).append(one)
    return found


def of_class(element: Any, name: str) -> Iterator[Any]:
    """Yield the descendants that have a class, in their order."""
    return (one for one in CLASSED(element) if name in one.get("class").split())


def said(element: Any) -> str:
    """Return all text of an element, as it stands."""
    return str(SAID(element))


def drop(elements: Iterable[Any]) -> None:
    """Take elements out of their tree; the text behind each stays."""
    for element in elements:
        parent = element.getparent()
        if parent is None:
            continue  # went already
        if element.tail:
            before = element.getprevious()
            if before is None:
                parent.text = (parent.text or "") + element.tail
            else:
                before.tail = (before.tail or "") + element.tail
        parent.remove(element)
