"""YAML with line numbers: text in, plain data and the line of each value out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from plainwords.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pydantic import ValidationError

Location = tuple[str | int, ...]


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


def _syntax_problem(error: yaml.YAMLError, path: str, first_line: int) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = first_line + (mark.line if mark else 0)
    what = getattr(error, "problem", None) or str(error).splitlines()[0]
    hint = 'put quotes around a text that contains ": " or begins with a sign, and indent with spaces'
    return Problem(path, line, "yaml", f"this is not readable as YAML ({what}); {hint}")


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
    for item in error.errors(include_url=False):
        place = tuple(part for part in item["loc"] if _is_place(part, document))
        where = ".".join(str(part) for part in item["loc"]) or "the record"
        yield Problem(path, document.line(place), "record", f"{where}: {_complaint(item)}")


def _is_place(part: str | int, document: Document) -> bool:
    return isinstance(part, int) or any(part in location for location in document.lines)


def _complaint(item: Any) -> str:
    given = item.get("input")
    if item["type"] == "missing":
        return "is missing; add it (CONTRIBUTING.md shows a whole record)"
    if item["type"] == "extra_forbidden":
        return "is not a known key; the known ones are listed in CONTRIBUTING.md (a typing mistake?)"
    said = str(item["msg"]).removeprefix("Value error, ")
    quoted = f' (here: "{given}")' if isinstance(given, str | int | float) else ""
    return f"{said}{quoted}"
