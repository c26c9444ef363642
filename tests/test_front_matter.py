"""Front matter: a closed, ordered list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.pages import NO_FRONT_MATTER, address_of

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
        ("audience: patient", "audience: doctors", 5,
         "audience: is none of the words possible here; type one of: patient, trust (here"),
        ("audience: patient", "audience: patient\nauthor: Example", 6, "author: is not a known key"),
        ("due: 2027-11-23\n", "", 2, "due: is missing"),
        ("due: 2027-11-23", "due: 2026-11-23", 2, "due (2026-11-23) must be later than checked (2026-11-23)"),
        ("due: 2027-11-23", "due: 2029-11-23", 2, "more than two years after checked"),
        ("due: 2027-11-23", "due: 2027-02-29", 2, '"2027-02-29" is no day of the calendar'),
        ("due: 2027-11-23", "due: next year", 7, "due: write the day as year-month-day, such as 2026-11-23"),
        ("cites: [example2020-trial.score]", "cites: [example2020-trial]", 4, "cites.1: write key.finding, such as "),
        ("description: In a made-up", "description: short\nx: In a made-up", 3,
         "description: has 5 letters, expected at least 20"),
        ("searched: 2026-11-23", "theme: Colours", 8,
         "theme: is none of the words possible here; type one of: What it is, "),
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
    assert told == [f"docs/bare.md:1: front-matter: {NO_FRONT_MATTER}"]


def test_a_page_with_a_byte_order_mark_is_read(bench: Workbench) -> None:
    path = bench.root / PAGE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert bench.problems() == []


def test_a_page_in_another_encoding_is_named_with_its_line(bench: Workbench) -> None:
    path = bench.root / PAGE
    path.write_bytes(path.read_bytes().replace(b"due: 2027", b"due: \xfc2027"))
    told = [one for one in bench.problems() if one.startswith(PAGE)]
    assert told == [f"{PAGE}:7: encoding: a letter here is not in UTF-8; save the file as UTF-8 (Unicode)"]


@pytest.mark.parametrize(
    ("old", "new", "line", "remedy"),
    [
        ("title: Does sugar", "title: Knees: does sugar", 2, 'this line has a second ": " (put straight quotes'),
        ("audience: patient", "audience patient", 5, 'this line lacks its ": "; write "key: text", with a space'),
        ("audience: patient", "audience:patient", 5, 'this line lacks its ": "; write "key: text", with a space'),
        ("audience: patient", "\taudience: patient", 5, "a tab or a sign that means something in YAML stands"),
        ("title: Does sugar", "title: @Does sugar", 2, "a tab or a sign that means something in YAML"),
    ],
)
def test_broken_yaml_is_named_with_file_line_and_remedy(
    bench: Workbench, old: str, new: str, line: int, remedy: str
) -> None:
    bench.replace(PAGE, old, new)
    (told,) = [one for one in bench.problems() if one.startswith(PAGE)]
    assert told.startswith(f"{PAGE}:{line}: yaml: this is not readable as YAML: {remedy}")


def test_a_page_knows_lines_and_address(bench: Workbench) -> None:
    page = bench.page("docs/help.md")
    assert (page.source, page.address) == ("help.md", "help/")
    assert page.document.line(("due",)) == 6
    assert page.prose.units[0].line == 9
    assert page.meta.due == "2027-11-23"
