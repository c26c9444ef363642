"""A built page turned so that it works from a folder: links end in files, nothing is asked of another host."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import html

from plainwords.article import select

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwords.finish import Settings

SEARCH = "search.html"
SEARCH_PAGE = "search/index.html"  # the site's own search page, which the copy does without
SEARCH_DOORS = "data-pw-search"  # what opens the site's search
SCRIPTS = "data-scripts"  # on <html>: the scripts that a page loads after it is shown
PAGE = "index.html"
# Element and attribute that hold an address.
POINTERS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}
STYLE_URL = re.compile(r"""url\((["']?)([^"')]+)\1\)""")
# A folder has no origin of its own; this policy lets a page load files beside it and nothing else.
POLICY = (
    "default-src 'none'; style-src 'self' file: 'unsafe-inline'; script-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data:; font-src 'self' file:; form-action 'self' file:; base-uri 'none'"
)


@dataclass(frozen=True)
class Copy:
    """What every page needs: the paths in the copy, the line that says what it is, and the site's address."""

    files: frozenset[str]
    notice: str
    settings: Settings


def parse(data: bytes) -> Any:
    """Parse a page."""
    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))


def text_of(document: Any) -> bytes:
    """Return a parsed page as bytes."""
    return bytes(html.tostring(document, doctype="<!doctype html>", encoding="utf-8")) + b"\n"


def turned(document: Any, path: str, copy: Copy) -> Any:
    """Change a parsed page at `path` so that it works in the copy; gives the same page."""
    for name, attribute in POINTERS.items():
        for element in [one for one in document.iter(name) if one.get(attribute) is not None]:
            _point(element, attribute, path, copy)
    for door in document.xpath(f"//*[@{SEARCH_DOORS}]"):
        del door.attrib[SEARCH_DOORS]
    for meta in document.xpath("//meta[translate(@http-equiv, 'CPS', 'cps')='content-security-policy']"):
        meta.getparent().remove(meta)
    for early in document.xpath("//link[@rel='preload']"):
        early.getparent().remove(early)  # a folder is no origin, so a browser refuses what it would load early
    head = document.find("head")
    head.insert(1, html.Element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}))
    main = next(iter(select(document, "main")), None)
    if main is not None:
        main.addprevious(html.fragment_fromstring(copy.notice))
    return document


def _point(element: Any, attribute: str, path: str, copy: Copy) -> None:
    """Turn one address; what is not in the copy is named without a link, or leads to the site where it has one."""
    address = str(element.get(attribute))
    target = target_of(address, path)
    if target is None:
        return
    fragment = urlsplit(address).fragment
    if target in copy.files:
        way = "../" * path.count("/") + target
        element.set(attribute, f"{way}#{fragment}" if fragment else way)
    elif element.tag == "a" and copy.settings.is_set:
        element.set(attribute, copy.settings.url(target.removesuffix(PAGE)))
    elif element.tag in ("a", "form"):
        del element.attrib[attribute]
    else:
        element.drop_tree()


def target_of(address: str, path: str) -> str | None:
    """Return the file that an address on the page at `path` means; None where it leaves the site or the page."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    joined = posixpath.join(posixpath.dirname(path), parts.path)
    target = posixpath.normpath(joined)
    if parts.path.endswith(("/", "..", ".")):
        target = posixpath.normpath(posixpath.join(target, PAGE))
    return SEARCH if target == SEARCH_PAGE else target


def needed(document: Any, path: str) -> Iterator[str]:
    """Yield every file beside the pages that a page asks for when it is shown."""
    for name in ("link", "script", "img"):
        for element in document.iter(name):
            if name != "link" or element.get("rel") in ("stylesheet", "icon"):
                yield from _inside(element.get(POINTERS[name]), path)
    for address in (document.get(SCRIPTS) or "").split():
        yield from _inside(address, path)
    for style in document.iter("style"):
        yield from needed_by_style(style.text or "", path)


def needed_by_style(text: str, path: str) -> Iterator[str]:
    """Yield every file that a style sheet at `path` asks for."""
    for _, address in STYLE_URL.findall(text):
        yield from _inside(address, path)


def _inside(address: str | None, path: str) -> Iterator[str]:
    target = target_of(address, path) if address else None
    if target:
        yield target
