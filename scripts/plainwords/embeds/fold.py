"""Folding: which parts of a page an embed shows at once, so that it stands below 1000 px on a phone.

WordPress cuts a frame at 1000 px. Heights are estimated here for a wide fallback font, so that with most fonts
less is needed; a test measures every embed in a browser.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from lxml import etree

from plainwords.embeds import selectors
from plainwords.embeds.content import Block, block_of
from plainwords.embeds.markup import Line, empty_marks, text_of, words
from plainwords.tree import by_class, drop, of_class, parse_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwords.embeds.content import Content
    from plainwords.embeds.options import Options

LIMIT = 1000  # the tallest frame that WordPress shows a reader
HEAVY = 60_000  # letters of HTML
DEPTH_NAME = "pw-sources__depth"
DEPTH = re.compile(rf'<p class="{DEPTH_NAME}">.*?</p>', re.DOTALL)
BUDGET = 960  # what is aimed at, because an estimate is one
NARROW = 320  # the width at which an embed stays below it
WIDE = 600  # the width that an oEmbed answer names

# Sizes of overrides/assets/embed.css in CSS pixels.
SHORT = "pe-short"  # the short card's signs stand in one paragraph where it is narrow
PADDING = 24
LINE = 24
SMALL_LINE = 19
GAP = 10
ROW = 41
TEXT = 16
SMALL = 14
BOLD = 1.13
TITLE = 22 * BOLD
MESSAGE = 16 * BOLD
FRAME = 54  # rules, the site's name, spaces
FOOT = {NARROW: 136, WIDE: 84}

# How wide letters are in DejaVu Sans, in parts of the letter size: wider than most fonts of phones and computers.
WIDTHS = {
    **dict.fromkeys("ijlI|'.,:;! ", 0.3), **dict.fromkeys('ftr()-/[]"', 0.4), **dict.fromkeys("szckvxyJ?", 0.57),
    **dict.fromkeys("mwMW%@+=", 0.9), **dict.fromkeys("ABCDEFGHKLNOPQRSTUVXYZ", 0.71),
}  # fmt: skip
OTHER = 0.635
NO_DAY = "No day of checking is recorded for this entry"


@dataclass(frozen=True)
class Folded:
    """A page's text as an embed shows it, and its estimated heights at both widths before anything is opened."""

    html: str
    narrow: int
    wide: int


@dataclass(frozen=True)
class Part:
    """A block and how it is shown: kept (never folded), open, folded, wide (folded, but opened where it is wide)."""

    block: Block
    state: str = "folded"


@dataclass(frozen=True)
class Layout:
    """All parts in their order; those from `listed` on stand together under one more fold."""

    parts: tuple[Part, ...]
    listed: int

    def height(self, width: int) -> int:
        """Return the height of the parts at a width, in CSS pixels."""
        shown = {"kept", "open", "wide"} if width >= WIDE else {"kept", "open"}
        rows = (
            _estimate(one.block, width) if one.state in shown else _row(one.block, width)
            for one in self.parts[: self.listed]
        )
        return sum(rows) + (ROW if self.listed < len(self.parts) else 0)

    def opened(self, group: Sequence[int], state: str) -> Layout:
        """Return the layout with some of its parts opened."""
        chosen = (replace(one, state=state) if index in group else one for index, one in enumerate(self.parts))
        return replace(self, parts=tuple(chosen))


def fold(content: Content, options: Options) -> Folded:
    """Return a page's text with as much of it in sight as fits."""
    content = _slim(content)
    room = BUDGET - _head_height(content, NARROW)
    parts = _never_folded(content, options)
    layout = Layout(parts, len(parts))
    layout = _opened(layout, room, NARROW) if layout.height(NARROW) <= room else _grouped(layout, room)
    layout = _opened(layout, BUDGET - _head_height(content, WIDE), WIDE)
    narrow, wide = (_head_height(content, width) + layout.height(width) for width in (NARROW, WIDE))
    return Folded(_html(content, layout), narrow, min(wide, LIMIT))


def _slim(content: Content) -> Content:
    """Leave out how far each source was read where there are very many: an embed has at most 20 kB."""
    if sum(len(block.body) for block in content.blocks) < HEAVY:
        return content
    return replace(content, blocks=tuple(_without_depth(one) for one in content.blocks))


def _without_depth(block: Block) -> Block:
    lines = tuple(line for line in block.lines if line.name != DEPTH_NAME)
    return replace(block, body=DEPTH.sub("", block.body), lines=lines)


