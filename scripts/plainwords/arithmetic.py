"""The sums behind the forms in which prose may say a number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FRACTIONS = {
    "half": 1 / 2,
    "a third": 1 / 3,
    "two thirds": 2 / 3,
    "a quarter": 1 / 4,
    "three quarters": 3 / 4,
}
FRACTION_TOLERANCE = 0.03
ROUNDING_STEPS = (0.1, 0.5, 1, 5, 10, 50, 100, 500, 1000, 5000, 10000)
ROUNDING_LIMIT = 0.1
WEEKS = {"hours": 1 / 168, "days": 1 / 7, "weeks": 1.0, "months": 365.25 / 12 / 7, "years": 365.25 / 7}
SPAN_TOLERANCE = 0.03
TINY = 1e-6


def form_complaint(
    value: float, of: float | None, unit: str, say: float | str, how: str, others: Mapping[str, float]
) -> str | None:
    """Say what is wrong with a form of a number, or None: `value` (out of `of`) said as `say`, by `how`."""
    if isinstance(say, str):
        return _fraction_complaint(value, of, unit, say, how)
    if how == "rounded":
        return None if is_rounding(value, say) else f"{say:g} is no rounding of {value:g}"
    expected = _expected(value, of, unit, how, others)
    if isinstance(expected, str):
        return expected
    if abs(abs(say) - abs(expected)) > _half_step(say) + TINY:
        return f'"{how}" of {value:g} gives {expected:g}, not {say:g}'
    return None


def is_rounding(value: float, said: float) -> bool:
    """Whether `said` is `value` rounded, to a whole number or with an error of at most a tenth."""
    for step in ROUNDING_STEPS:
        multiple = abs(said / step - round(said / step)) < TINY
        near = abs(said - value) <= step / 2 + TINY
        if multiple and near and (step <= 1 or abs(said - value) <= ROUNDING_LIMIT * abs(value)):
            return True
    return False


def share(value: float, of: float | None, unit: str) -> float | None:
    """Return the share of one that a number stands for, if it has a denominator or is a percentage."""
    if of:
        return value / of
    return value / 100 if unit == "percent" else None


def same_span(first: float, first_unit: str, second: float, second_unit: str) -> bool:
    """Whether two spans of time are the same to within three in a hundred (52 weeks, 12 months, 1 year)."""
    if first_unit not in WEEKS or second_unit not in WEEKS:
        return False
    left, right = first * WEEKS[first_unit], second * WEEKS[second_unit]
    return abs(left - right) <= SPAN_TOLERANCE * max(abs(left), abs(right))


def _fraction_complaint(value: float, of: float | None, unit: str, say: str, how: str) -> str | None:
    part = share(value, of, unit)
    if how != "fraction" or part is None:
        return f'"{say}" needs how: fraction, and a number with of: or unit percent'
    if abs(part - FRACTIONS[say]) > FRACTION_TOLERANCE:
        return f"{value:g} is {part:.0%} of all; that is not {say}"
    return None


def _expected(value: float, of: float | None, unit: str, how: str, others: Mapping[str, float]) -> float | str:
    part = share(value, of, unit)
    verb, _, other = how.partition(" ")
    if verb in ("minus", "plus"):
        if other not in others:
            return f'"{how}" names no number of this finding'
        return value - others[other] if verb == "minus" else value + others[other]
    if part is None:
        return f'"{how}" needs a number with of: or unit percent'
    if how == "rest":
        return of - value if of else 100 - value
    return 100 - 100 * part if how == "rest of 100" else 100 * part


def _half_step(said: float) -> float:
    decimals = len(f"{said:g}".partition(".")[2])
    return float(0.5 * 10**-decimals)
