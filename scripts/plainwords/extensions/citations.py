"""Citations: `[^key.finding]` becomes a numbered reference; each source has one number and one entry a page.

The entry says in NLM style what the source is, how far it was read and where in it each finding stands,
links to the source itself and back to the text.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from plainwords.extensions.shared import labels_of, library_of
from plainwords.references import links, nlm, short_name, stopped

if TYPE_CHECKING:
    from markdown import Markdown

    from plainwords.library import Library
    from plainwords.records import Finding, Source

RUN = r"((?:\[\^[^\]\s]+\])+)"
MARK = re.compile(r"\[\^([^\]\s]+)\]")
PENDING = "data-cites"
LETTERS = "abcd"  # the way back leads to the first four places that cite a source


class UnknownCitationError(LookupError):
    """A page cites a finding that no record holds; the check names page and line."""


class Register:
    """The sources one page cites, in order, with the findings and the places that cite them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.findings: dict[str, list[str]] = {}
        self.places: dict[str, list[str]] = {}

    def fill(self, mark: ET.Element) -> None:
        """Give a mark its links: one number for each source it cites."""
        by_source: dict[str, list[str]] = {}
        for citation in mark.attrib.pop(PENDING).split():
            by_source.setdefault(citation.partition(".")[0], []).append(citation)
        for key, names in by_source.items():
            if len(mark):
                mark[-1].tail = " "  # a run of numbers may break between them, never before the first
            mark.append(self._link(key, names))

    def _link(self, key: str, names: list[str]) -> ET.Element:
        known = self.findings.setdefault(key, [])
        known.extend(name for name in names if name not in known)
        places = self.places.setdefault(key, [])
        number = list(self.findings).index(key) + 1
        place = f"cite-{number}-{len(places) + 1}"
        places.append(place)
        attributes = {
            "href": f"#source-{number}",
            "id": place,
            "data-findings": " ".join(names),
            "aria-label": f"Source {number}",
        }
        link = ET.Element("a", attributes)
        link.text = str(number)
        return link


def unnumbered(library: Library, citations: list[str]) -> ET.Element:
    """Return the mark for a run of citations, to be numbered when the whole page is read."""
    for citation in citations:
        if library.finding(citation) is None:
            raise UnknownCitationError(f"[^{citation}] is no known finding; run scripts/check")
    return ET.Element("sup", {"class": "pw-cite", PENDING: " ".join(citations)})


