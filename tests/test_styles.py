"""What of the style sheets a page gets: the rules that it can use, and no others."""

from __future__ import annotations

import pytest

from plainwords.styles import classes_in, read_rules, style_for

SHEET = """
/* a note */
p { margin: 0; }
.pw-a { color: red; }
.pw-a .pw-b, .pw-c { color: blue; }
.pw-a:is(.pw-x, .pw-y) { color: green; }
a[href^="http"]::after { content: " (" attr(href) ")"; }
@font-face { font-family: "F"; src: url("../fonts/f.woff2"); }
@media (min-width: 48em) { .pw-a { color: white; } .pw-b { color: black; } }
@supports not selector(:popover-open) { .pw-c { display: none; } }
"""


def style(*classes: str) -> str:
    return style_for(read_rules([SHEET]), frozenset(classes))


def test_a_page_without_classes_gets_what_names_none() -> None:
    assert style() == (
        "p{margin:0}"
        'a[href^="http"]::after{content:" (" attr(href) ")"}'
        '@font-face{font-family:"F";src:url("../fonts/f.woff2")}'
    )


@pytest.mark.parametrize(
    ("classes", "there", "not_there"),
    [
        (
            ["pw-a"],
            [".pw-a{color:red}", "(min-width:48em){.pw-a{color:white}}"],
            ["color:blue", "black", "supports"],
        ),
        (["pw-a", "pw-b"], ["color:blue", ".pw-b{color:black}"], ["supports"]),
        (["pw-c"], ["color:blue", "@supports not selector(:popover-open){.pw-c{display:none}}"], ["red"]),
        (["pw-b"], [".pw-b{color:black}"], ["color:blue", ".pw-a{"]),
    ],
)
def test_a_rule_stays_where_all_classes_of_one_of_its_selectors_stand(
    classes: list[str], there: list[str], not_there: list[str]
) -> None:
    text = style(*classes)
    assert [part for part in there if part not in text] == []
    assert [part for part in not_there if part in text] == []


def test_noughts_before_a_point_go_and_no_others() -> None:
    sheet = "p { margin: 0.5em -0.25em 0 10.5em; color: rgb(0 0 0 / 0.5); inset: min(0.1em, 0px); }"
    text = style_for(read_rules([sheet]), frozenset())
    assert text == "p{margin:.5em -.25em 0 10.5em;color:rgb(0 0 0 / .5);inset:min(.1em,0px)}"


def test_classes_inside_is_do_not_count() -> None:
    """A script may add them later."""
    assert "color:green" in style("pw-a")


def test_the_order_of_rules_is_kept_over_several_sheets() -> None:
    rules = read_rules(["p { color: red; }", "p { color: blue; }"])
    assert style_for(rules, frozenset()) == "p{color:red}p{color:blue}"


def test_every_class_of_a_page_is_found() -> None:
    assert classes_in('<p class="a b-c">x</p><svg class="d"><path class="e"/></svg>') == {"a", "b-c", "d", "e"}
