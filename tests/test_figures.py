"""Figures beside the records that they are drawn from: the numbers stand in words, the drawing says the same."""

from __future__ import annotations

import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import markdown
import pytest
from bs4 import BeautifulSoup

from plainwords.extensions.citations import UnknownCitationError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

T, REVIEW, TOLD = "example2020-trial", "example2022-review", "example2021-told"
NAMES = ("boxes", "figures", "citations", "glossary", "ledger")


def render(root: Path, text: str) -> Any:
    names = [f"plainwords.extensions.{name}" for name in NAMES]
    configs = {name: {"root": str(root)} for name in names}
    html = markdown.markdown(dedent(text), extensions=["attr_list", *names], extension_configs=configs)
    return BeautifulSoup(html, "xml" if html.startswith("<?xml") else "lxml")


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def block(name: str, body: str = "A caption.") -> str:
    return f"/// {name}\n{body}\n///\n"


# ---- People


def test_people_are_drawn_filled_and_outlined_and_told_in_words(faultless_tree: Path) -> None:
    soup = render(faultless_tree, block(f"people | {T}.responders", f"Who got better.[^{T}.responders]"))
    (figure,) = soup.select(".pw-figure--people")
    assert words(figure.select_one(".pw-figure__title")).startswith("Who got better.")
    (arm,) = figure.select(".pw-figure__arm")
    assert words(arm.p) == "50 of 100 sugar-water shots"
    (drawing,) = arm.select("svg")
    assert drawing["role"] == "img"
    assert drawing["aria-label"] == "100 people: 50 filled, 50 outlined"
    counts = {path["class"][0]: path["d"].count("v-6") for path in drawing.select("path")}
    assert counts == {"pw-on": 50, "pw-off": 50}


@pytest.mark.parametrize("share", [0, 7, 100])
def test_any_share_makes_100_people_within_the_drawing(bench: Workbench, share: int) -> None:
    whole = "value: 15, unit: people, of: 30, arm: dextrose, forms: [{say: 50, of: 100, how: of 100}, "
    bench.replace(
        f"data/sources/{T}.yml",
        whole + "{say: half, how: fraction}]",
        f"value: {share}, unit: people, of: 100, arm: dextrose, forms: [{{say: {share}, of: 100, how: of 100}}]",
    )
    (drawing,) = render(bench.root, block(f"people | {T}.responders")).select("svg")
    counts = {path["class"][0]: path["d"].count("v-6") for path in drawing.select("path")}
    assert counts == {name: count for name, count in (("pw-on", share), ("pw-off", 100 - share)) if count}
    moves = re.findall(r"M([\d.]+) ([\d.]+)", "".join(path["d"] for path in drawing.select("path")))
    assert len(set(moves)) == 200
    assert max(float(x) for x, _ in moves) < 336
    assert max(float(y) for _, y in moves) < 100


# ---- Bars


def test_bars_stand_on_the_whole_scale(faultless_tree: Path) -> None:
    soup = render(faultless_tree, block(f"bars | {T}.score"))
    arms = soup.select(".pw-figure__arm")
    assert [words(arm.p) for arm in arms] == [
        "15.3 points sugar-water shots", "7.6 points salt-water shots", "8.2 points home exercise",
    ]  # fmt: skip
    assert [arm.rect["width"] for arm in arms] == ["15.3%", "7.6%", "8.2%"]
    assert [arm.rect["class"] for arm in arms] == [["pw-bar--first"], ["pw-bar"], ["pw-bar"]]
    assert [text.get_text() for text in soup.select("svg text")] == ["0", "50", "100"]


def test_bars_of_a_scale_that_does_not_begin_at_nought(bench: Workbench) -> None:
    bench.replace(f"data/sources/{T}.yml", "low: 0, high: 100", "low: -50, high: 50")
    soup = render(bench.root, block(f"bars | {T}.score"))
    assert soup.rect["width"] == "65.3%"
    assert [text.get_text() for text in soup.select("svg text")] == ["-50", "0", "50"]