def _opened(layout: Layout, room: int, width: int) -> Layout:
    """Open parts from the first on while all fits; of long lists of sources none is opened instead."""
    for group in _groups(layout):
        opened = layout.opened(group, "open" if width == NARROW else "wide")
        if opened.height(width) <= room:
            layout = opened
        elif layout.parts[group[0]].block.kind not in ("sources", "dates"):
            return layout
    return layout


def _grouped(layout: Layout, room: int) -> Layout:
    """Open parts from the first on, then name as many as fit; the others go under one more fold."""
    kept = next((index for index, one in enumerate(layout.parts) if one.state != "kept"), len(layout.parts))
    best = replace(layout, listed=kept)
    for group in _groups(layout):
        opened = replace(best.opened(group, "open"), listed=group[-1] + 1)
        if opened.height(NARROW) > room:
            break
        best = opened
    counts = range(best.listed, len(layout.parts) - 1)
    fitting = [count for count in counts if replace(best, listed=count).height(NARROW) <= room]
    return replace(best, listed=max(fitting, default=best.listed))


def _groups(layout: Layout) -> list[list[int]]:
    """Return the positions of the parts that may be opened; what is known and what is not open together."""
    groups: list[list[int]] = []
    for index, part in enumerate(layout.parts[: layout.listed]):
        if groups and part.block.kind == "unknown" and layout.parts[index - 1].block.kind == "known":
            groups[-1].append(index)
        elif part.state == "folded":
            groups.append([index])
    return groups


def _never_folded(content: Content, options: Options) -> tuple[Part, ...]:
    """Return the parts of a page with what must stay in sight first: serious harms, signs of an emergency."""
    parts = [Part(block, "kept" if _is_slight(block) else "folded") for block in content.blocks]
    kept: list[Part] = []
    harms = _harms(content, options)
    if harms:
        kept.append(Part(harms, "kept"))
    whole = next((part for part in parts if part.block.kind == "emergency"), None)
    if whole and _head_height(content, NARROW) + _estimate(whole.block, NARROW) + ROW <= BUDGET:
        parts.remove(whole)
        kept.append(replace(whole, state="kept"))
    elif (card := content.emergency()) is not None:
        kept.append(Part(_short_card(card, options), "kept"))
    return (*kept, *parts)


def _is_slight(block: Block) -> bool:
    """Whether a block without a heading takes hardly more room than the row of a fold."""
    return not block.heading and block.kind == "part" and _estimate(block, NARROW) <= 2 * ROW


# ---- What stays in sight


def _short_card(card: Any, options: Options) -> Block:
    """Return the emergency card with its signs shortened and its numbers whole."""
    named = by_class(card)
    drop([*named.get(selectors.MARK, ()), *named.get("advice", ())])
    items = list(card.iter("li"))
    same = len(items) == len(options.emergency)
    for index, item in enumerate(items):
        first = re.split(r"(?<=[.!?])\s", words(item.itertext()))[0].rstrip(".")
        del item[:]
        item.text = options.emergency[index] if same else first
    etree.strip_tags(card, "a")
    card.set("class", f"{selectors.CARE} {selectors.EMERGENCY} {SHORT}")
    card.set("aria-label", f"{card.get('aria-label', 'Emergency')}, in short")  # the whole card stands below
    return replace(block_of("emergency", "", "", [card]), short=True)


def _harms(content: Content, options: Options) -> Block | None:
    """Return the serious harms that a page names, one line each: items that begin in bold, and rows of a tally."""
    named = [parse_part(block.body) for block in content.blocks if block.name in options.harms]
    items = "".join(f"<li>{name}</li>" for part in named for name in _harms_in(part))
    if not items:
        return None
    listed = parse_part(f"<ul>{items}</ul>")
    return replace(block_of("harms", "", options.harms_heading, [listed], whole=False), short=True)


def _harms_in(part: Any) -> Iterator[str]:
    empty_marks((part,))
    starts = (next(item.iterdescendants(), None) for item in part.iter("li"))
    yield from (words(start.itertext()) for start in starts if start is not None and start.tag == "strong")
    for row in (row for tally in of_class(part, "pw-tally") for row in tally.iterchildren("div")):
        what, count = row.find(".//dt"), row.find(".//dd")
        if what is not None and count is not None and (number := words(count.itertext())):
            yield f"{words(what.itertext())}: {number}"


# ---- HTML


