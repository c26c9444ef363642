"""Figures drawn from records: `/// people`, `/// bars` and `/// evidence` name findings; `/// tally` takes a list.

The kind of number decides the picture. A counted share: 100 people. A change: a bar on the whole scale. A count
without an "out of": tally marks, and an empty box where nobody counted the people. Each number stands in words too.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from plainwords.extensions.citations import UnknownCitationError
from plainwords.extensions.shared import labels_of, library_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown
    from pymdownx.blocks import BlocksProcessor

    from plainwords.records import Finding, Number, Source

HUNDRED = 100
PERSON = (16, 20)  # width and height of one person, in pixels; rows of ten, two blocks of fifty
STROKES = 5
TALLY = re.compile(r"^(?P<label>.*?):\s*(?P<count>\d[\d,]*)?(?P<rest>[^\d]*(?:\[\^[^\]]+\])*[^\d]*)$", re.DOTALL)


class FigureBlock(Block):  # type: ignore[misc]
    """A block whose argument names the findings that it draws; its body is the caption."""

    ARGUMENT = True
    CONFIG = {"root": "."}  # noqa: RUF012  (the Blocks API's own form)

    def on_validate(self, parent: ET.Element) -> bool:  # noqa: ARG002
        return bool(self.argument)

    def cited(self) -> list[tuple[Source, Finding]]:
        """Return the findings that the argument names."""
        return [_known(str(self.config["root"]), citation) for citation in self.argument.split()]

    @property
    def labels(self) -> dict[str, Any]:
        """The words of figures, from data/labels.yml."""
        return dict(labels_of(str(self.config["root"]))["figures"])

    def on_create(self, parent: ET.Element) -> ET.Element:
        self.figure = ET.SubElement(parent, "div", {"class": f"pw-figure pw-figure--{self.NAME} no-terms"})
        return ET.SubElement(self.figure, "div", {"class": "pw-figure__title"})


class PeopleBlock(FigureBlock):
    """`/// people | key.finding`: 100 people for each group, filled or outlined."""

    NAME = "people"

    def on_end(self, block: ET.Element) -> None:  # noqa: ARG002
        _note(self.figure, self.labels["people_key"])
        for source, number, share in _shares(self.cited()):
            arm = _arm(self.figure, "people", f"{share} of 100", _label(source, number))
            arm.append(_people(share))


class BarsBlock(FigureBlock):
    """`/// bars | key.finding`: the change in each group, on the whole scale."""

    NAME = "bars"

    def on_end(self, block: ET.Element) -> None:  # noqa: ARG002
        for source, finding in self.cited():
            low, high = _scale(source)
            _note(self.figure, self.labels["bars_key"].format(low=f"{low:g}", high=f"{high:g}"))
            for index, number in enumerate(one for one in finding.numbers if one.arm):
                arm = _arm(self.figure, "bar", f"{number.value:g} {number.unit}", _label(source, number))
                arm.append(_bar((number.value - low) / (high - low), first=not index))
            self.figure.append(_axis(low, high))


class EvidenceBlock(FigureBlock):
    """`/// evidence | key.finding …`: how many trials and people, how each came out, where and when we looked."""

    NAME = "evidence"

    def on_create(self, parent: ET.Element) -> ET.Element:
        self.strip = ET.SubElement(parent, "dl", {"class": "pw-strip pw-wide no-terms"})
        return ET.Element("div")  # takes the caption, which stands in the third cell

    def on_end(self, block: ET.Element) -> None:
        cited = self.cited()
        known = [source.trial.people for source, _ in cited if source.trial and source.trial.people]
        unseen = len(cited) - len(known)
        self._cell(self.labels["trials"], str(len(cited)))
        people = self._cell(self.labels["people_in_them"], str(sum(known)))
        if unseen:
            ET.SubElement(people, "dd").text = self.labels["unseen"].format(count=unseen)
        agree = self._cell(" ".join("".join(block.itertext()).split()), None)
        ET.SubElement(agree, "dd").append(_dots([finding.direction for _, finding in cited], self.labels))
        looked = self._cell(self.labels["looked"], None)
        ET.SubElement(looked, "dd").text = self.labels["looked_where"]

    def _cell(self, name: str, number: str | None) -> ET.Element:
        cell = ET.SubElement(self.strip, "div")
        ET.SubElement(cell, "dt").text = name
        if number is not None:
            ET.SubElement(cell, "dd", {"class": "pw-strip__number"}).text = number
        return cell


class TallyBlock(Block):  # type: ignore[misc]
    """`/// tally` around a list "what: count": a stroke for each report, a box where there is no count."""

    NAME = "tally"
    CONFIG = {"root": "."}  # noqa: RUF012

    def on_create(self, parent: ET.Element) -> ET.Element:
        self.parent = parent
        return ET.SubElement(parent, "div", {"class": "pw-wide"})

    def on_end(self, block: ET.Element) -> None:
        for listed in block.findall("ul"):
            tally = ET.Element("dl", {"class": "pw-tally no-terms"})
            for item in listed:
                tally.append(_tallied((item.text or "").strip()))
            block.insert(list(block).index(listed), tally)
            block.remove(listed)


# ---- Numbers


def _known(root: str, citation: str) -> tuple[Source, Finding]:
    found = library_of(root).finding(citation)
    if found is None:
        raise UnknownCitationError(f"{citation} is no known finding; run scripts/check")
    return found


def _shares(cited: list[tuple[Source, Finding]]) -> Iterator[tuple[Source, Number, int]]:
    for source, finding in cited:
        for number in finding.numbers:
            said = next((form.say for form in number.forms if form.of == HUNDRED and form.how == "of 100"), None)
            if said is not None:
                yield source, number, int(float(said))


def _label(source: Source, number: Number) -> str:
    arms = source.trial.arms if source.trial else ()
    return next((arm.label for arm in arms if arm.id == number.arm), "")


def _scale(source: Source) -> tuple[float, float]:
    outcome = source.trial.outcomes[0] if source.trial and source.trial.outcomes else None
    if outcome is None or outcome.low is None or outcome.high is None:
        raise ValueError(f"{source.key}: a bar needs the ends of the scale; give low and high of the first outcome")
    return outcome.low, outcome.high


# ---- Drawing


def _arm(figure: ET.Element, kind: str, number: str, label: str) -> ET.Element:
    arm = ET.SubElement(figure, "div", {"class": f"pw-figure__arm pw-figure__arm--{kind}"})
    words = ET.SubElement(arm, "p")
    ET.SubElement(words, "b").text = AtomicString(number)
    words[0].tail = AtomicString(f" {label}" if label else "")  # a record's text is no Markdown
    return arm


def _note(figure: ET.Element, text: str) -> None:
    ET.SubElement(figure, "p", {"class": "pw-figure__note"}).text = text


def _svg(width: float | str, height: float, label: str | None = None, **more: str) -> ET.Element:
    named = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    return ET.Element("svg", {"width": str(width), "height": str(height), **named, **more})


def _people(share: int) -> ET.Element:
    """Draw 100 people, `share` of them filled; the filled and the outlined are a path each, to weigh little."""
    drawing = _svg(336, 100, f"100 people: {share} filled, {HUNDRED - share} outlined", viewBox="0 0 336 100")
    for name, first, last in (("on", 0, share), ("off", share, HUNDRED)):
        path = "".join(_person(place) for place in range(first, last))
        if path:
            ET.SubElement(drawing, "path", {"class": f"pw-{name}", "d": path})
    return drawing


def _person(place: int) -> str:
    """Return a head and a body at place 0 to 99: rows of ten, the second fifty in a block of their own."""
    block, inside = divmod(place, 50)
    row, column = divmod(inside, 10)
    x, y = block * 176 + column * PERSON[0] + 8, row * PERSON[1]
    return f"M{x - 2.5} {y + 4.5}a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0zM{x - 4.5} {y + 18}v-6q0-3 4.5-3t4.5 3v6z"


def _bar(share: float, *, first: bool) -> ET.Element:
    drawing = _svg("100%", 12)
    kind = "pw-bar--first" if first else "pw-bar"
    ET.SubElement(drawing, "rect", {"class": kind, "width": f"{share * 100:.4g}%", "height": "10", "y": "1"})
    return drawing


def _axis(low: float, high: float) -> ET.Element:
    drawing = _svg("100%", 28)
    ET.SubElement(drawing, "line", {"class": "pw-axis", "x2": "100%", "y1": "4", "y2": "4"})
    middle = (low + high) / 2
    for share, anchor, value in ((0, "start", low), (50, "middle", middle), (100, "end", high)):
        ET.SubElement(drawing, "text", {"x": f"{share}%", "y": "22", "text-anchor": anchor}).text = f"{value:g}"
    return drawing


def _dots(directions: list[str], labels: dict[str, Any]) -> ET.Element:
    """Draw one dot a trial in columns: worse, no clear difference, mixed (only where there is one) and better."""
    frame = ET.Element("div", {"class": "pw-dots"})
    for name, label in labels["directions"].items():
        count = directions.count(name)
        if not count and name == "mixed":
            continue
        column = ET.SubElement(frame, "span")
        column.tail = " "  # where the text is read without its boxes, its words stay apart
        dots = ET.SubElement(column, "i")
        for _ in range(count):
            drawing = ET.SubElement(dots, "svg", {"width": "14", "height": "14", "aria-hidden": "true"})
            ET.SubElement(drawing, "circle", {"cx": "7", "cy": "7", "r": "5.5"})
        dots.tail = f"{label}: {count}"
    return frame


def _tallied(text: str) -> ET.Element:
    """Return one row of a tally from "what: count" with its citations."""
    found = TALLY.match(text)
    row = ET.Element("div")
    ET.SubElement(row, "dt").text = found["label"] if found else text
    if found and found["count"]:
        ET.SubElement(row, "dd").text = f"{found['count']}{found['rest'].rstrip(' .')}"
        marks = ET.SubElement(row, "dd", {"class": "pw-tally__marks", "aria-hidden": "true"})
        marks.extend(_marks(int(found["count"].replace(",", ""))))
    elif found:
        ET.SubElement(ET.SubElement(row, "dd"), "span", {"class": "pw-box"})
        ET.SubElement(row, "dd", {"class": "pw-tally__words"}).text = found["rest"].strip()
    return row


def _marks(count: int) -> Iterator[ET.Element]:
    """Draw tally marks in bundles of five, at most fifty a piece, so that pieces can break into lines."""
    for start in range(0, count, 50):
        here = min(50, count - start)
        bundles, odd = divmod(here, STROKES)
        path = "".join(f"M{_x(index)} 2v14M{_x(index) + 4} 2v14M{_x(index) + 8} 2v14M{_x(index) + 12} 2v14"
                       f"M{_x(index) - 3} 13l18-8" for index in range(bundles))  # fmt: skip
        path += "".join(f"M{_x(bundles) + 4 * stroke} 2v14" for stroke in range(odd))
        width = _x(bundles) + 4 * odd if odd else _x(bundles) - 5
        drawing = _svg(width, 18)
        ET.SubElement(drawing, "path", {"class": "pw-ink", "d": path})
        yield drawing


def _x(bundle: int) -> int:
    return 4 + bundle * 23


class FigureExtension(BlocksExtension):  # type: ignore[misc]
    """`plainwords.extensions.figures`, with `root`: the folder that holds `data/`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder that holds data/"]}
        super().__init__(**kwargs)

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: ARG002, N802
        for block in (PeopleBlock, BarsBlock, EvidenceBlock, TallyBlock):
            block_mgr.register(block, self.getConfigs())


def makeExtension(**kwargs: Any) -> FigureExtension:  # noqa: N802
    """Python-Markdown's way in."""
    return FigureExtension(**kwargs)
