"""The alteration experiment: what it draws, and that it tells caught from missed."""

from __future__ import annotations

import random
import shutil
from typing import TYPE_CHECKING

import pytest

from plainwords import alter
from plainwords.alter import Alteration, Line, another_number, draw, lines_of, main, report, shown, try_all
from plainwords.check import load_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plainwords.alter import Drawer
    from plainwords.check import Site
    from plainwords.library import Library

T = "example2020-trial"
chance = random.Random


def line(library: Library, text: str, *citations: str) -> Line:
    cited = tuple(found for one in citations if (found := library.finding(one)))
    assert len(cited) == len(citations)
    return Line("docs/example.md", 7, text, cited)


def drawn(drawer: Drawer, one: Line, library: Library) -> list[str]:
    return [Alteration("any", one, edits).text for edits in drawer(one, library, chance(1))]


def test_numbers_change_but_not_those_of_links_and_citations(library: Library) -> None:
    text = "- It rose by 15.3 points in [2020](a2.md) for two.[^example2020-trial.score]"
    found = drawn(alter.numbers_changed, line(library, text, f"{T}.score"), library)
    assert len(found) == 2
    for one in found:
        assert one != text
        assert one.endswith("](a2.md) for two.[^example2020-trial.score]")


@pytest.mark.parametrize("digits", ["0", "1", "15", "007", "1800"])
def test_another_number_is_near_and_never_the_same(digits: str) -> None:
    for seed in range(50):
        found = another_number(digits, chance(seed))
        assert int(found) != int(digits)
        assert abs(int(found) - int(digits)) <= max(2, int(digits) // 3)


def test_number_words_change_and_fractions_stay(library: Library) -> None:
    found = drawn(alter.words_changed, line(library, "Two of 90 and half, no one.", f"{T}.design"), library)
    assert len(found) == 1
    assert found[0].endswith(" of 90 and half, no one.")
    assert not found[0].startswith("Two")
    assert found[0][0].isupper()


def test_numbers_of_different_groups_are_swapped(library: Library) -> None:
    text = "It rose by 15.3 points with sugar water, 7.6 with salt water after 52 weeks."
    assert drawn(alter.arms_swapped, line(library, text, f"{T}.score"), library) == [
        "It rose by 7.6 points with sugar water, 15.3 with salt water after 52 weeks."
    ]


def test_citations_move_to_findings_that_exist(library: Library) -> None:
    text = f"It rose.[^{T}.score][^example2022-review.harm]"
    found = drawn(alter.citations_moved, line(library, text, f"{T}.score"), library)
    assert len(found) == 2
    for one in found:
        first, second = (mark.partition("]")[0] for mark in one.split("[^")[1:])
        assert library.finding(first)
        assert library.finding(second)
        assert (first, second) != (f"{T}.score", "example2022-review.harm")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain did not fall.", ["Pain fall."]),
        ("There was no clear difference.", ["There was clear difference."]),
        ("It was no better and no worse.", ["It was better and no worse.", "It was no better and worse."]),
        ("Nobody asked.", []),
    ],
)
def test_negations_go(library: Library, text: str, expected: list[str]) -> None:
    assert drawn(alter.negations_removed, line(library, text, f"{T}.pain"), library) == expected
    assert drawn(alter.negations_removed, line(library, text, f"{T}.score"), library) == []


def test_directions_turn_round(library: Library) -> None:
    text = "It rose more, and pain was lower."
    assert drawn(alter.directions_turned, line(library, text, f"{T}.score"), library) == [
        "It fell more, and pain was lower.",
        "It rose less, and pain was lower.",
        "It rose more, and pain was higher.",
    ]
    assert drawn(alter.directions_turned, line(library, text, f"{T}.design"), library) == []


def test_lines_that_rest_on_findings(site: Site) -> None:
    (page,) = (page for page in site.pages if page.source == "example.md")
    text = (site.root / page.path).read_text(encoding="utf-8")
    found = lines_of(page, site.library, text)
    written = text.split("\n")
    assert all(one.text == written[one.number - 1] for one in found)
    said = [one.text for one in found]
    assert "- sugar water" in said
    assert any(one.startswith("| Knee score") for one in said)
    assert not any("How long it lasts" in one or "Ask what" in one or one.startswith("#") for one in said)


def lines(site: Site) -> Iterator[Line]:
    for page in site.pages:
        yield from lines_of(page, site.library, (site.root / page.path).read_text(encoding="utf-8"))


def test_the_same_seed_draws_the_same(site: Site) -> None:
    first = draw(lines(site), site.library, 12, chance(3))
    assert first == draw(lines(site), site.library, 12, chance(3))
    assert first != draw(lines(site), site.library, 12, chance(4))
    assert len(first) == 12
    assert {one.kind for one in first} == set(alter.DRAWERS)


def test_no_alteration_is_drawn_twice(site: Site) -> None:
    everything = draw(lines(site), site.library, 10_000, chance(1))
    places = [(one.kind, one.line.path, one.line.number, one.edits) for one in everything]
    assert len(set(places)) == len(places)


def test_caught_and_missed_are_told_apart_and_pages_put_back(project: Path) -> None:
    site = load_site(project)
    before = (project / "docs/example.md").read_text(encoding="utf-8")
    (target,) = (one for one in lines(site) if one.text == "The trial of 2020 had 90 adults.")
    start = target.text.index("90")
    wrong = Alteration("number", target, ((start, start + 2, "91"),))
    harmless = Alteration("number", target, ((start, start + 2, "90"),))
    caught, missed = try_all(site, [wrong, harmless])
    assert (caught.rules, missed.rules) == (("number",), ())
    assert (project / "docs/example.md").read_text(encoding="utf-8") == before
    told = "\n".join(report([caught, missed]))
    assert "had 90 adults.\n  → The trial of 2020 had 91 adults.\n    caught (number)" in told
    assert told.endswith("number         1 of   2 caught\nall            1 of   2 caught")


def test_a_source_that_nothing_cites_any_more_is_caught(project: Path) -> None:
    site = load_site(project)
    (target,) = (one for one in lines(site) if "[^example2021-told.result]" in one.text)
    start = target.text.index("example2021-told.result")
    moved = Alteration("citation", target, ((start, start + len("example2021-told.result"), f"{T}.design"),))
    (outcome,) = try_all(site, [moved])
    assert "unused-source" in outcome.rules


def test_a_change_is_shown_with_words_around_it(library: Library) -> None:
    text = "A long beginning of a sentence that rose by 15.3 points with sugar water and so on and on."
    start = text.index("15.3")
    before, after = shown(Alteration("number", line(library, text), ((start, start + 4, "16.3"),)))
    assert before == "a sentence that rose by 15.3 points with sugar water"
    assert after == before.replace("15.3", "16.3")


def test_the_command_reports_and_leaves_the_project_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    untouched = shutil.copytree(project, project.parent / "untouched")
    assert main(["--root", str(project), "--count", "6", "--seed", "1"]) == 0
    out = capsys.readouterr().out
    assert out.count("  → ") == 6
    assert out.endswith("drawn with --seed 1\n")
    for path in untouched.rglob("*.*"):
        assert path.is_dir() or path.read_bytes() == (project / path.relative_to(untouched)).read_bytes()


@pytest.mark.parametrize("arguments", [["--count", "0"], ["--count", "many"], ["--seed", "x"]])
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
