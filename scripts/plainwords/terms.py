"""Glossary terms in prose: which stand in a text, in the order of their first use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwords.records import Term


class Vocabulary:
    """The names of glossary terms, and where they stand in a text."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.by_name = {name.lower(): term for term in terms for name in (term.term, *term.also)}
        self.pattern = _pattern(self.by_name)

    def uses(self, text: str) -> Iterator[tuple[Term, re.Match[str]]]:
        """Yield each use of a term in a text, with what matched; group 1 holds the words as they are said."""
        for match in self.pattern.finditer(text):
            yield self.by_name[" ".join(match[1].split()).lower()], match

    def used(self, texts: Iterable[str]) -> list[tuple[Term, str]]:
        """Return the terms that stand in the texts, each once with the words of its first use."""
        found: dict[str, tuple[Term, str]] = {}
        for text in texts:
            for term, match in self.uses(text):
                found.setdefault(term.slug, (term, match[1]))
        return list(found.values())


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for names in lower case as whole words, longest first, capitals aside.

    Names with the same first letter stand in one group: so a word of a text is compared with few of them.
    """
    groups: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        groups.setdefault(name[0], []).append(re.escape(name[1:]).replace(r"\ ", r"\s+"))
    either = "|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in groups.items())
    return re.compile(rf"(?<![\w-])({either or '(?!)'})(?![\w-])", re.IGNORECASE)
