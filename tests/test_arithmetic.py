"""The sums of forms: each `how` said rightly and wrongly."""

from __future__ import annotations

import pytest

from plainwords.arithmetic import form_complaint, is_rounding, same_span, share

OTHERS = {"sal": 7.6, "dex": 15.3}


@pytest.mark.parametrize(
    ("value", "of", "unit", "say", "how"),
    [
        (15.3, None, "points", 15, "rounded"),
        (15.3, None, "points", 15.5, "rounded"),
        (472, None, "people", 470, "rounded"),
        (472, None, "people", 500, "rounded"),
        (36, 98, "people", 37, "of 100"),
        (37.2, None, "percent", 37, "of 100"),
        (36, 98, "people", 36.7, "percent"),
        (6, 40, "people", 34, "rest"),
        (63, None, "percent", 37, "rest"),
        (36, 98, "people", 63, "rest of 100"),
        (15, 30, "people", "half", "fraction"),
        (64.5, None, "percent", "two thirds", "fraction"),
        (15.3, None, "points", 7.7, "minus sal"),
        (15.3, None, "points", 8, "minus sal"),
        (7.6, None, "points", 7.7, "minus dex"),
        (15.3, None, "points", 22.9, "plus sal"),
    ],
)
def test_right_forms(value: float, of: float | None, unit: str, say: float | str, how: str) -> None:
    assert form_complaint(value, of, unit, say, how, OTHERS) is None


@pytest.mark.parametrize(
    ("value", "of", "unit", "say", "how", "complaint"),
    [
        (15.3, None, "points", 16, "rounded", "16 is no rounding of 15.3"),
        (7, None, "people", 10, "rounded", "10 is no rounding of 7"),
        (36, 98, "people", 36, "of 100", '"of 100" of 36 gives 36.7347, not 36'),
        (36, None, "people", 36, "of 100", '"of 100" needs a number with of: or unit percent'),
        (36, 98, "people", 38, "percent", '"percent" of 36 gives 36.7347, not 38'),
        (6, 40, "people", 36, "rest", '"rest" of 6 gives 34, not 36'),
        (36, 98, "people", 62, "rest of 100", '"rest of 100" of 36 gives 63.2653, not 62'),
        (15, 30, "people", "a third", "fraction", "15 is 50% of all; that is not a third"),
        (15, 30, "people", "half", "rounded", '"half" needs how: fraction, and a number with of: or unit percent'),
        (15, None, "points", "half", "fraction", '"half" needs how: fraction, and a number with of: or unit percent'),
        (15.3, None, "points", 8.7, "minus sal", '"minus sal" of 15.3 gives 7.7, not 8.7'),
        (15.3, None, "points", 7.7, "minus exe", '"minus exe" names no number of this finding'),
        (15.3, None, "points", 23, "plus dex", '"plus dex" of 15.3 gives 30.6, not 23'),
    ],
)
def test_wrong_forms(value: float, of: float | None, unit: str, say: float | str, how: str, complaint: str) -> None:
    assert form_complaint(value, of, unit, say, how, OTHERS) == complaint


@pytest.mark.parametrize(("value", "said"), [(14.18, 14.2), (14.18, 14), (96, 100), (1234, 1200), (0.34, 0.3)])
def test_roundings(value: float, said: float) -> None:
    assert is_rounding(value, said)


@pytest.mark.parametrize(("value", "said"), [(14.18, 14.3), (60, 100), (1234, 1300), (15.3, -15)])
def test_no_roundings(value: float, said: float) -> None:
    assert not is_rounding(value, said)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((52, "weeks"), (1, "years")),
        ((12, "months"), (1, "years")),
        ((26, "weeks"), (6, "months")),
        ((24, "hours"), (1, "days")),
    ],
)
def test_the_same_span(first: tuple[float, str], second: tuple[float, str]) -> None:
    assert same_span(*first, *second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((12, "weeks"), (3, "months")),
        ((50, "weeks"), (1, "years")),
        ((1, "weeks"), (1, "points")),
        ((1, "years"), (1, "months")),
    ],
)
def test_not_the_same_span(first: tuple[float, str], second: tuple[float, str]) -> None:
    assert not same_span(*first, *second)


def test_share() -> None:
    assert share(15, 30, "people") == 0.5
    assert share(37, None, "percent") == 0.37
    assert share(37, None, "people") is None