def _html(content: Content, layout: Layout) -> str:
    message = f'<p class="pe-message">{content.message}</p>\n' if content.message else ""
    shown = "\n".join(_shown(part) for part in layout.parts[: layout.listed])
    rest = [_shown(part) for part in layout.parts[layout.listed :]]
    if not rest:
        return f"{message}{shown}\n"
    name = f"{len(rest)} more parts"
    inner = "\n".join(rest)
    return f'{message}{shown}\n<details class="pe-all"><summary>{name}</summary>\n{inner}\n</details>\n'


def _shown(part: Part) -> str:
    if part.state in ("kept", "open"):
        return _section(part.block)
    return _details(part.block, wide=part.state == "wide")


def _section(block: Block) -> str:
    if block.kind in ("lead", "emergency", "care"):
        return block.body
    identifier = f' id="{block.name}"' if block.name else ""
    heading = f"<h2{identifier}>{block.heading}</h2>\n" if block.heading else ""
    return f'<section class="pe-{block.kind}">\n{heading}{block.body}\n</section>'


def _details(block: Block, *, wide: bool = False) -> str:
    identifier = f' id="{block.name}"' if block.name else ""
    opens = " data-wide" if wide else ""
    return (
        f'<details class="pe-{block.kind}"{identifier}{opens}><summary><h2>{_row_name(block)}</h2></summary>\n'
        f"{block.body}\n</details>"
    )


def _row_name(block: Block) -> str:
    if block.kind == "emergency":
        return "Emergency: every sign in full"
    if block.heading:
        return block.heading
    return {"dates": "Dates of this page", "lead": "Text"}.get(block.kind, "The main message, with more words")


# ---- Heights


def _head_height(content: Content, width: int) -> int:
    """Return the height of title, stamp, main message and foot."""
    title = _lines(content.title, width, TITLE) * 28
    checked, review = content.checked or NO_DAY, text_of(content.review)
    stamp = (_lines(checked, width, SMALL) + _lines(review, width, SMALL)) * SMALL_LINE
    message = _lines(text_of(content.message), width, MESSAGE) * LINE + GAP if content.message else 0
    return FRAME + title + stamp + message + FOOT[width]


def _row(block: Block, width: int) -> int:
    """Return the height of a folded block: its heading, in a row that a finger can hit."""
    return max(ROW, _lines(_row_name(block), width - 20, TEXT * BOLD) * 21 + 13)


@lru_cache(maxsize=4096)
def _estimate(block: Block, width: int) -> int:
    """Return the height of a block at a width, with its heading, in CSS pixels."""
    heading = _lines(block.heading, width, TEXT * BOLD) * LINE + GAP if block.heading and block.kind != "care" else 0
    lines = _joined(block.lines) if width < WIDE and block.short else block.lines
    return heading + sum(_line_height(line, block.kind, width) for line in lines) + GAP


def _line_height(line: Line, kind: str, width: int) -> int:
    """Return the height of a paragraph, item, heading or cell of a block, with the gap below it."""
    if line.tag in ("svg", "img"):
        return 200
    boxed = kind in ("emergency", "care")
    room = width - (24 if boxed else 0) - (20 if line.inside else 0)
    small = boxed or kind in ("sources", "dates", "harms") or line.tag in ("td", "th")
    size, height = (SMALL, SMALL_LINE) if small else (TEXT, LINE)
    return _lines(line.text, room, size) * height + (4 if line.tag in ("li", "td") or boxed else GAP)


def _joined(lines: Sequence[Line]) -> Iterator[Line]:
    """Turn the items of each list into the one paragraph as which it is shown where it is narrow."""
    for listed, items in groupby(lines, key=lambda line: (line.tag, line.inside) == ("li", "ul")):
        if listed:
            yield Line("p", "   ".join(item.text for item in items))
        else:
            yield from items


@lru_cache(maxsize=16384)
def _lines(text: str, width: int, size: float) -> int:
    """Return how many lines a text takes where `width` is that of the embed, without its padding."""
    lines, filled, room = 0, math.inf, (width - PADDING) / size
    for length in _lengths(text):
        if filled + WIDTHS[" "] + length > room:
            lines, filled = lines + max(1, math.ceil(length / room)), length % room
        else:
            filled += WIDTHS[" "] + length
    return lines


@lru_cache(maxsize=1024)  # each text is measured at both widths
def _lengths(text: str) -> tuple[float, ...]:
    """Return how long each word of a text is."""
    return tuple(map(_length, text.split()))


@lru_cache(maxsize=16384)
def _length(word: str) -> float:
    """Return how long a word is, in parts of the letter size."""
    return sum(WIDTHS.get(letter, OTHER) for letter in word)
