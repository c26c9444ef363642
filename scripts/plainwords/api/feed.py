"""The feed of changes: Atom (RFC 4287), from `data/changes.yml`. No clock: dates are those of the entries."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from lxml import etree

from plainwords.pages import address_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plainwords.api.addresses import Addresses
    from plainwords.records import Change

ATOM = "http://www.w3.org/2005/Atom"
# Names of entries are made from this and the entry's id, so that they stay when the site moves to another address.
NAMES = uuid.uuid5(uuid.NAMESPACE_OID, "prolotherapy-in-plain-words/changes")
FILE = "feed.xml"
PAGE = "about/what-changed/"
NEWEST = 30  # entries; a reader that looks once in a while misses none, and the page holds all


def feed(changes: Sequence[Change], addresses: Addresses, rights: str) -> bytes:
    """Return the feed of the newest changes, newest first."""
    names: Any = {None: ATOM}  # the default name space has no name
    root = etree.Element("feed", nsmap=names, attrib={"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(root, "id", f"urn:uuid:{NAMES}")
    _add(root, "title", f"What changed - {addresses.name}")
    _add(root, "updated", _moment(max(change.date for change in changes)))
    _add(etree.SubElement(root, "author"), "name", f"{addresses.name} contributors")
    _add(root, "rights", rights)
    _link(root, "self", addresses.of(FILE), "application/atom+xml")
    _link(root, "alternate", addresses.of(PAGE), "text/html")
    for change in changes[:NEWEST]:
        _entry(root, change, addresses)
    etree.indent(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8")) + b"\n"


def _entry(root: etree._Element, change: Change, addresses: Addresses) -> None:
    entry = etree.SubElement(root, "entry")
    _add(entry, "id", f"urn:uuid:{uuid.uuid5(NAMES, change.id)}")
    _add(entry, "title", change.title)
    _add(entry, "updated", _moment(change.date))
    etree.SubElement(entry, "category", term=change.kind)
    pages = [address_of(page) for page in change.pages] or [PAGE]
    _link(entry, "alternate", addresses.of(pages[0]), "text/html")
    for page in pages[1:]:
        _link(entry, "related", addresses.of(page), "text/html")
    _add(entry, "content", change.text, type="text")


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attributes).text = text


def _link(parent: etree._Element, relation: str, address: str, kind: str) -> None:
    etree.SubElement(parent, "link", rel=relation, href=address, type=kind)


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
