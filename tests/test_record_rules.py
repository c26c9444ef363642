"""Records that are valid, and yet break a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.record_rules import link_host

if TYPE_CHECKING:
    from tests.conftest import Workbench

TRIAL = "data/sources/example2020-trial.yml"
TOLD = "data/sources/example2021-told.yml"
REVIEW = "data/sources/example2022-review.yml"
TERMS = "data/glossary.yml"
TOLD_LINE = "As told in a review, 6 of 40 people in a trial of 2021 got better.[^example2021-told.result]\n"
RATING = "    rating: {level: low, system: GRADE, by: example2022-review."


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        ("docs/example.md", TOLD_LINE,
         "",
         f"{TOLD}:2: unused-source: no page cites example2021-told; cite it or delete the file"),
        (TOLD, "via: example2022-review", "via: example2023-review",
         f'{TOLD}:16: record: via: "example2023-review" is no file in data/sources/'),
        (TRIAL, "  body: knee\n  main: [score, pain]\n", "",
         f"{TRIAL}:19: trial-list: trial.body is missing; body: and main: (findings that tell its result; [] where "
         "none was seen) put it into the list of trials"),
        (TRIAL, "visible: the whole example, date: '2026-11-23'", "visible: the whole example, date: '2026-11-31'",
         f'{TRIAL}:43: record: "2026-11-31" is no day of the calendar; write it as 2026-11-23'),
        (TRIAL, "looked: '2026-11-23'", "looked: '2026-13-01'",
         f'{TRIAL}:41: record: "2026-13-01" is no day of the calendar; write it as 2026-11-23'),
        (TRIAL, "    says: After 52 weeks there was", "    says: After 53 days there was",
         f'{TRIAL}:72: number: "53" (days) in findings.pain.says is no number of this record; '
         "if you saw it in the source, add {id: NAME, value: 53, unit: days} under its numbers:"),
        (TRIAL, "exercise in 90 made-up", "exercise in 91 made-up",
         f'{TRIAL}:17: number: "91" (people) in did is no number of this record; if you saw it in the source, '
         'add {value: 91, unit: people, what: "..."} under facts:'),
        (TRIAL, "    direction: no difference", f"    direction: no difference\n{RATING}nothing}}",
         f'{TRIAL}:76: record: rating.by: "example2022-review.nothing" is no known key.finding'),
        (REVIEW, "sure: A made-up", "sure: A miracle of a made-up",
         f"{REVIEW}:13: hype-word: “miracle” promises more than any trial has measured; "
         "say what was measured and how big the change was"),
        (TERMS, "meaning: A form of sugar that", "meaning: A form of sugar. It",
         f"{TERMS}:2: glossary: dextrose: the meaning must be one sentence of at most 25 words"),
        (TERMS, "meaning: A form of sugar that", "meaning: A form of 12 sugars that",
         f'{TERMS}:2: glossary: dextrose: "12" has no source; cite a finding in source: or in the note'),
        (TERMS, "holds two of them", "holds nine of them",
         f'{TERMS}:8: glossary: trial: "nine" has no source; cite a finding in source: or in the note'),
        (TERMS, "source: example2020-trial.design", "source: example2020-trial.desing",
         f'{TERMS}:8: glossary: trial: "example2020-trial.desing" is no known key.finding'),
        (TERMS, "see: [trial]", "see: [trail]",
         f'{TERMS}:2: glossary: dextrose: see: "trail" is no term here'),
        (TERMS, "also: [trials]", "also: [Sugar Water]",
         f'{TERMS}:2: glossary: dextrose: the name "sugar water" stands twice'),
        (TERMS, "slug: trial", "slug: dextrose",
         f'{TERMS}:8: glossary: trial: the slug "dextrose" stands twice'),
        (TERMS, "term: trial\n", "term: made-up miracle\n",
         f'{TERMS}:8: unused-term: no page uses "made-up miracle"; use it or leave it out'),
    ],
)  # fmt: skip
def test_wrong_records(bench: Workbench, name: str, old: str, new: str, expected: str) -> None:
    if "unused-term" in expected:
        bench.replace(TERMS, "  also: [trials]\n", "")
    bench.replace(name, old, new)
    assert expected in bench.problems()


def test_a_rating_by_a_finding_that_exists_is_right(bench: Workbench) -> None:
    bench.replace(TRIAL, "    direction: no difference", f"    direction: no difference\n{RATING}harm}}")
    assert bench.problems() == []


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://www.example.org/a", "example.org"), ("http://Data.Example.org:80/a", "data.example.org"), ("/a", "")],
)
def test_link_host(url: str, host: str) -> None:
    assert link_host(url) == host
