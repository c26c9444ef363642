"""A page's Markdown as the texts a reader gets, each with its line and with what covers it.

Builder-free: Markdown text in, units out. CommonMark with tables (markdown-it-py) gives the lines;
the `///` blocks, snippets and `{: }` attributes of Python-Markdown are taken off first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

MARKS = ("advice", "definition", "navigation", "not-known")
PLACES = ("verdict", "lede")  # what a text is on its page; no reason to cite nothing
BLOCKS = ("known", "unknown", "care", "table-caption", "split", "people", "bars", "evidence", "tally")
FIGURES = ("people", "bars", "evidence")  # blocks that name in their first line the findings that they draw
CITATION = re.compile(r"\[\^([^\]\s]+)\]")
ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}\n]*?)\s*\}\s*$")
BLOCK_LINE = re.compile(r"^\s*///\s*(?:([a-z-]+)\s*(?:\|\s*(.*?))?)?\s*$")
SNIPPET = re.compile(r'^\s*--8<--\s+"([^"]+)"\s*$')
COMMENT = re.compile(r"^\s*<!--.*-->\s*$")
PHONE = re.compile(r"\[([^\]]*)\]\(tel:([^)]*)\)")
KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")  # ITU-T E.161
BREAK = "<!-- -->"  # ends a list or a paragraph, as the line that it stands for does


@dataclass(frozen=True)
class Unit:
    """One text a reader gets, with its citation marks still in it.

    `kind` is paragraph, item, row, header (of a table), heading, caption, alt or figure.
    `classes` are its own; of a figure, the name of its block.
    `mark` is one of MARKS or None; `inherited` are the citations of what the text hangs on.
    """

    kind: str
    text: str
    line: int
    mark: str | None = None
    inherited: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    level: int = 0

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """The findings cited in the text itself."""
        return tuple(CITATION.findall(self.text))

    def line_at(self, position: int) -> int:
        """Return the source line of a character of the text."""
        return self.line + self.text.count("\n", 0, position)


@dataclass(frozen=True)
class Fault:
    """A place where the Markdown itself cannot be understood."""

    line: int
    rule: str
    message: str


MISSPELT = (  # a sign without which the pattern cannot match, the pattern, what is wrong
    ("#", re.compile(r"^(#{1,6})([^#\s].*)$"), Fault(0, "heading", 'put a space after the signs: "{0} {1}"')),
    (
        "",
        re.compile(r"^\s*([\u2022\u00b7\u25aa\u25cf\u2013])\s"),
        Fault(0, "list", '"{0}" makes no list; begin each line with "- "'),
    ),
    (
        "![",
        re.compile(r"!\[\s*\]\("),
        Fault(0, "picture", "say what the picture shows, for those who cannot see it: ![a knee](file.svg)"),
    ),
    (
        "[",
        re.compile(r"\[(?!\^[a-z0-9-]+\.[a-z0-9-]+\])\s*\^?\s*([a-z0-9-]+\.[a-z0-9-]+)\s*\](?!\()"),
        Fault(0, "unknown-citation", "a citation has ^ after the bracket and no space: write [^{0}]"),
    ),
    (
        "{",
        re.compile(rf"\{{:?\s*({'|'.join(MARKS)}|verdict)\s*\}}"),
        Fault(0, "mark", "a mark has a point before its name: write {{: .{0} }}"),
    ),
)


@dataclass(frozen=True)
class Prose:
    """A page's units in order, the snippets it includes, the pages it links to, and its faults."""

    units: tuple[Unit, ...]
    snippets: tuple[tuple[str, int], ...] = ()
    links: tuple[tuple[str, int], ...] = ()
    faults: tuple[Fault, ...] = ()
    images: tuple[tuple[str, int], ...] = ()


@dataclass
class _Cover:
    mark: str | None = None
    citations: tuple[str, ...] = ()
    level: int = 0


@dataclass
class _Reader:
    blocks: dict[int, str]
    offset: int
    units: list[Unit] = field(default_factory=list)
    links: list[tuple[str, int]] = field(default_factory=list)
    images: list[tuple[str, int]] = field(default_factory=list)
    sections: list[_Cover] = field(default_factory=list)
    lead: _Cover | None = None
    table: list[int] = field(default_factory=list)


def read_prose(body: str, first_line: int = 1) -> Prose:
    """Read the Markdown below the front matter; `first_line` is the file's line of its first line."""
    typed = body.splitlines()
    lines, blocks, snippets, faults = _strip(typed, first_line)
    tokens = _markdown().parse("\n".join(lines))
    reader = _Reader(blocks, first_line)
    _walk(tokens, reader)
    reader.units.extend(_figures(typed, first_line))
    faults.extend(_unknown_attributes(typed, first_line))
    faults.extend(_unread(tokens, first_line))
    faults.extend(_misspelt(typed, first_line))
    faults.extend(_misdialled(typed, first_line))
    images = tuple(reader.images)
    return Prose(tuple(reader.units), tuple(snippets), tuple(reader.links), tuple(faults), images)


