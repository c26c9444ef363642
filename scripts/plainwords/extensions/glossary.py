"""Glossary: a page's first use of a term links to its entry and carries its meaning.

The link works everywhere; a script opens the meaning beside the word by tap, key or hover.
Never inside headings, links, code, marks of citation or what has the class `no-terms`.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from plainwords.extensions.shared import library_of

if TYPE_CHECKING:
    from markdown import Markdown

    from plainwords.records import Term
    from plainwords.terms import Vocabulary

SKIPPED = {
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "a",
    "code",
    "pre",
    "sup",
    "th",
    "button",
    "summary",
    "svg",
    "script",
}


NO_TERMS = frozenset({"no-terms", "pw-sources", "verdict"})


class TermMarker(Treeprocessor):
    """Marks the first use of each term in the prose of a page."""

    def __init__(self, vocabulary: Vocabulary, md: Markdown) -> None:
        super().__init__(md)
        self.vocabulary = vocabulary

    def run(self, root: ET.Element) -> None:
        self._mark(root, set())

    def _mark(self, element: ET.Element, seen: set[str]) -> None:
        if element.tag in SKIPPED or not NO_TERMS.isdisjoint(element.get("class", "").split()):
            return
        children = list(element)
        self._mark_text(element, None, seen)
        for child in children:
            self._mark(child, seen)
            self._mark_text(element, child, seen)

    def _mark_text(self, parent: ET.Element, before: ET.Element | None, seen: set[str]) -> None:
        """Mark the text at the start of `parent`, or the text after its child `before`."""
        text = parent.text if before is None else before.tail
        if not text or text.isspace():
            return
        for term, found in self.vocabulary.uses(text):
            if term.slug in seen:
                continue
            seen.add(term.slug)
            link = _link(term, found[1])
            link.tail = text[found.end() :]
            _cut(parent, before, text[: found.start()])
            parent.insert(0 if before is None else list(parent).index(before) + 1, link)
            self._mark_text(parent, link, seen)
            return


def _cut(parent: ET.Element, before: ET.Element | None, text: str) -> None:
    if before is None:
        parent.text = text
    else:
        before.tail = text


def _link(term: Term, said: str) -> ET.Element:
    attributes = {"class": "pw-term", "href": f"/glossary/{term.slug}.md", "data-meaning": term.meaning}
    link = ET.Element("a", attributes)
    link.text = said
    return link


class GlossaryExtension(Extension):
    """`plainwords.extensions.glossary`, with `root`: the folder that holds `data/`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder that holds data/"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        vocabulary = library_of(str(self.getConfig("root"))).vocabulary
        md.treeprocessors.register(TermMarker(vocabulary, md), "pw-terms", 4)


def makeExtension(**kwargs: Any) -> GlossaryExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return GlossaryExtension(**kwargs)
