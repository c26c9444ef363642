"""YAML with line numbers: text in, plain data and the line of each value out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from plainwords.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pydantic import ValidationError

Location = tuple[str | int, ...]
QUOTES = 'put straight quotes around a text that contains ": " or begins with a sign, and indent with spaces'
# What an author does about the words of the YAML reader; the first that fits is said.
REMEDIES = {
    "could not find expected ':'": 'this line lacks its ": "; write "key: text", with a space after the colon',
    "mapping values are not allowed": 'this line has a second ": " (put straight quotes around the text after the '
    'first: title: "Knees: an example"), or the line above lacks its ":", or the indent differs from its neighbours',
    "found a tab": "a tab stands here; use spaces",
    "cannot start any token": "a tab or a sign that means something in YAML stands at the start of a text; "
    "use spaces, or put straight quotes around the text",
}
# What a pattern in records.py asks for, in an author's words.
WANTED = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "use small letters a-z, 0-9 and single hyphens, such as pain-52w",
    r"^\d+(\.\d+)? (hours?|days?|weeks?|months?|years?)$": "write a number and a unit of time, such as 52 weeks",
    r"^\d{4}-\d{2}-\d{2}$": "write the day as year-month-day, such as 2026-11-23",
    r"^\d{4}(-\d{2}(-\d{2})?)?$": "write '2013', '2013-05' or '2013-05-13', in quotes",
    r"^[a-z0-9-]+\.[a-z0-9-]+$": "write key.finding, such as rabago2013-knee.pain-52w",
    r"^10\.\d{4,9}/\S+$": "a DOI begins with 10. and has no https://doi.org/ before it",
    r"^\d{1,8}$": "write the number alone, in quotes, such as '23690322'",
    r"^PMC\d+$": "write PMC and the number, such as PMC3659139",
    r"^https?://\S+$": "write the whole address, beginning with https://",
    r"^https://\S+$": "write the whole address, beginning with https://",
    r"^[a-z0-9/-]+\.md$": "write the page's path below docs/, such as risks/index.md",
}
KEYS_EXPECTED = 'expected lines such as "key: text", with a space after the colon'


class PlainLoader(yaml.CSafeLoader):
    """Reads YAML without turning dates into objects, so that a date is what its author typed."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Document:
    """A YAML file's data, the 1-based line of every value in it, and keys that stand twice."""

    data: Any
    lines: dict[Location, int] = field(default_factory=dict)
    doubled: tuple[tuple[str, int], ...] = ()

    def line(self, location: Sequence[str | int]) -> int:
        """Return the line of the value at `location`, or of its nearest parent."""
        for end in range(len(location), -1, -1):
            found = self.lines.get(tuple(location[:end]))
            if found is not None:
                return found
        return 1


def read_yaml(text: str, path: str, first_line: int = 1) -> Document | Problem:
    """Parse one YAML text; a text that is no YAML comes back as the problem to show."""
    try:
        loader = PlainLoader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node is not None else None
    except yaml.YAMLError as error:
        return _syntax_problem(error, path, first_line)
    lines: dict[Location, int] = {}
    doubled: list[tuple[str, int]] = []
    if node is not None:
        _collect(node, (), first_line, lines, doubled)
    return Document(data, lines, tuple(doubled))


