"""What a check found: one shape for every rule, one place that prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what is expected instead.

    `path` is relative to the project, `line` counts from 1 (0: the whole file).
    """

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def counted(count: int, what: str) -> str:
    """Return a count with its noun: "1 problem", "2 problems"."""
    return f"{count} {what}" + ("" if count == 1 else "s")


def print_problems(problems: Iterable[Problem], out: TextIO) -> int:
    """Print each problem once, in order of path and line, and return how many there were."""
    unique = sorted(set(problems))
    out.writelines(f"{problem}\n" for problem in unique)
    return len(unique)
