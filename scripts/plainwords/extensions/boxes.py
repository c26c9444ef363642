"""Blocks: `/// known`, `/// unknown`, `/// care | LEVEL`, `/// table-caption` (pymdown-extensions' Blocks API).

Its own captions compile patterns of another block, which took a twentieth of a small build's time.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from plainwords.extensions.shared import labels_of

if TYPE_CHECKING:
    from markdown import Markdown
    from pymdownx.blocks import BlocksProcessor

LEVELS = ("emergency", "urgent", "tell-the-clinic")


class KnowledgeBlock(Block):  # type: ignore[misc]
    """What we know, or what nobody knows: a titled section."""

    NAME = ""
    CONFIG = {"root": "."}  # noqa: RUF012  (the Blocks API's own form)

    def on_create(self, parent: ET.Element) -> ET.Element:
        section = ET.SubElement(parent, "section", {"class": f"pw-{self.NAME}"})
        heading = ET.SubElement(section, "h2")
        heading.text = str(labels_of(str(self.config["root"]))[self.NAME])
        return section


class KnownBlock(KnowledgeBlock):
    """`/// known`: what we know."""

    NAME = "known"


class UnknownBlock(KnowledgeBlock):
    """`/// unknown`: what nobody knows."""

    NAME = "unknown"


class CareBlock(Block):  # type: ignore[misc]
    """`/// care | emergency`: a care card; its level is said in words."""

    NAME = "care"
    ARGUMENT = True
    CONFIG = {"root": "."}  # noqa: RUF012

    def on_validate(self, parent: ET.Element) -> bool:  # noqa: ARG002
        return self.argument in LEVELS

    def on_create(self, parent: ET.Element) -> ET.Element:
        label = str(labels_of(str(self.config["root"]))["care"][self.argument])
        card = ET.SubElement(parent, "section", {"class": f"pw-care pw-care--{self.argument}", "aria-label": label})
        level = ET.SubElement(card, "p", {"class": "pw-care__level"})
        level.text = label
        return card


class TableCaptionBlock(Block):  # type: ignore[misc]
    """`/// table-caption`: what a table shows, under it, with the table's number on the page."""

    NAME = "table-caption"

    def on_validate(self, parent: ET.Element) -> bool:
        return len(parent) > 0 and parent[-1].tag == "table"

    def on_create(self, parent: ET.Element) -> ET.Element:
        table = parent[-1]
        parent.remove(table)
        figure = ET.SubElement(parent, "figure")
        figure.append(table)
        self.caption = ET.SubElement(figure, "figcaption")
        self.tracker["tables"] = self.tracker.get("tables", 0) + 1
        return figure

    def on_add(self, block: ET.Element) -> ET.Element:  # noqa: ARG002
        return self.caption

    def on_end(self, block: ET.Element) -> None:  # noqa: ARG002
        first = next(self.caption.iter("p"), self.caption)
        number = ET.Element("span", {"class": "caption-prefix"})
        number.text = AtomicString(f"Table {self.tracker['tables']}.")
        first.text, number.tail = None, f" {first.text or ''}"
        first.insert(0, number)


class Neighbours(Treeprocessor):
    """Puts what we know and what nobody knows side by side: one frame around the two."""

    def run(self, root: ET.Element) -> None:
        children = list(root)
        for first, second in pairwise(children):
            if (first.get("class"), second.get("class")) == ("pw-known", "pw-unknown"):
                frame = ET.Element("div", {"class": "pw-split"})
                root.insert(list(root).index(first), frame)
                for part in (first, second):
                    root.remove(part)
                    frame.append(part)


class BoxExtension(BlocksExtension):  # type: ignore[misc]
    """`plainwords.extensions.boxes`, with `root`: the folder that holds `data/`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder that holds data/"]}
        super().__init__(**kwargs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802
        for block in (KnownBlock, UnknownBlock, CareBlock, TableCaptionBlock):
            block_mgr.register(block, self.getConfigs())
        md.treeprocessors.register(Neighbours(md), "pw-neighbours", 15)


def makeExtension(**kwargs: Any) -> BoxExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return BoxExtension(**kwargs)