def read_text(path: Path, name: str) -> str | Problem:
    """Return a file's text without a byte-order mark; one in another encoding comes back as the problem to show."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return Problem(name, line, "encoding", "a letter here is not in UTF-8; save the file as UTF-8 (Unicode)")


def _syntax_problem(error: yaml.YAMLError, path: str, first_line: int) -> Problem:
    what = str(getattr(error, "problem", None) or str(error).splitlines()[0])
    lacking = "could not find expected" in what  # the reader notices that on a later line
    mark = (getattr(error, "context_mark", None) if lacking else None) or getattr(error, "problem_mark", None)
    line = first_line + (mark.line if mark else 0)
    hint = next((said for words, said in REMEDIES.items() if words in what), f"{what}; {QUOTES}")
    return Problem(path, line, "yaml", f"this is not readable as YAML: {hint}")


def _collect(
    node: yaml.Node,
    at: Location,
    first_line: int,
    lines: dict[Location, int],
    doubled: list[tuple[str, int]],
) -> None:
    lines[at] = first_line + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            place = (*at, str(key.value))
            if place in lines:
                doubled.append((str(key.value), first_line + key.start_mark.line))
            _collect(value, place, first_line, lines, doubled)
            lines[place] = first_line + key.start_mark.line
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _collect(item, (*at, index), first_line, lines, doubled)


def doubled_keys(document: Document, path: str) -> Iterable[Problem]:
    """A key stands once in a record."""
    for key, line in document.doubled:
        yield Problem(path, line, "double-key", f'"{key}" stands twice here; keep one of them')


def validation_problems(error: ValidationError, document: Document, path: str) -> Iterable[Problem]:
    """Turn a model's complaints into problems at the lines where the values stand."""
    found = error.errors(include_url=False)
    for item in found:
        if item["type"] == "too_short" and any(_is_inside(item["loc"], other["loc"]) for other in found):
            continue  # the list is not empty: what stands in it is wrong, and is named
        said = _complaint(item)
        place = tuple(part for part in (*item["loc"], *_named_in(said)) if _is_place(part, document))
        where = ".".join(_shown(part, item["loc"]) for part in item["loc"] if part != "[key]")
        yield Problem(path, document.line(place), "record", f"{where}: {said}" if where else said)


def _is_inside(outer: Location, inner: Location) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _named_in(message: str) -> Location:
    """Return the place that a message of a whole record begins with: "findings.pain.read: ..."."""
    found = re.match(r"([\w-]+(?:\.[\w-]+)+): ", message)
    return tuple(found[1].split(".")) if found else ()


def _shown(part: str | int, place: Location) -> str:
    """Count from one, as an author does: the first entry of a list is entry 1."""
    if isinstance(part, int):
        return f"entry {part + 1}" if place[0] == part else str(part + 1)
    return part


def _is_place(part: str | int, document: Document) -> bool:
    return isinstance(part, int) or any(part in location for location in document.lines)


def _complaint(item: Mapping[str, Any]) -> str:
    """Say what is wrong with a value and what to type, for somebody who does not program."""
    kind, given = item["type"], item.get("input")
    quoted = f' (here: "{given}")' if isinstance(given, str | int | float) else ""
    if kind == "missing":
        return "is missing; add it (CONTRIBUTING.md shows a whole record)"
    if kind == "extra_forbidden":
        return "is not a known key; the known ones are listed in CONTRIBUTING.md (a typing mistake?)"
    if kind == "invalid_key":
        return f'"{given}" stands where a key is expected; a decimal number has a point, such as 7.6, and no comma'
    if kind == "literal_error":
        return f"{_empty_or(given, 'is none of the words possible here')}; type one of: {_choices(item)}{quoted}"
    if given is None or given == "":
        return "is empty; fill it in, or delete the line if a record may lack it"
    return _expected(kind, item) + quoted


def _empty_or(given: Any, otherwise: str) -> str:
    return "is empty" if given is None else otherwise


def _choices(item: Mapping[str, Any]) -> str:
    return re.sub(r"'([^']*)'", r"\1", str(item["ctx"]["expected"])).replace(" or ", ", ")


def _expected(kind: str, item: Mapping[str, Any]) -> str:
    context = item.get("ctx", {})
    if kind == "string_pattern_mismatch":
        return WANTED.get(context["pattern"], f"should match the pattern {context['pattern']}")
    if kind in ("string_too_short", "string_too_long"):
        limit = context.get("min_length") or context.get("max_length")
        ends = "at least" if kind == "string_too_short" else "at most"
        return f"has {len(str(item['input']).strip())} letters, expected {ends} {limit}"
    simple = {
        "string_type": "is read as a number or a list; put straight quotes around it",
        "float_parsing": "expected a number with a point, such as 15.3",
        "float_type": "expected a number with a point, such as 15.3",
        "int_parsing": "expected a whole number, such as 90",
        "int_type": "expected a whole number, such as 90",
        "tuple_type": "expected a list: [one, two], or lines that begin with - ",
        "too_short": "is empty; expected at least one entry",
    }
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return KEYS_EXPECTED
    return simple.get(kind, str(item["msg"]).removeprefix("Value error, "))