@cache
def _markdown() -> MarkdownIt:
    reader = MarkdownIt("commonmark").enable("table")
    reader.inline.ruler.after("text", "citation", _read_citation)
    return reader


def _read_citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the parser's own form)
    """Take a citation as text at once, as it is no link; the parser would come to that by a long way.

    While it looks for the end of a link's words (`silent`), it is left to its own way.
    """
    found = None if silent else CITATION.match(state.src, state.pos)
    if not found or "[" in found[1] or state.src.startswith(("(", "[", ":"), found.end()):
        return False
    state.pending += found[0]
    state.pos = found.end()
    return True


def _strip(
    lines: Sequence[str], first_line: int
) -> tuple[list[str], dict[int, str], list[tuple[str, int]], list[Fault]]:
    kept: list[str] = []
    blocks: dict[int, str] = {}
    snippets: list[tuple[str, int]] = []
    faults: list[Fault] = []
    stack: list[str] = []
    opened, before = first_line, ""
    for number, line in enumerate(lines, first_line):
        found = BLOCK_LINE.match(line) if "///" in line else None
        snippet = SNIPPET.match(line) if "--8<--" in line else None
        if found:
            opened = number
            faults.extend(_turn(found[1], stack, number))
            if found[1] == "table-caption" and "|" not in before:
                faults.append(Fault(number, "block", '"/// table-caption" has no table before it; put it under one'))
        elif snippet:
            snippets.append((snippet[1], number))
        elif stack:
            blocks[number] = stack[-1]
        before = line if line.strip() else before
        kept.append(BREAK if found or snippet or ("<!--" in line and COMMENT.match(line)) else line)
    if stack:
        faults.append(
            Fault(opened, "block", f'the block "/// {stack[-1]}" is never closed; end it with a line "///"')
        )
    return kept, blocks, snippets, faults


def _figures(lines: Sequence[str], first_line: int) -> Iterator[Unit]:
    """Yield what each figure draws, as a text that only cites: its numbers come from the records themselves."""
    for number, line in enumerate(lines, first_line):
        found = BLOCK_LINE.match(line) if "///" in line else None
        if found and found[1] in FIGURES:
            text = "".join(f"[^{citation}]" for citation in (found[2] or "").split())
            yield Unit("figure", text, number, classes=(found[1],))


def _turn(name: str | None, stack: list[str], line: int) -> Iterator[Fault]:
    if name is None:
        if stack:
            stack.pop()
        else:
            yield Fault(line, "block", '"///" closes a block, but none is open; write "/// known" to open one')
        return
    stack.append(name)
    if name not in BLOCKS:
        yield Fault(line, "block", f'"/// {name}" is not a known block; the known ones are: {", ".join(BLOCKS)}')


def _unknown_attributes(lines: Sequence[str], first_line: int) -> Iterator[Fault]:
    known = {*MARKS, *PLACES}
    for number, line in enumerate(lines, first_line):
        found = ATTRIBUTES.search(line) if "{" in line else None
        if found and line[: found.start()].strip() and not line.startswith("#"):
            mark = line[found.start() :].strip()
            message = f'"{mark}" must stand on the line after the text; only headings have it behind'
            yield Fault(number, "mark", message)
        for word in re.findall(r"\.([\w-]+)", re.sub(r'"[^"]*"', "", found[1])) if found else []:
            if word not in known:
                marks = ", ".join("." + mark for mark in sorted(known))
                yield Fault(number, "mark", f'"{{: .{word} }}" is not a known mark; the known ones are {marks}')


def _unread(tokens: Sequence[Token], first_line: int) -> Iterator[Fault]:
    """Name HTML and code: readers would get text there that no rule reads."""
    wanted = "write it as Markdown; no rule reads what stands in it"
    for token in tokens:
        line = (token.map[0] if token.map else 0) + first_line
        if token.type in ("fence", "code_block"):
            yield Fault(line, "code", f"a code block (a line indented by four spaces makes one too); {wanted}")
        elif token.type == "html_block" and not COMMENT.match(token.content):
            yield Fault(line, "html", f'"{token.content.strip()[:40]}" is HTML; {wanted}')
        elif any(child.type == "html_inline" for child in token.children or []):
            yield Fault(line, "html", f"the text holds HTML; {wanted}")


def _misspelt(lines: Sequence[str], first_line: int) -> Iterator[Fault]:
    """Name what was meant as Markdown and is none."""
    for number, line in enumerate(lines, first_line):
        for sign, pattern, fault in MISSPELT:
            for found in pattern.finditer(line) if sign in line else ():
                yield replace(fault, line=number, message=fault.message.format(*found.groups()))


