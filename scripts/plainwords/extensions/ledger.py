"""The ledger: straight after each block that cites, a short note for each of its sources.

A source's first note in a section says what kind of study it is and how far it was read; later ones only the place.

On wide screens and on paper the notes stand beside their claims (overrides/assets/css/ledger.css); on a phone the
same facts open behind the number. They repeat what the number leads to, so they are hidden from screen readers.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plainwords.extensions.shared import labels_of, library_of, page_done
from plainwords.references import short_name, stopped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown

    from plainwords.library import Library
    from plainwords.records import Source

AT_MOST = {"p": 3, "figure": 9}  # notes beside a paragraph or a table
AT_MOST_ELSE = 6  # beside a list, a card, or what we know
WIDE_COLUMNS = 4
DEPTH = {"excerpt": "part", "abstract": "summary", "table": "table", "full text": "whole", "second-hand": "told"}
BOX = "\u2610"  # an empty box, as it is typed
NOT_BESIDE = ("pw-sources", "pw-wide", "verdict", "pw-section-sources")


class Ledger(Treeprocessor):
    """Adds the notes, and tells tables with many columns that they may cross the rule."""

    def __init__(self, root: str, md: Markdown) -> None:
        super().__init__(md)
        self.root = root
        self.library: Library = library_of(root)
        self.labels = labels_of(root)

    def run(self, root: ET.Element) -> None:
        self.seen: dict[str, str] = {}  # the place last named of each source in this section
        _split_first(root)
        leads: list[ET.Element] = []
        for block, after in pairwise([*root, None]):
            if block.tag == "h2":
                self.seen.clear()
            _widen(block)
            _to_tick(block)
            _point_on(root, block)
            if set(NOT_BESIDE) & set(block.get("class", "").split()):
                continue
            leads.append(block)
            if not _leads(block, after):
                self._note(root, leads)
                leads = []
        page_done(self.root)  # of all that reads the records, this comes last

    def _note(self, root: ET.Element, blocks: list[ET.Element]) -> None:
        """Add the notes of blocks that belong together after the last of them."""
        block = blocks[-1]
        cited: dict[str, str] = {}
        for one in blocks:
            for number, name in _cited(one).items():
                cited.setdefault(number, name)
        if not cited:
            return
        notes = ET.Element("ul", {"class": "pw-notes no-terms", "aria-hidden": "true"})
        room = AT_MOST.get(block.tag, AT_MOST_ELSE)
        for number, citation in list(cited.items())[:room]:
            notes.append(self._item(number, citation))
        if len(cited) > room:
            rest = ET.SubElement(notes, "li")
            rest.text = f"{self.labels['more_notes']} {', '.join(list(cited)[room:])}"
        root.insert(list(root).index(block) + 1, notes)

    def _item(self, number: str, citation: str) -> ET.Element:
        source, finding = self.library.finding(citation) or (None, None)
        item = ET.Element("li")
        ET.SubElement(item, "i").text = number
        if source is None or finding is None:
            return item
        text = ET.SubElement(item, "span")
        name = ET.SubElement(text, "b")
        name.text = short_name(source)
        if source.key not in self.seen:
            name.tail = f" {self._kind(source)}. {stopped(finding.where)} "
        elif self.seen[source.key] != finding.where:
            name.tail = f" {finding.where}"
        if source.key not in self.seen:
            part = source.reading_of(finding).part
            depth = ET.SubElement(text, "span", {"class": f"pw-depth pw-depth--{DEPTH[part]}"})
            depth.tail = self.labels["depth"][part]
        self.seen[source.key] = finding.where
        return item

    def _kind(self, source: Source) -> str:
        kind = str(self.labels["kinds"][source.kind][0])
        people = source.trial.people if source.trial else None
        return f"{kind}, {people} people" if people else kind


def _cited(block: ET.Element) -> dict[str, str]:
    """Return the first finding that a block cites of each source, by the source's number, in the block's order."""
    marks = (mark for mark in block.iter("a") if mark.get("data-findings"))
    first: dict[str, str] = {}
    for mark in marks:
        first.setdefault(str(mark.text), str(mark.get("data-findings")).split()[0])
    return first


def _leads(block: ET.Element, after: ET.Element | None) -> bool:
    """Tell whether a paragraph only leads in the list or table after it, which then carries the notes of both."""
    if block.tag != "p" or after is None or after.tag not in ("ul", "ol", "figure"):
        return False
    words = "".join(text for text in block.itertext() if not text.strip().isdigit())
    return words.rstrip().endswith(":")


def _split_first(root: ET.Element) -> None:
    """Let what we know and what nobody knows come straight after the verdict; the lede follows."""
    ledes = [block for block in root if "lede" in block.get("class", "").split()]
    opening = list(takewhile(lambda block: block.tag != "h2", root))
    split = next((block for block in opening if block.get("class") == "pw-split"), None)
    if split is None:
        return
    for lede in reversed(ledes):
        if list(root).index(lede) < list(root).index(split):
            root.remove(lede)
            root.insert(list(root).index(split) + 1, lede)


def _tables(block: ET.Element) -> Iterator[ET.Element]:
    yield from block.iter("table")


def _widen(block: ET.Element) -> None:
    if any(len(table.findall("./thead/tr/th")) >= WIDE_COLUMNS for table in _tables(block)):
        block.set("class", f"{block.get('class', '')} pw-wide".strip())


def _to_tick(block: ET.Element) -> None:
    """Cells that hold a box alone, and lists whose items begin with one, are to be filled in with a pen."""
    for cell in block.iter("td"):
        if (cell.text or "").strip() == BOX and not len(cell):
            cell.set("class", "pw-tick")
    if block.tag == "ul" and all((item.text or "").strip().startswith(BOX) for item in block):
        block.set("class", "pw-ticks")


def _point_on(root: ET.Element, block: ET.Element) -> None:
    """A list straight under a heading marked `.navigation` is a list of ways on."""
    if block.tag != "ul":
        return
    place = list(root).index(block)
    before = root[place - 1] if place else None
    if before is not None and before.tag == "h2" and "navigation" in before.get("class", "").split():
        block.set("class", "pw-next")


class LedgerExtension(Extension):
    """`plainwords.extensions.ledger`, with `root`: the folder that holds `data/`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder that holds data/"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.treeprocessors.register(Ledger(str(self.getConfig("root")), md), "pw-ledger", 2)


def makeExtension(**kwargs: Any) -> LedgerExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return LedgerExtension(**kwargs)
