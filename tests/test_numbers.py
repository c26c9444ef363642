"""Numbers as prose says them, each text beside what is read from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.numbers import Mention, find_numbers, phone_digits

if TYPE_CHECKING:
    from plainwords.library import Library


def brief(mention: Mention) -> str:
    """Write a mention as `value unit of denominator`, a fraction or a telephone number by itself."""
    said = mention.fraction or mention.phone or f"{mention.value:.10g}"
    unit = f" {mention.unit}" if mention.unit else ""
    return said + unit + (f" of {mention.of:g}" if mention.of else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nothing here.", []),
        # digits
        ("The score rose by 15.3 points.", ["15.3 points"]),
        ("It cost 1,234,567 dollars.", ["1234567 dollars"]),
        ("It cost 1,234.5 dollars.", ["1234.5 dollars"]),
        ("A change of -3.5 points.", ["3.5 points"]),
        ("From 10-15 days.", ["10", "15 days"]),
        ("Vitamin B12 and COVID-19 count as names.", []),
        ("The 21st century.", []),
        ("See https://example.org/123 for more.", []),
        ("It rose.[^example2020-trial.score-52w]", []),
        # words
        ("Two trials had ninety-one people.", ["2 trials", "91 people"]),
        ("One hundred and twenty adults.", ["120 people"]),
        ("two hundred thousand dollars", ["200000 dollars"]),
        ("Twice, a dozen times, pain doubled", ["2", "12", "2"]),
        ("Someone weighs a tendon.", []),
        # idioms
        ("No one knows, and one of them said so at first.", []),
        ("One trial and second-hand news.", ["1 trials"]),
        # fractions
        ("Half of them, a third, one quarter.", ["half", "a third", "a quarter"]),
        ("Two thirds and three-quarters.", ["two thirds", "three quarters"]),
        ("A half-day is no fraction.", []),
        # years
        ("A 2013 trial had people.", ["2013"]),
        ("It had 2200 people.", ["2200 people"]),
        # phones
        ("Call 1800 022 222 now.", ["1800022222"]),
        ("Call 1-800-FDA 1088 now.", ["1800FDA1088"]),
        ("Call 111 in England.", ["111"]),
        # units
        ("a 30-point gap over 3-month spans", ["30 points", "3 months"]),
        ("30 of the older knees", ["30"]),
        ("90 older, quite sore adults", ["90"]),
        ("90 older sore adults", ["90 people"]),
        ("15% dextrose", ["15 percent"]),
        ("9 mL at a visit", ["9 mL"]),
        ("weeks 1 and 5 of the trial", ["1", "5"]),
        # denominators
        ("69 of 472 people", ["69 people of 472", "472 people"]),
        ("5 out of every 30 people", ["5 people of 30", "30 people"]),
        ("12 people of the 40", ["12 people of 40", "40"]),
        ("15 points of 100", ["15 points of 100", "100"]),
        ("5 people. Of 30 adults", ["5 people", "30 people"]),
    ],
)
def test_find_numbers(text: str, expected: list[str], library: Library) -> None:
    found = find_numbers(text, library.wording, library.units)
    assert [brief(one) for one in found] == expected


def test_a_mention_knows_its_place(library: Library) -> None:
    text = "First[^a.b] it fell by three points."
    (found,) = find_numbers(text, library.wording, library.units)
    assert text[found.start : found.end] == found.said == "three"


def test_units_taken_for_each_other(library: Library) -> None:
    units = library.units
    assert units.same("trials", "studies")
    assert units.same("points", "points")
    assert not units.same("trials", "people")


def test_phone_numbers_are_compared_by_their_digits() -> None:
    assert phone_digits("+44 (0)800 999-9999") == "4408009999999"