def test_bars_without_a_scale_stop_the_build_with_the_name_of_the_record(faultless_tree: Path) -> None:
    with pytest.raises(ValueError, match=f"{REVIEW}: a bar needs the ends of the scale"):
        render(faultless_tree, block(f"bars | {REVIEW}.harm"))


# ---- The evidence strip


def test_the_strip_counts_trials_people_and_how_they_came_out(faultless_tree: Path) -> None:
    soup = render(faultless_tree, block(f"evidence | {T}.score {T}.pain {REVIEW}.harm", "Do they agree?"))
    (strip,) = soup.select("dl.pw-strip")
    cells = [words(cell) for cell in strip.select("div")]
    assert cells[0].endswith(" 3")
    assert "180" in cells[1]
    assert cells[2].startswith("Do they agree?")
    columns = strip.select(".pw-dots > span")
    assert [len(column.select("circle")) for column in columns] == [1, 1, 1]
    assert [words(column)[-1] for column in columns] == ["1", "1", "1"]


def test_a_mixed_result_has_a_column_of_its_own(bench: Workbench) -> None:
    bench.replace(f"data/sources/{REVIEW}.yml", "direction: worse", "direction: mixed")
    soup = render(bench.root, block(f"evidence | {T}.score {REVIEW}.harm"))
    told = [words(column) for column in soup.select(".pw-dots > span")]
    assert told == ["worse: 0", "no clear difference: 0", "mixed: 1", "better: 1"]


def test_people_that_nobody_told_are_named(faultless_tree: Path) -> None:
    soup = render(faultless_tree, block(f"evidence | {T}.score {REVIEW}.harm"))
    assert len(soup.select(".pw-strip > div:nth-of-type(2) dd")) == 2


# ---- Tallies


@pytest.mark.parametrize(
    ("count", "strokes", "pieces"), [(1, 1, 1), (5, 5, 1), (7, 7, 1), (69, 69, 2), (472, 472, 10)]
)
def test_a_tally_has_a_stroke_for_each_report(faultless_tree: Path, count: int, strokes: int, pieces: int) -> None:
    soup = render(faultless_tree, block("tally", f"\n- Reports: {count}[^{T}.design]\n"))
    drawings = soup.select(".pw-tally__marks svg")
    lines = sum(path["d"].count("v14") + path["d"].count("l18-8") for path in soup.select(".pw-tally__marks path"))
    assert (lines, len(drawings)) == (strokes, pieces)
    assert soup.select_one("dd").get_text().startswith(str(count))
    assert soup.select_one(".pw-tally__marks")["aria-hidden"] == "true"


def test_where_nobody_counted_stands_an_empty_box(faultless_tree: Path) -> None:
    soup = render(faultless_tree, block("tally", f"\n- People treated: nobody counted them[^{T}.design]\n"))
    assert soup.select("dd .pw-box")
    assert not soup.select(".pw-tally svg")
    assert "nobody counted them" in words(soup.select_one(".pw-tally__words"))


# ---- All of them


@pytest.mark.parametrize("name", ["people", "bars", "evidence"])
def test_an_unknown_finding_stops_the_build(faultless_tree: Path, name: str) -> None:
    with pytest.raises(UnknownCitationError, match=r"example2020-trial\.size is no known finding"):
        render(faultless_tree, block(f"{name} | {T}.size"))


@pytest.mark.parametrize("name", [f"people | {T}.responders", f"bars | {T}.score", f"evidence | {T}.score"])
def test_no_drawing_needs_a_style_attribute_or_an_identifier(faultless_tree: Path, name: str) -> None:
    soup = render(faultless_tree, block(name))
    assert soup.select("svg")
    assert not soup.select("svg [style], svg [id], svg [fill], svg[style]")
    for drawing in soup.select("svg"):
        assert bool(drawing.get("aria-label")) != bool(
            drawing.get("aria-hidden") or drawing.find_parent(attrs={"aria-hidden": "true"})
        )