def _misdialled(lines: Sequence[str], first_line: int) -> Iterator[Fault]:
    """Name each phone link that dials another number than the one it shows, digit by digit."""
    for number, line in enumerate(lines, first_line):
        for shown, dialled in PHONE.findall(line) if "tel:" in line else ():
            digits = re.sub(r"\D", "", shown.upper().translate(KEYPAD))
            if dialled.removeprefix("+") != digits:
                plus = "+" if shown.startswith("+") else ""
                text = f'"{shown}" dials "{dialled}", expected "tel:{plus}{digits}"'
                yield Fault(number, "phone", text)


def _walk(tokens: Sequence[Token], reader: _Reader) -> None:
    kinds: list[str] = []
    cells: list[tuple[str, int]] = []
    for index, token in enumerate(tokens):
        if token.type == "table_open":
            reader.table = []
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            _add_row(reader, cells, header="thead_open" in kinds)
        elif token.type == "inline":
            line = (token.map[0] if token.map else 0) + reader.offset
            text = _plain(token, reader, line)
            if kinds[-1] in ("td_open", "th_open"):
                cells.append((text, line))
            else:
                _add_text(reader, text, line, kinds, tokens[index - 1])
        if token.nesting == 1:
            kinds.append(token.type)
        elif token.nesting == -1:
            kinds.pop()


def _plain(token: Token, reader: _Reader, line: int) -> str:
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "image":
            here = line + "".join(parts).count("\n")
            reader.images.append((str(child.attrGet("src") or ""), here))
            reader.units.append(Unit("alt", child.content, here, *_covered(reader, here)))
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type == "link_open":
            here = line + "".join(parts).count("\n")
            reader.links.append((str(child.attrGet("href") or ""), here))
    return "".join(parts)


def _add_text(reader: _Reader, raw: str, line: int, kinds: Sequence[str], parent: Token) -> None:
    text, attributes = _attributes(raw)
    block = reader.blocks.get(line)
    if block == "table-caption":
        _add_caption(reader, text, line)
        return
    if kinds[-1] == "heading_open":
        _open_section(reader, text, line, attributes, int(parent.tag[1:]))
        return
    kind = "paragraph" if "list_item_open" not in kinds else "row" if block == "tally" else "item"
    mark, inherited = _covered(reader, line, hanging=kind != "paragraph")
    own = _mark(attributes) or ("advice" if block == "care" and _leads(text) else None)
    classes = tuple(re.findall(r"\.([\w-]+)", attributes))
    unit = Unit(kind, text, line, own or mark, inherited, classes)
    reader.units.append(unit)
    if kind == "paragraph":
        reader.lead = _Cover(unit.mark, (*unit.citations, *inherited)) if _leads(text) else None


def _leads(text: str) -> bool:
    return CITATION.sub("", text).rstrip(" *_").endswith(":")


def _attributes(raw: str) -> tuple[str, str]:
    found = ATTRIBUTES.search(raw) if "{" in raw else None
    return (raw[: found.start()], found[1]) if found else (raw, "")


def _mark(attributes: str) -> str | None:
    return next((mark for mark in MARKS if f".{mark}" in attributes.split()), None)


def _open_section(reader: _Reader, text: str, line: int, attributes: str, level: int) -> None:
    reader.lead = None
    while reader.sections and reader.sections[-1].level >= level:
        reader.sections.pop()
    cites = re.search(r'cites="([^"]*)"', attributes)
    reader.sections.append(_Cover(_mark(attributes), tuple(cites[1].split()) if cites else (), level))
    reader.units.append(Unit("heading", text, line, level=level))


def _covered(reader: _Reader, line: int, *, hanging: bool = False) -> tuple[str | None, tuple[str, ...]]:
    mark = "not-known" if reader.blocks.get(line) == "unknown" else None
    citations: list[str] = []
    if hanging and reader.lead:
        mark = mark or reader.lead.mark
        citations.extend(reader.lead.citations)
    for section in reversed(reader.sections):
        mark = mark or section.mark
        citations.extend(section.citations)
    return mark, tuple(dict.fromkeys(citations))


def _add_row(reader: _Reader, cells: Sequence[tuple[str, int]], *, header: bool) -> None:
    if not cells:
        return
    text, attributes = _attributes(" | ".join(cell for cell, _ in cells))
    line = cells[0][1]
    mark, inherited = _covered(reader, line, hanging=True)
    reader.table.append(len(reader.units))
    kind = "header" if header else "row"
    reader.units.append(Unit(kind, text, line, _mark(attributes) or mark, inherited))


def _add_caption(reader: _Reader, text: str, line: int) -> None:
    caption = Unit("caption", text, line, *_covered(reader, line))
    reader.units.append(caption)
    for index in reader.table:
        row = reader.units[index]
        reader.units[index] = replace(row, inherited=(*row.inherited, *caption.citations))