class CitationPattern(InlineProcessor):
    """Turns a run of `[^key.finding]` into a mark."""

    def __init__(self, library: Library, md: Markdown) -> None:
        super().__init__(RUN, md)
        self.library = library

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[ET.Element, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        return unnumbered(self.library, MARK.findall(m[1])), m.start(0), m.end(0)


class SectionSources(Treeprocessor):
    """Turns `cites="..."` on a heading into a line below it that names the section's sources."""

    def __init__(self, library: Library, labels: dict[str, Any], md: Markdown) -> None:
        super().__init__(md)
        self.library = library
        self.labels = labels

    def run(self, root: ET.Element) -> None:
        if all(one.get("cites") is None for one in root.iter()):
            return
        for parent in list(root.iter()):
            for index, child in reversed(list(enumerate(parent))):
                cites = child.attrib.pop("cites", None)
                if cites:
                    parent.insert(index + 1, self._line(cites.split()))

    def _line(self, citations: list[str]) -> ET.Element:
        line = ET.Element("p", {"class": "pw-section-sources"})
        line.text = self.labels["section_sources"] + " "
        line.append(unnumbered(self.library, citations))
        return line


class SourceList(Treeprocessor):
    """Numbers the sources in the order of the page and puts their entries at its end."""

    def __init__(self, register: Register, labels: dict[str, Any], md: Markdown) -> None:
        super().__init__(md)
        self.register = register
        self.labels = labels

    def run(self, root: ET.Element) -> None:
        for mark in list(root.iter("sup")):
            if PENDING in mark.attrib:
                self.register.fill(mark)
        if not self.register.findings:
            return
        section = ET.SubElement(root, "section", {"class": "pw-sources pw-wide", "aria-labelledby": "sources"})
        heading = ET.SubElement(section, "h2", {"id": "sources"})
        heading.text = self.labels["sources"]
        entries = ET.SubElement(section, "ol")
        for number, key in enumerate(self.register.findings, 1):
            entries.append(self._entry(number, key))

    def _entry(self, number: int, key: str) -> ET.Element:
        source = self.register.library.sources[key]
        item = ET.Element("li", {"id": f"source-{number}", "data-source": key})
        self._reference(ET.SubElement(item, "p", {"class": "pw-sources__reference"}), source)
        facts = ET.SubElement(item, "p", {"class": "pw-sources__depth"})
        facts.text = f"{_kind(source, self.labels)} {self._depth(source, self.register.findings[key])}"
        self._places(item, source, self.register.findings[key])
        self._back(item, self.register.places[key])
        return item

    def _reference(self, paragraph: ET.Element, source: Source) -> None:
        paragraph.text = nlm(source.reference) + " "
        ways = links(source.reference)
        for label, address in ways[:1]:  # the source's own page has every way
            link = ET.SubElement(paragraph, "a", {"href": address, "rel": "noreferrer"})
            link.text = label
        if not ways:
            paragraph.text += self.labels["no_way"]

    def _depth(self, source: Source, citations: list[str]) -> str:
        readings = {reading.id: reading for name in citations for reading in [_reading(source, name)]}
        ordered = sorted(readings.values(), key=lambda one: one.part == "second-hand")
        parts = self.labels["parts"]
        said = [
            parts[f"{one.part} too" if at and f"{one.part} too" in parts else one.part].format(
                visible=one.visible, via=self._via(one.via)
            )
            for at, one in enumerate(ordered)
        ]
        return " ".join(dict.fromkeys(said))

    def _via(self, key: str | None) -> str:
        source = self.register.library.sources.get(key or "")
        return short_name(source) if source else ""

    def _places(self, item: ET.Element, source: Source, citations: list[str]) -> None:
        places = dict.fromkeys(part for name in citations for part in _finding(source, name).where.split("; "))
        line = ET.SubElement(item, "p", {"class": "pw-sources__place"})
        line.text = f"Where in it: {stopped('; '.join(places))} "
        link = ET.SubElement(line, "a", {"href": f"/sources/{source.key}.md"})
        link.text = "What this source did and found"
        link.tail = "."

    def _back(self, item: ET.Element, places: list[str]) -> None:
        line = ET.SubElement(item, "p", {"class": "pw-sources__back"})
        line.text = f"{self.labels['back']}: "
        for name, place in zip(LETTERS, places, strict=False):
            link = ET.SubElement(line, "a", {"href": f"#{place}"})
            link.text = name
            link.tail = " "


def _kind(source: Source, labels: dict[str, Any]) -> str:
    return str(labels["kinds"][source.kind][1])


def _finding(source: Source, citation: str) -> Finding:
    return source.findings[citation.partition(".")[2]]


def _reading(source: Source, citation: str) -> Any:
    return source.reading_of(_finding(source, citation))


class CitationExtension(Extension):
    """`plainwords.extensions.citations`, with `root`: the folder that holds `data/`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder that holds data/"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        root = str(self.getConfig("root"))
        library, labels = library_of(root), labels_of(root)
        md.inlinePatterns.register(CitationPattern(library, md), "pw-citation", 175)
        md.treeprocessors.register(SectionSources(library, labels, md), "pw-section-sources", 7)
        md.treeprocessors.register(SourceList(Register(library), labels, md), "pw-source-list", 6)


def makeExtension(**kwargs: Any) -> CitationExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return CitationExtension(**kwargs)
