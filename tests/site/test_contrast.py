"""Every text colour on every ground of ours, from the tokens: 7:1 or better, in both schemes (WCAG 1.4.6)."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
import tinycss2

from tests.site.conftest import ROOT, SCHEMES

if TYPE_CHECKING:
    from tests.site.conftest import Scheme

TOKENS = ("overrides/assets/css/tokens.css", "overrides/assets/css/tokens-more.css")
GROUNDS = ("paper", "tint")
TEXTS = ("ink", "ink-2", "link", "alert", "amber")
SIGNS = ("rule", "focus", "data", "link", "alert", "amber")  # drawings, borders and outlines that carry meaning: 3:1
ENOUGH, ENOUGH_FOR_SIGNS = 7, 3


def tokens(scheme: Scheme) -> dict[str, str]:
    """The colours of a scheme by name, without their prefix; the dark one changes only what it names."""
    css = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in TOKENS)
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    found = _colours([rule for rule in rules if rule.type == "qualified-rule"])
    if scheme == "dark":
        dark = [rule for rule in rules if rule.type == "at-rule" and "dark" in tinycss2.serialize(rule.prelude or [])]
        for rule in dark:
            found |= _colours(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
    return found


def _colours(rules: list[Any]) -> dict[str, str]:
    text = "".join(tinycss2.serialize(rule.content) for rule in rules)
    return dict(re.findall(r"--pw-([\w-]+):\s*(#[0-9a-f]{3,6})\b", text))


def luminance(colour: str) -> float:
    """Relative luminance of a colour "#rgb" or "#rrggbb" (WCAG 2.2)."""
    digits = colour.lstrip("#")
    pairs = [one * 2 for one in digits] if len(digits) == 3 else re.findall("..", digits)
    parts = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_sum_is_right() -> None:
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_has_seven_to_one(scheme: Scheme) -> None:
    named = tokens(scheme)
    pairs = [*product(TEXTS, GROUNDS), ("on-alert", "alert"), ("paper", "link"), ("paper", "ink")]
    low = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    assert {pair: round(value, 2) for pair, value in low.items() if value < ENOUGH} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_borders_and_outlines_that_mean_something_have_three_to_one(scheme: Scheme) -> None:
    named = tokens(scheme)
    low = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in product(SIGNS, GROUNDS)}
    assert {pair: round(value, 2) for pair, value in low.items() if value < ENOUGH_FOR_SIGNS} == {}


def test_no_style_sheet_has_a_text_colour_of_its_own() -> None:
    """Colours come from the tokens; print (black on white) is the one exception."""
    for path in sorted((ROOT / "overrides/assets/css").glob("*.css")):
        if path.name in {"tokens.css", "tokens-more.css", "print.css"}:
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert re.findall(r"(?<![-\w])color:(?!\s*(?:var\(|inherit|CanvasText|currentcolor))[^;}]+", text) == [], (
            path.name
        )
