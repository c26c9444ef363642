"""Glossary terms in prose: which stand in a text, in the order of their first use."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plainwords.records import Term


def term_pattern(terms: Sequence[Term]) -> re.Pattern[str]:
    """Return a pattern for every name of every term as whole words, longest first, capitals aside."""
    return _pattern(tuple(name for term in terms for name in (term.term, *term.also)))


@lru_cache(maxsize=8)
def _pattern(given: tuple[str, ...]) -> re.Pattern[str]:
    names = sorted(set(given), key=len, reverse=True)
    either = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in names)
    return re.compile(rf"(?<![\w-])({either or '(?!)'})(?![\w-])", re.IGNORECASE)


def by_name(terms: Iterable[Term]) -> dict[str, Term]:
    """Map every name of a term, in lower case, to its entry."""
    return {name.lower(): term for term in terms for name in (term.term, *term.also)}


def name_of(said: str) -> str:
    """Return a matched text as the key under which `by_name` holds it."""
    return " ".join(said.split()).lower()


def terms_used(texts: Iterable[str], terms: Sequence[Term]) -> list[tuple[Term, str]]:
    """Return the terms that stand in the texts, each once with the words of its first use."""
    pattern, names = term_pattern(terms), by_name(terms)
    found: dict[str, tuple[Term, str]] = {}
    for text in texts:
        for match in pattern.finditer(text):
            term = names[name_of(match[1])]
            found.setdefault(term.slug, (term, match[1]))
    return list(found.values())
