"""Records that are wrong in one way each, and what their author is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from plainwords.records import (
    Author,
    Finding,
    Form,
    Number,
    Reading,
    Reference,
    Review,
    Source,
    Spread,
    Trial,
    real_date,
)

if TYPE_CHECKING:
    from plainwords.library import Library
    from plainwords.records import Record
    from tests.conftest import Workbench

TOLD = "data/sources/example2021-told.yml"
TRIAL = "data/sources/example2020-trial.yml"
NUMBER = {"id": "dex", "value": 15.3, "unit": "points"}
FINDING = {"says": "It rose.", "where": "Abstract", "read": "abstract", "direction": "better"}


@pytest.mark.parametrize(
    ("model", "data", "message"),
    [
        (Author, {}, "an author has either family"),
        (Author, {"family": "Example", "literal": "Example Organisation"}, "an author has either family"),
        (Author, {"family": "  "}, "at least 1 character"),
        (Reference, {"type": "poem", "title": "An example", "PMID": "1"}, "Input should be 'article-journal'"),
        (Reference, {"type": "book", "title": "An example", "DOI": "doi:10.9/x"}, "match pattern"),
        (Reference, {"type": "book", "title": "An example", "PMID": "1", "issued": "May 2020"}, "match pattern"),
        (Reference, {"type": "book", "title": "An example", "URL": "javascript:alert(1)"}, "match pattern"),
        (Spread, {"kind": "SD"}, "a spread has either value, or low and high"),
        (Spread, {"kind": "SD", "value": 1, "low": 1, "high": 2}, "a spread has either value, or low and high"),
        (Spread, {"kind": "range", "low": 3, "high": 2}, "the low end 3.0 is above the high end 2.0"),
        (Form, {"say": "most", "how": "fraction"}, "Input should be 'half'"),
        (Form, {"say": 15, "how": "about"}, "match pattern"),
        (Number, {**NUMBER, "unit": "metres"}, "Input should be 'people'"),
        (Number, {**NUMBER, "at": "a year"}, "match pattern"),
        (Finding, {**FINDING, "numbers": [NUMBER, NUMBER]}, "two numbers of this finding have the same id"),
        (Finding, {**FINDING, "direction": "good"}, "Input should be 'better'"),
        (
            Finding,
            {**FINDING, "numbers": [{**NUMBER, "forms": [{"say": 16, "how": "rounded"}]}]},
            "number dex: 16 is no rounding of 15.3",
        ),
        (Trial, {"population": "adults", "arms": []}, "at least 1 item"),
        (Reading, {"id": "a", "part": "second-hand", "visible": "a row", "date": "2026-11-23"}, "go together"),
        (
            Reading,
            {"id": "a", "part": "abstract", "visible": "all", "date": "2026-11-23", "via": "example2022-review"},
            "go together",
        ),
        (
            Review,
            {"page": "a.md", "digest": "0" * 64, "reviewer": "a", "date": "2026-02-30", "scope": "all"},
            '"2026-02-30" is no day of the calendar',
        ),
        (
            Review,
            {"page": "../a.md", "digest": "0" * 64, "reviewer": "a", "date": "2026-02-03", "scope": "all"},
            "match pattern",
        ),
    ],
)
def test_wrong_parts(model: type[Record], data: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match="validation error") as caught:
        model.model_validate(data)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("kind: randomised trial", "kind: trial", 3,
         "kind: is none of the words possible here; type one of: systematic review, "),
        ("kind: randomised trial", "kind: randomised trial\nmood: good", 4, "mood: is not a known key"),
        ("did: Tested", "done: Tested", 0, "did: is missing; add it"),
        ("retraction: {status: none seen", "errata: []\nx: {status: none seen", 0, "x: is not a known key"),
        ("retraction: {status: none seen, looked: '2026-11-23', where: the page of the example}\n", "", 0,
         "retraction is missing; say where and when you looked"),
        ("id: dex, value: 15.3, unit: points, arm: dextrose", "id: dex, value: 15.3, unit: points, arm: sugar", 0,
         'findings.score: arm "sugar" is not an id under trial.arms'),
        ("main: [score, pain]", "main: [score, paint]", 0, 'trial.main: "paint" is not under findings:'),
        ("body: knee", "body: knees", 36,
         "trial.body: is none of the words possible here; type one of: head and neck, "),
        ("    where: Table 4\n    read: abstract", "    where: Table 4\n    read: paper", 0,
         'findings.pain.read: "paper" is not an id under read:'),
        ("say: 7.7, how: minus sal", "say: 8.7, how: minus sal", 0, '"minus sal" of 15.3 gives 7.7, not 8.7'),
        ("volume: '11'", "volume: 11", 13,
         'reference.volume: is read as a number or a list; put straight quotes around it (here: "11")'),
        ("did: Tested sugar water against salt water and exercise in 90 made-up adults.", "did:   # say it", 17,
         "did: is empty; fill it in"),
        ("kind: randomised trial", "kind:", 3, "kind: is empty; type one of: systematic review, randomised trial, "),
        ("weeks: [1, 5, 52]", "weeks: 1, 5", 38, "trial.weeks: expected a list: [one, two], or lines that begin"),
        ("value: 7.6", "value: 7,6", 61, '"6" stands where a key is expected; a decimal number has a point'),
        ("value: 7.6", "value: seven", 61, 'expected a number with a point, such as 15.3 (here: "seven")'),
        ("at: 52 weeks, forms: [{say: 8, how: rounded}]}\n      - {id: exe", "at: week 52}\n      - {id: exe", 61,
         'write a number and a unit of time, such as 52 weeks (here: "week 52")'),
        ("DOI: 10.9999/example.1", "DOI: https://doi.org/10.9999/example.1", 16,
         "reference.DOI: a DOI begins with 10. and has no https://doi.org/ before it"),
        ("  design:\n", "  The_design:\n", 47, "findings.The_design: use small letters a-z, 0-9 and single hyphens"),
    ],
)  # fmt: skip
def test_a_wrong_record_is_named_with_its_line(bench: Workbench, old: str, new: str, line: int, message: str) -> None:
    bench.replace(TRIAL, old, new)
    told = [one for one in bench.problems(made=False) if one.startswith(TRIAL) and ": record: " in one]
    assert any(message in one for one in told), told
    if line:
        assert any(one.startswith(f"{TRIAL}:{line}: ") for one in told), told


def test_a_source_that_readers_cannot_be_led_to_says_so_under_doubts(bench: Workbench) -> None:
    bench.replace(TOLD, "  PMID: '99999999'\n", "")
    told = [one for one in bench.problems() if one.startswith(TOLD)]
    assert any("give a DOI, PMID, PMCID or the URL" in one and "say so under doubts:" in one for one in told), told
    bench.replace(TOLD, "findings:\n", "doubts: [No address was seen.]\nfindings:\n")
    assert [one for one in bench.problems() if one.startswith(TOLD)] == []


def test_broken_yaml_is_named_with_file_line_and_remedy(bench: Workbench) -> None:
    bench.replace(TRIAL, "  title: An example trial", "  title: An example: a trial")
    (told,) = [one for one in bench.problems() if one.startswith(TRIAL)]
    assert told == (
        f'{TRIAL}:6: yaml: this is not readable as YAML: this line has a second ": " (put straight quotes around the '
        'text after the first: title: "Knees: an example"), or the line above lacks its ":", '
        "or the indent differs from its neighbours"
    )


def test_a_key_that_stands_twice_is_named(bench: Workbench) -> None:
    bench.replace(TRIAL, "kind: randomised trial", "kind: randomised trial\nkind: survey")
    assert f'{TRIAL}:4: double-key: "kind" stands twice here; keep one of them' in bench.problems()


def test_key_and_file_name_agree(bench: Workbench) -> None:
    bench.replace(TRIAL, "key: example2020-trial", "key: example2020-test")
    expected = f'{TRIAL}:2: record: key "example2020-test" and the file\'s name differ'
    assert expected in bench.problems(made=False)


def test_a_webpage_needs_no_word_on_retraction(library: Library) -> None:
    assert library.sources["example2022-review"].retraction is None


def test_a_reading_is_found_by_its_finding(library: Library) -> None:
    source: Source = library.sources["example2021-told"]
    assert source.reading_of(source.findings["result"]).via == "example2022-review"


def test_year() -> None:
    known = Reference.model_validate({"type": "book", "title": "An example", "PMID": "1", "issued": "2013-05"})
    unknown = Reference.model_validate({"type": "book", "title": "An example", "PMID": "1"})
    assert (known.year, unknown.year) == (2013, None)


@pytest.mark.parametrize("text", ["2026-13-01", "23.11.2026", "2026-02-29"])
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match="write it as 2026-11-23"):
        real_date(text)
