"""Glossary terms in texts."""

from __future__ import annotations

import pytest

from plainwords.records import Term
from plainwords.terms import Vocabulary


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
    assert [f"{found.slug}:{said}" for found, said in Vocabulary((*TERMS, dotted)).used([text])] == expected


def test_no_terms_match_nothing() -> None:
    assert list(Vocabulary([]).uses("trial")) == []


def test_names() -> None:
    assert Vocabulary(TERMS[:1]).by_name == {"trial": TERMS[0], "trials": TERMS[0]}
