"""Sentences beside the problems that tracing finds in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from plainwords.prose import read_prose
from plainwords.tracing import cited_keys, count_page, spans, trace_page

if TYPE_CHECKING:
    from plainwords.check import Site
    from plainwords.pages import Page

T = "[^example2020-trial."


def page_of(site: Site, body: str, **meta: object) -> Page:
    """Return a page for patients with this text and a front matter that claims nothing."""
    example = next(page for page in site.pages if page.source == "example.md")
    front = {"title": "An example", "description": "A page about an example.", "cites": (), **meta}
    return replace(example, meta=example.meta.model_copy(update=front), body=body, prose=read_prose(body))


def rules(site: Site, body: str, **meta: object) -> list[str]:
    found = trace_page(page_of(site, body, **meta), site.library)
    return [f"{problem.line} {problem.rule}" for problem in found]


def message(site: Site, body: str) -> str:
    (found,) = trace_page(page_of(site, body), site.library)
    return found.message


# ---- Where a text leads


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Prolotherapy is safe.\n", ["1 no-source"]),
        ("Ask them.\n{: .advice }\n", []),
        ("Adults took part.[^example2020-trial.design]\n", []),
        ("Adults took part.[^example2020-trial.design]\nThey liked it.\n", ["2 no-source"]),
        ("- Adults took part.[^example2020-trial.design]\n- They liked it.\n", ["2 no-source"]),
        ("They were:[^example2020-trial.design]\n\n- adults\n- people\n", []),
        ("They were.[^example2020-trial.design]\n\n- adults\n", ["3 no-source"]),
        ("| A |\n| --- |\n| They liked it. |\n", ["3 no-source"]),
        ('## Who? {: cites="example2020-trial.design" }\n\nThey were adults.\n', []),
        ("/// unknown\n\n- How long it lasts.\n\n///\n", []),
        ("Adults took part.[^example2020-trial.desing]\n", ["1 unknown-citation"]),
        ("Adults took part.[^exampel2020-trial.design]\n", ["1 unknown-citation"]),
        ('## Who? {: cites="example2020-trial.desing" }\n\nThey were adults.\n', ["3 unknown-citation"]),
    ],
)
def test_coverage(site: Site, body: str, expected: list[str]) -> None:
    assert rules(site, body) == expected


def test_a_page_about_the_site_needs_no_source(site: Site) -> None:
    assert rules(site, "We wrote 12 pages.\n", audience="trust") == []


def test_an_unknown_finding_is_told_with_the_known_ones(site: Site) -> None:
    assert message(site, "Adults took part.[^example2020-trial.size]\n") == (
        '"[^example2020-trial.size]": example2020-trial has no finding "size"; '
        "it has: design, pain, responders, score"
    )


def test_an_unknown_source_is_told_with_one_like_it(site: Site) -> None:
    assert message(site, "Adults took part.[^example2019-trial.design]\n") == (
        '"[^example2019-trial.design]": there is no data/sources/example2019-trial.yml '
        "(like it: example2020-trial, example2021-told, example2022-review); write [^key.finding]"
    )


def test_a_citation_covers_the_sentences_before_it_back_to_the_last(site: Site) -> None:
    body = "One.\nTwo.[^example2020-trial.design][^example2020-trial.pain]\nThree.[^example2020-trial.score]\n"
    (unit,) = page_of(site, body).prose.units
    found = [(span.line, span.citations) for span in spans(unit)]
    assert found == [
        (1, ("example2020-trial.design", "example2020-trial.pain")),
        (3, ("example2020-trial.score",)),
    ]


# ---- Numbers


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # the finding's own numbers, its forms, its time
        (f"The score rose by 15.3 points with sugar water.{T}score]", []),
        (f"The score rose by 15 points with sugar water.{T}score]", []),
        (f"The score rose by 7.7 points more than with salt water.{T}score]", []),
        (f"After one year the score rose.{T}score]", []),
        (f"After two years the score rose.{T}score]", ["1 number"]),
        (f"The score rose by 16 points with sugar water.{T}score]", ["1 number"]),
        (f"The score rose by sixteen points with sugar water.{T}score]", ["1 number"]),
        # the source's: people, weeks, facts, year, scale
        (f"90 adults had pain for three months.{T}design]", []),
        (f"In 2020, the scale went from 0 to 100.{T}design]", []),
        (f"They had shots at weeks 1, 5 and 52.{T}design]", []),
        (f"In 2019, adults took part.{T}design]", ["1 number"]),
        # units
        (f"90 weeks went by.{T}design]", ["1 number"]),
        (f"90 of the people came.{T}design]", []),
        # shares
        (f"It eased in 15 of 30 people with sugar water.{T}responders]", []),
        (f"It eased in 50 of 100 people with sugar water.{T}responders]", []),
        (f"It eased in half of the people with sugar water.{T}responders]", []),
        (f"It eased in 15 of 90 people with sugar water.{T}responders]", ["1 number"]),
        (f"It eased in a quarter of the people with sugar water.{T}responders]", ["1 number"]),
        # how many sources are cited
        (f"Two trials took place.{T}design][^example2022-review.harm]", ["1 direction"]),
        (f"Nine trials took place.{T}design]", ["1 number"]),
        # a number of something else is no count of trials
        (f"Three groups took part.{T}design]", []),
        (f"Three shots were given.{T}design]", ["1 number"]),
        (f"Three trials took place.{T}design]", ["1 number"]),
        (f"100 studies took place.{T}design]", ["1 number"]),
        (
            f"A later review reports that two studies were small.{T}design]"
            "[^example2022-review.trials][^example2021-told.result]",
            [],
        ),
        (f"A 2020 review of 2 trials told of it.{T}design][^example2022-review.trials]", []),
        # telephone numbers
        ("Call 0800 999 9999.[^example2022-review.help-line]", []),
        ("Call 0800-999-9999.[^example2022-review.help-line]", []),
        ("Call 0800 999 9990.[^example2022-review.help-line]", ["1 number"]),
        # no claims
        (f"No one knows, and one of them said so.{T}design]", []),
    ],
)
def test_numbers(site: Site, sentence: str, expected: list[str]) -> None:
    found = [one for one in rules(site, sentence + "\n") if "direction" not in one or expected]
    assert [one for one in found if one != "1 direction"] == [one for one in expected if one != "1 direction"]


@pytest.mark.parametrize("mark", ["advice", "definition", "not-known"])
def test_a_marked_text_holds_no_number(site: Site, mark: str) -> None:
    assert rules(site, f"Ask 7 people.\n{{: .{mark} }}\n") == ["1 number"]


def test_a_way_through_the_site_may_hold_a_number(site: Site) -> None:
    assert rules(site, "See the 7 pages.\n{: .navigation }\n") == []


def test_numbers_are_checked_in_every_text_that_a_reader_gets(site: Site) -> None:
    table = "| 73 |\n| --- |\n| 74 |\n\n/// table-caption\nNo 75.[^example2020-trial.design]\n///\n"
    body = f"## 71?\n\n![72](a.svg)\n\n{table}"
    meta = {"title": "Is it 76?", "description": "It is 77."}
    found = trace_page(page_of(site, body, **meta), site.library)
    said = [problem.message.split('"')[1] for problem in found if problem.rule == "number"]
    assert sorted(said) == ["71", "72", "73", "74", "75", "76", "77"]


def test_a_wrong_number_is_told_with_those_allowed(site: Site) -> None:
    said = message(site, "The review holds nine trials.[^example2022-review.trials]\n")
    assert said.startswith('"nine" (trials) is not a number of the findings cited (example2022-review)')
    assert "2022" in said


# ---- Arms


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It rose by 15.3 points with sugar water and 7.6 with salt water.", []),
        ("Sugar water gave 15.3 points and salt water 7.6.", []),
        ("It rose by 7.6 points with sugar water and 15.3 with salt water.", ["1 arms"]),
        ("Salt water gave 15.3 points and sugar water 7.6.", ["1 arms"]),
        ("It rose by 15.3 and 7.6 points.", ["1 arms"]),
        ("It rose by 15.3 points with sugar water, and by 7.6.", ["1 arms"]),
        ("It rose by 15.3 points with salt water.", ["1 arms"]),
        ("It rose by 15.3 points.", []),
        ("It rose by 15.3 points with dextrose and 8.2 with exercise.", []),
        ("It rose by 8.2 points with dextrose and 15.3 with exercise.", ["1 arms"]),
    ],
)
def test_arms(site: Site, sentence: str, expected: list[str]) -> None:
    assert rules(site, sentence + T + "score]\n") == expected


def misplaced(site: Site, body: str) -> list[str]:
    """Return what is told of numbers in a column that is another group's."""
    told = (problem.message for problem in trace_page(page_of(site, body), site.library))
    return [message for message in told if "stands under" in message]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("Score | 15.3 points | 7.6 points", []),
        ("Score | 7.6 points | 15.3 points", ["7.6", "15.3"]),
        ("Score | not told | 15.3 points", ["15.3"]),
        ("Score | more than 8.2 points | not told", ["8.2"]),
        ("Score after 52 weeks, 15.3 points | 52 weeks | not told", []),
    ],
)
def test_a_column_headed_by_a_group_holds_its_numbers_only(site: Site, row: str, numbers: list[str]) -> None:
    body = f"| What | Sugar water | Salt water |\n| --- | --- | --- |\n| {row}{T}score] |\n"
    assert [message.split('"')[1] for message in misplaced(site, body)] == numbers


