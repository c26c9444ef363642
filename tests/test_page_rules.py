"""Rules for the form of one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.page_rules import check_page, prose_paragraphs, taught_terms
from tests.test_tracing import page_of

if TYPE_CHECKING:
    from plainwords.check import Site

ANSWER = """<!-- --8<-- [start:answer] -->

Yes.

More: [help](../help.md).
{: .navigation }

<!-- --8<-- [end:answer] -->
"""


def rules(site: Site, body: str, path: str = "docs/example.md", **meta: object) -> list[str]:
    page = page_of(site, body, **meta)
    object.__setattr__(page, "path", path)
    return [f"{problem.line} {problem.rule}" for problem in check_page(page, site.library)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## What is it?\n\n### And then?\n\n## What else?\n", []),
        ("# What is it?\n", ["1 heading"]),
        ("## What is it?\n\n#### And then?\n", ["3 heading"]),
        ("## It works\n", ["1 heading"]),
        ("## Does it work?\n", []),
        ("## A miracle\n", ["1 hype-word"]),
        ("- a\n" * 7, []),
        ("- a\n" * 8, ["1 long-list"]),
        ("- a\n" * 4 + "\nText.\n\n" + "- a\n" * 4, []),
        ("| A miracle |\n| --- |\n| harms are rare |\n", ["1 hype-word", "3 lone-frequency"]),
        ("![A deadly shot](a.svg)\n", ["1 fear-word"]),
        ("A miracle.\n", ["1 hype-word"]),
    ],
)
def test_form_and_words(site: Site, body: str, expected: list[str]) -> None:
    assert rules(site, body) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("a" * 90 + "\n{: .verdict }\n", []),
        ("a" * 91 + "\n{: .verdict }\n", ["1 verdict"]),
        ("Text.\n\n" + "a" * 45 + "\n" + "b" * 45 + "\n{: .verdict .navigation }\n", ["3 verdict"]),
        ("a" * 44 + "\n" + "b" * 44 + ".[^example2020-trial.pain]\n{: .verdict }\n", []),
        ("[" + "a" * 90 + "](help.md)\n{: .verdict }\n", []),
        ("a" * 91 + "\n{: .lede }\n", []),
        ("a" * 91 + "\n", []),
    ],
)
def test_a_main_message_has_at_most_90_letters_without_its_citations(
    site: Site, body: str, expected: list[str]
) -> None:
    assert rules(site, body) == expected


def test_the_message_about_a_long_main_message_counts_its_letters(site: Site) -> None:
    page = page_of(site, "a" * 100 + "\n{: .verdict }\n", audience="trust")
    assert [problem.message for problem in check_page(page, site.library)] == [
        "the main message has 100 letters with its spaces, expected 90 at most; "
        "put what it can do without into a paragraph below it, marked {: .lede }"
    ]


def test_titles_and_descriptions_keep_to_the_words(site: Site) -> None:
    meta = {"title": "A miracle", "description": "A deadly thing, this page says."}
    assert rules(site, "", **meta) == ["2 hype-word", "3 fear-word"]


def test_a_page_about_the_site_may_have_long_lists_but_no_hype(site: Site) -> None:
    assert rules(site, "- a\n" * 8 + "\nA miracle.\n", audience="trust") == ["10 hype-word"]


def test_a_faultless_answer(site: Site) -> None:
    assert rules(site, ANSWER, "docs/faq/is-it.md", theme="Risks") == []


@pytest.mark.parametrize(
    ("body", "theme", "expected"),
    [
        (ANSWER, None, "front-matter"),
        (ANSWER.replace("[end:answer]", "[end:reply]"), "Risks", "answer"),
        (ANSWER.replace("[help](../help.md)", "help"), "Risks", "answer"),
        (ANSWER.replace("Yes.", "Yes, yes, yes.\n\n" * 27), "Risks", "long-answer"),
        (ANSWER.replace("Yes.", "Yes, yes, yes.\n\n" * 20), "Risks", "long-answer"),
    ],
)
def test_wrong_answers(site: Site, body: str, theme: str | None, expected: str) -> None:
    found = {one.split()[1] for one in rules(site, body, "docs/faq/is-it.md", theme=theme)}
    assert expected in found


def test_only_answers_have_themes(site: Site) -> None:
    assert [one.split()[1] for one in rules(site, "Text.\n", theme="Risks")] == ["front-matter"]


def test_prose_is_measured_without_tables_and_marks_of_citation(site: Site) -> None:
    body = "## What?\n\nOne.[^a.b]\nTwo.\n\n| A |\n| --- |\n| b |\n\n- three\n\n![Four](a.svg)\n"
    found = prose_paragraphs(page_of(site, body))
    assert [(one.kind, one.line, [s.text for s in one.sentences]) for one in found if one.sentences] == [
        ("paragraph", 3, ["One.", "Two."]),
        ("item", 10, ["three"]),
    ]
    assert [s.line for s in found[0].sentences] == [3, 4]


def test_taught_terms_are_those_that_prose_uses(site: Site) -> None:
    body = "## A trial?\n\nSugar water is a Dextrose.\nSugar water again.\n"
    assert taught_terms(page_of(site, body), site.library) == ["Sugar water", "Dextrose"]
