"""The sample: the same each time, drawn from cited sentences only, each number with its way to the source."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from plainwords.prose import read_prose
from plainwords.sample import draw, main, population, report

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.check import Site
    from plainwords.pages import Page

T = "[^example2020-trial."


def page_of(site: Site, body: str) -> Page:
    """Return a page with this text and a front matter that claims nothing."""
    example = next(page for page in site.pages if page.source == "example.md")
    meta = example.meta.model_copy(update={"title": "An example", "description": "A page.", "cites": ()})
    return replace(example, meta=meta, body=body, prose=read_prose(body))


def numbers(site: Site, body: str, *, claims: bool = False) -> list[str]:
    drawn = draw([page_of(site, body)], site.library, 99, 1, claims=claims)
    return sorted(one.sentence if claims else one.number for one in drawn)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"It rose by 15.3 points after 52 weeks.{T}score]\n", ["15.3", "52"]),
        (f"Of these, 46 of 100 did.{T}responders]\n", ["46 of 100"]),
        (f"A 2020 study of 90 adults ran.{T}design]\n", ["2020", "90"]),
        (f"They did well, 15.3 points.\nIn two groups.{T}score]\n", ["15.3", "two"]),
        (f"One of them rose.{T}score]\n", []),
        ("We wrote 12 pages.\n{: .navigation }\n", []),
        ("Ask 3 people.\n{: .advice }\n", []),
        (f"## In 2020?\n\nIt rose.{T}score]\n", []),
        (f"They were:{T}design]\n\n- 90 adults\n- people\n", ["90"]),
        (f"| A | B |\n| --- | --- |\n| Pain | 15.3 points{T}score] |\n", ["15.3"]),
    ],
)
def test_numbers_of_cited_sentences_are_drawn(site: Site, body: str, expected: list[str]) -> None:
    assert numbers(site, body) == expected
    assert population([page_of(site, body)], site.library) == len(expected)


def test_claims_are_cited_sentences_that_say_something_alone(site: Site) -> None:
    body = (
        f"Partly.\nKnees of adults got somewhat better.{T}score]\n\nAsk them for a list of prices.\n{{: .advice }}\n"
    )
    assert numbers(site, body, claims=True) == ["Knees of adults got somewhat better."]


def test_the_same_seed_draws_the_same(site: Site) -> None:
    first = draw(site.pages, site.library, 5, 7)
    assert first == draw(site.pages, site.library, 5, 7)
    assert len(first) == 5
    assert any(first != draw(site.pages, site.library, 5, seed) for seed in range(3))


def test_a_smaller_sample_is_the_front_of_a_larger_one(site: Site) -> None:
    assert draw(site.pages, site.library, 3, 7) == draw(site.pages, site.library, 6, 7)[:3]


def test_a_sentence_changed_on_one_page_draws_no_other_number_anew(site: Site) -> None:
    before = page_of(site, f"It rose by 15.3 points.{T}score]\n\nAfter 52 weeks they were asked.{T}score]\n")
    after = page_of(site, f"It grew by 15.3 points.{T}score]\n\nAfter 52 weeks they were asked.{T}score]\n")
    kept = [[one for one in draw([page], site.library, 99, 7) if one.number == "52"] for page in (before, after)]
    assert kept[0] == kept[1] != []


def test_every_number_may_be_drawn_and_none_twice(site: Site) -> None:
    body = f"It rose by 15.3 points.{T}score]\n\nIt rose by 15.3 points.{T}score]\n"
    assert numbers(site, body) == ["15.3", "15.3"]
    firsts = {draw(site.pages, site.library, 1, seed)[0].sentence for seed in range(40)}
    assert len(firsts) > 3


def test_a_number_comes_with_its_way_to_the_source(site: Site) -> None:
    (one,) = draw([page_of(site, f"It rose by 15.3 points.{T}score]\n")], site.library, 9, 1)
    (ground,) = one.grounds
    source, finding = (
        site.library.sources["example2020-trial"],
        site.library.sources["example2020-trial"].findings["score"],
    )
    reading = source.reading_of(finding)
    assert (one.page, one.line, one.sentence) == ("docs/example.md", 1, "It rose by 15.3 points.")
    assert ground.finding == "example2020-trial.score"
    assert "15.3 points" in ground.recorded[0]
    assert (ground.says, ground.where, ground.copy) == (finding.says, finding.where, reading.copy_)
    assert ground.part == f"{reading.part}: {reading.visible}"


def test_the_report_names_place_sentence_and_what_else_is_cited(site: Site) -> None:
    body = f"It rose by 15.3 points.{T}score]{T}design]\n"
    told = list(report(draw([page_of(site, body)], site.library, 9, 1)))
    assert told[:2] == ["1. docs/example.md:1: 15.3", "   It rose by 15.3 points."]
    assert told[2].startswith("   [example2020-trial.score] 15.3 points")
    assert "   cited too: example2020-trial.design" in told


def test_a_number_that_counts_the_sources_cited_says_so(site: Site) -> None:
    body = f"Three papers tell of it.{T}design][^example2021-told.result][^example2022-review.harm]\n"
    told = list(report(draw([page_of(site, body)], site.library, 9, 1)))
    assert told[0] == "1. docs/example.md:1: Three"
    assert [line for line in told if line.endswith("] one of the sources that the number counts")] == [
        "   [example2020-trial.design] one of the sources that the number counts",
        "   [example2021-told.result] one of the sources that the number counts",
        "   [example2022-review.harm] one of the sources that the number counts",
    ]


def test_the_command_prints_lines_and_json(faultless_tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(faultless_tree), "--count", "4", "--seed", "3"]) == 0
    lines = capsys.readouterr().out
    assert lines.splitlines()[-1].endswith("numbers in cited sentences, drawn with --seed 3")
    assert main(["--root", str(faultless_tree), "--count", "4", "--seed", "3", "--json"]) == 0
    drawn = json.loads(capsys.readouterr().out)
    assert len(drawn) == 4
    for index, one in enumerate(drawn, 1):
        assert f"{index}. {one['page']}:{one['line']}: {one['number']}" in lines


@pytest.mark.parametrize("arguments", [["--count", "0"], ["--count", "many"], ["--seed", "x"]])
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