def test_a_number_in_the_wrong_column_is_told_with_its_group(site: Site) -> None:
    body = f"| What | Sugar water |\n| --- | --- |\n| Score rose | 7.6 points{T}score] |\n"
    assert misplaced(site, body) == ['"7.6" stands under "Sugar water"; in the record it is "salt-water shots"']


def test_a_column_of_another_table_is_not_meant(site: Site) -> None:
    body = (
        f"| What | Salt water |\n| --- | --- |\n| Score rose | 7.6 points{T}score] |\n\n"
        f"| What | Sugar water |\n| --- | --- |\n| Score rose | 15.3 points{T}score] |\n"
    )
    assert misplaced(site, body) == []


# ---- Direction


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (f"Sugar water reduced pain.{T}pain]", ["1 direction"]),
        (f"Sugar water made pain worse.{T}pain]", ["1 direction"]),
        (f"Pain was measured.{T}pain]", ["1 direction"]),
        (f"For pain there was no clear difference.{T}pain]", []),
        (f"Sugar water did not reduce pain.{T}pain]", []),
        (f"The knee score did not rise.{T}score]", ["1 direction"]),
        (f"The knee score rose more with sugar water.{T}score]", []),
        (f"The knee score got worse with sugar water.{T}score]", ["1 direction"]),
        (f"The knee score was no worse and improved.{T}score]", []),
        ("The shots helped.[^example2022-review.harm]", ["1 direction"]),
        ("The shots harmed people.[^example2022-review.harm]", []),
        (f"Sugar water reduced pain.{T}design]", []),
        (f"The score rose, and pain was looked at.{T}score]{T}pain]", ["1 direction"]),
        (f"The score rose more, but for pain there was no clear difference.{T}score]{T}pain]", []),
        (f"The score rose less, with no clear difference in pain.{T}score]{T}pain]", ["1 direction"]),
        (f"The score got better or worse.{T}score]", ["1 direction"]),
        (f"For pain there was clear difference, and pain did not ease.{T}pain]", ["1 direction"]),
        (f"For pain there was no\nclear difference, nor any clear difference later.{T}pain]", []),
        (f"There was a clear difference in the score, but not in pain, which did not ease.{T}score]{T}pain]", []),
        (f"The knee score fell.{T}score]", ["1 direction"]),
        (f"The knee score fell at first and then rose.{T}score]", []),
        (f"Pain eased, and some got worse.{T}responders][^example2022-review.harm]", []),
        (f"Pain eased.{T}responders][^example2022-review.harm]", ["1 direction"]),
        (f"Some got worse.{T}responders][^example2022-review.harm]", ["1 direction"]),
        (f"| A |\n| --- |\n| Pain: 52 weeks{T}pain] |", ["3 direction"]),
        (f"| A |\n| --- |\n| Pain: trials disagree{T}pain] |", []),
        (f"| A |\n| --- |\n| Pain: no clear difference{T}pain] |", []),
    ],
)
def test_direction(site: Site, sentence: str, expected: list[str]) -> None:
    assert rules(site, sentence + "\n") == expected


