"""Blocks: `/// known`, `/// unknown` and `/// care | LEVEL` (pymdown-extensions' Blocks API)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown.treeprocessors import Treeprocessor
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
        for block in (KnownBlock, UnknownBlock, CareBlock):
            block_mgr.register(block, self.getConfigs())
        md.treeprocessors.register(Neighbours(md), "pw-neighbours", 15)


def makeExtension(**kwargs: Any) -> BoxExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return BoxExtension(**kwargs)
