"""Sign-offs: bound to a text by its digest, current only while that text stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.library import load_library
from plainwords.reviews import page_digest, sign_offs

if TYPE_CHECKING:
    from tests.conftest import Workbench

PAGE = "docs/example.md"
TRIAL = "data/sources/example2020-trial.yml"
REVIEW = """\
page: example.md
digest: {digest}
reviewer: {reviewer}
date: '{date}'
scope: the whole text
"""


def digest(bench: Workbench) -> str:
    return page_digest(bench.root, bench.page(PAGE), load_library(bench.root))


def sign(bench: Workbench, name: str, date: str, reviewer: str = "example-reviewer") -> None:
    text = REVIEW.format(digest=digest(bench), reviewer=reviewer, date=date)
    bench.write(f"data/reviews/{name}.yml", text)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PAGE, "Ask what the shot holds.", "Ask what it holds."),
        (PAGE, "title: Does sugar water", "title: Will sugar water"),
        (PAGE, "description: In a made-up", "description: In one made-up"),
        (TRIAL, "says: After 52 weeks there was no clear", "says: After 52 weeks there was no"),
        (TRIAL, "id: dex, value: 15.3", "id: dex, value: 15.4"),
        (TRIAL, "where: Table 4", "where: Table 5"),
        ("docs/help.md", "Your knee swells.", "Your knee hurts."),
    ],
)
def test_what_a_reviewer_read_changes_the_digest(bench: Workbench, name: str, old: str, new: str) -> None:
    before = digest(bench)
    bench.replace(name, old, new)
    if "15.4" in new:
        bench.replace(name, ", {say: 7.7, how: minus sal}", "")
    assert digest(bench) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (PAGE, "checked: 2026-11-23", "checked: 2026-12-01"),
        (PAGE, "due: 2027-11-23", "due: 2027-12-01"),
        (PAGE, "searched: 2026-11-23", "searched: 2026-12-01"),
        ("docs/help.md", "Some signs need help at once.", "Some signs need help soon."),
        (TRIAL, "sure: One made-up trial.", "sure: A made-up trial."),
    ],
)
def test_dates_and_other_texts_do_not(bench: Workbench, name: str, old: str, new: str) -> None:
    before = digest(bench)
    bench.replace(name, old, new)
    assert digest(bench) == before


def test_a_sign_off_is_current_while_the_text_stands(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    (found,) = sign_offs(bench.root, bench.page(PAGE), load_library(bench.root))
    assert (found.current, found.reviewer.name) == (True, "Example Reviewer")
    bench.replace(PAGE, "Ask what the shot holds.", "Ask what it holds.")
    (found,) = sign_offs(bench.root, bench.page(PAGE), load_library(bench.root))
    assert not found.current


def test_the_newest_sign_off_comes_first(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    sign(bench, "second", "2026-12-24")
    found = sign_offs(bench.root, bench.page(PAGE), load_library(bench.root))
    assert [one.review.date for one in found] == ["2026-12-24", "2026-11-24"]


def test_another_page_is_not_signed(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    assert sign_offs(bench.root, bench.page("docs/help.md"), load_library(bench.root)) == []


def test_a_right_review_is_no_problem(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    assert bench.problems() == []


def test_a_review_names_a_page_and_a_reviewer_that_exist(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24", reviewer="nobody")
    bench.replace("data/reviews/first.yml", "page: example.md", "page: exemple.md")
    assert bench.problems() == [
        'data/reviews/first.yml:1: review: page: "exemple.md" is no page below docs/',
        'data/reviews/first.yml:1: review: reviewer: "nobody" is not in data/reviewers.yml',
    ]


def test_a_broken_review_is_named_with_its_line(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    bench.replace("data/reviews/first.yml", "scope: the whole text", "scope: ''")
    (told,) = bench.problems()
    assert told.startswith("data/reviews/first.yml:5: record: scope: is empty; fill it in")
