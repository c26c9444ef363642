"""Glossary terms in texts."""

from __future__ import annotations

import pytest

from plainwords.records import Term
from plainwords.terms import by_name, name_of, term_pattern, terms_used


def term(name: str, *also: str) -> Term:
    return Term(term=name, slug=name.lower().replace(" ", "-"), meaning="A word.", also=also)


TERMS = (term("trial", "trials"), term("sugar water"), term("water"), term("WOMAC"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two Trials of water.", ["trial:Trials", "water:water"]),
        ("Sugar\nwater and then water.", ["sugar-water:Sugar\nwater", "water:water"]),
        ("A trial, a trial.", ["trial:trial"]),
        ("A retrial, a trialist, a pre-trial, waterproof.", []),
        ("The womac score.", ["womac:womac"]),
        ("Some x.y, not xzy.", ["x-y:x.y"]),
    ],
)
def test_terms_used(text: str, expected: list[str]) -> None:
    dotted = Term(term="x.y", slug="x-y", meaning="A word.")
    assert [f"{found.slug}:{said}" for found, said in terms_used([text], (*TERMS, dotted))] == expected


def test_no_terms_match_nothing() -> None:
    assert term_pattern([]).search("trial") is None


def test_names() -> None:
    assert by_name(TERMS[:1]) == {"trial": TERMS[0], "trials": TERMS[0]}
    assert name_of("Sugar \n Water") == "sugar water"