def test_a_description_says_what_its_findings_say(site: Site) -> None:
    meta = {"description": "Sugar water reduced pain in a trial.", "cites": ("example2020-trial.pain",)}
    assert [rule.split()[1] for rule in rules(site, "", **meta)] == ["direction"]


def test_a_list_says_what_the_finding_of_its_lead_in_says(site: Site) -> None:
    body = f"There was no difference in:{T}pain]\n\n- pain reduced by shots\n"
    assert rules(site, body) == ["3 direction"]


# ---- How it was read


def test_a_second_hand_result_is_told_as_such(site: Site) -> None:
    assert rules(site, "People got better.[^example2021-told.result]\n") == ["1 second-hand"]
    assert rules(site, "A later review reports that people got better.[^example2021-told.result]\n") == []


@pytest.mark.parametrize(("status", "word"), [("retracted", "was retracted"), ("concern", "expression of concern")])
def test_a_retracted_paper_is_no_source(site: Site, status: str, word: str) -> None:
    source = site.library.sources["example2020-trial"]
    assert source.retraction
    gone = source.model_copy(update={"retraction": source.retraction.model_copy(update={"status": status})})
    library = replace(site.library, sources={**site.library.sources, "example2020-trial": gone})
    (found,) = trace_page(page_of(site, f"Adults took part.{T}design]\n"), library)
    assert found.rule == "retracted"
    assert word in found.message


# ---- Counts


def test_texts_are_counted_by_what_covers_them(site: Site) -> None:
    body = f"Adults.{T}design]\n\nThey were:{T}design]\n\n- adults\n\nAsk.\n{{: .advice }}\n\nNothing.\n"
    counts = count_page(page_of(site, body))
    assert str(counts) == "2 cited, 1 by what they hang on, 1 advice"


def test_cited_keys_are_those_of_text_and_front_matter(site: Site) -> None:
    body = f'## Who? {{: cites="example2020-trial.score" }}\n\nAdults.{T}design]\n'
    page = page_of(site, body, cites=("example2020-trial.pain",))
    assert cited_keys(page) == {f"example2020-trial.{name}" for name in ("score", "design", "pain")}
