"""Front matter: a closed, ordered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.pages import address_of

if TYPE_CHECKING:
    from tests.conftest import Workbench

PAGE = "docs/example.md"


@pytest.mark.parametrize(
    ("source", "address"),
    [("index.md", ""), ("a.md", "a/"), ("risks/index.md", "risks/"), ("faq/does-it-hurt.md", "faq/does-it-hurt/")],
)
def test_addresses(source: str, address: str) -> None:
    assert address_of(source) == address


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("audience: patient", "audience: doctors", 5, "audience: Input should be 'patient' or 'trust' (here"),
        ("audience: patient", "audience: patient\nauthor: Example", 6, "author: is not a known key"),
        ("due: 2027-11-23\n", "", 2, "due: is missing"),
        ("due: 2027-11-23", "due: 2026-11-23", 2, "due (2026-11-23) must be later than checked (2026-11-23)"),
        ("due: 2027-11-23", "due: 2029-11-23", 2, "more than two years after checked"),
        ("due: 2027-11-23", "due: 2027-02-29", 2, '"2027-02-29" is no day of the calendar'),
        ("due: 2027-11-23", "due: next year", 7, "due: String should match pattern"),
        ("cites: [example2020-trial.score]", "cites: [example2020-trial]", 4, "cites.0: String should match pattern"),
        ("description: In a made-up", "description: short\nx: In a made-up", 3, "description: String should have"),
        ("searched: 2026-11-23", "theme: Colours", 8, "theme: Input should be 'What it is'"),
    ],
)  # fmt: skip
def test_a_wrong_front_matter_is_named_with_its_line(
    bench: Workbench, old: str, new: str, line: int, message: str
) -> None:
    bench.replace(PAGE, old, new)
    told = [one for one in bench.problems() if one.startswith(f"{PAGE}:{line}: record: ")]
    assert any(message in one for one in told), bench.problems()


def test_keys_stand_in_order(bench: Workbench) -> None:
    bench.replace(PAGE, "due: 2027-11-23\nsearched: 2026-11-23", "searched: 2026-11-23\ndue: 2027-11-23")
    assert bench.problems() == [
        f'{PAGE}:7: front-matter: "searched" stands in the wrong place; '
        "the order is: title, description, cites, audience, checked, due, searched"
    ]


def test_a_page_begins_with_its_front_matter(bench: Workbench) -> None:
    bench.write("docs/bare.md", "# A page\n")
    told = [one for one in bench.problems() if one.startswith("docs/bare.md")]
    assert told == ['docs/bare.md:1: front-matter: the page must begin with "---", its front matter, "---"']


def test_broken_yaml_is_named_with_file_line_and_remedy(bench: Workbench) -> None:
    bench.replace(PAGE, "title: Does sugar", "title: Knees: does sugar")
    told = [one for one in bench.problems() if one.startswith(PAGE)]
    assert told == [
        f"{PAGE}:2: yaml: this is not readable as YAML (mapping values are not allowed in this context); "
        'put quotes around a text that contains ": " or begins with a sign, and indent with spaces'
    ]


def test_a_page_knows_lines_and_address(bench: Workbench) -> None:
    page = bench.page("docs/help.md")
    assert (page.source, page.address) == ("help.md", "help/")
    assert page.document.line(("due",)) == 6
    assert page.prose.units[0].line == 9
    assert page.meta.due == "2027-11-23"
