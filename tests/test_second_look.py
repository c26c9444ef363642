"""The second look: the page tells of it what the data say, and what the data name exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from plainwords.library import load_library
from plainwords.records import Looked

if TYPE_CHECKING:
    from plainwords.records import SecondLook
    from tests.conftest import Workbench

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs/about/how-pages-are-made.md").read_text(encoding="utf-8")
ROWS = {
    "same": "The page says what the source says",
    "words mended": "The number is right, but the words were not exact; mended",
    "number mended": "The number was wrong; mended",
    "not opened": "Not every source could be opened again",
}
DRAW = """\
- date: 2026-11-25
  seed: 1
  out_of: 9
  looked:
    - {page: example.md, findings: [example2020-trial.score], number: '15.3', outcome: same}
"""


def draws() -> tuple[SecondLook, SecondLook]:
    numbers, claims = load_library(PROJECT).second_looks
    return numbers, claims


def row(label: str) -> tuple[int, int]:
    """Return the two counts of a row of the page's table."""
    found = re.search(rf"(?m)^\| {re.escape(label)} \| (\d+) \| (\d+) \|$", PAGE)
    assert found, label
    return int(found[1]), int(found[2])


def test_numbers_and_claims_are_two_draws() -> None:
    numbers, claims = draws()
    assert all(one.number for one in numbers.looked)
    assert all(one.claim for one in claims.looked)


@pytest.mark.parametrize("outcome", ROWS)
def test_the_page_tells_each_outcome_as_the_data_have_it(outcome: str) -> None:
    counts = [Counter(str(one.outcome) for one in draw.looked) for draw in draws()]
    assert row(ROWS[outcome]) == tuple(count[outcome] for count in counts)


def test_the_page_tells_how_many_were_drawn_and_from_how_many() -> None:
    assert row("Drawn") == tuple(len(draw.looked) for draw in draws())
    assert row("Drawn from") == tuple(draw.out_of for draw in draws())


def test_the_page_tells_when_and_with_which_command() -> None:
    numbers, claims = draws()
    assert f"What came out on {numbers.date} " in PAGE
    assert f"`scripts/sample --seed {numbers.seed}`" in PAGE
    assert f"`scripts/sample --seed {claims.seed} --claims --count {len(claims.looked)}`" in PAGE


def test_the_page_tells_how_many_are_only_years() -> None:
    numbers, _ = draws()
    years = [one for one in numbers.looked if re.fullmatch(r"(?:18|19|20)\d\d", one.number or "")]
    assert f"Of the {len(numbers.looked)} numbers, {len(years)} are years" in PAGE


def test_the_page_says_that_no_person_did_it() -> None:
    assert "no person has done it" in PAGE


def test_a_faultless_draw_has_no_problem(bench: Workbench) -> None:
    bench.write("data/second-look.yml", DRAW)
    assert bench.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("trial.score", "trial.scoer", '"example2020-trial.scoer" is no known key.finding'),
        ("page: example.md", "page: gone.md", "there is no docs/gone.md"),
    ],
)
def test_what_is_named_exists(bench: Workbench, old: str, new: str, told: str) -> None:
    bench.write("data/second-look.yml", DRAW.replace(old, new))
    assert bench.problems() == [f'data/second-look.yml:0: second-look: "15.3": {told}']


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"number": "5", "claim": "It rose."}, "give either number or claim"),
        ({}, "give either number or claim"),
        ({"number": "5", "outcome": "not opened"}, 'outcome "not opened" needs a note'),
        ({"number": "5", "findings": []}, "findings"),
        ({"number": "5", "outcome": "fine"}, "outcome"),
    ],
)
def test_a_look_is_told_whole(keys: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        Looked.model_validate({"page": "a.md", "findings": ["a.b"], "outcome": "same", **keys})
