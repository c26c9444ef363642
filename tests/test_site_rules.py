"""Addresses that live for ever, links, snippets, hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.site_rules import known_sources, listed

if TYPE_CHECKING:
    from plainwords.check import Site
    from tests.conftest import Workbench

ADDRESSES = "data/addresses.txt"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/gone/ -> /help/", None),
        ("/gone/ withdrawn", None),
        ("/gone/   withdrawn   # and why", None),
        ("# /gone/", None),
        (
            "/gone/",
            "/gone/ was published and is gone; bring the page back, or write "
            '"/gone/ -> /new/address/" or "/gone/ withdrawn"',
        ),
        ("/gone/ -> /nowhere/", '"/nowhere/" is no page; a redirect leads to a page that exists'),
        ("/gone/ -> help", '"help" is no page; a redirect leads to a page that exists'),
    ],
)
def test_addresses(bench: Workbench, line: str, expected: str | None) -> None:
    text = (bench.root / ADDRESSES).read_text(encoding="utf-8")
    bench.write(ADDRESSES, text + line + "\n")
    number = len(text.splitlines()) + 1
    assert bench.problems() == ([f"{ADDRESSES}:{number}: address: {expected}"] if expected else [])


def test_an_address_stands_once(bench: Workbench) -> None:
    path = bench.root / ADDRESSES
    lines = path.read_text(encoding="utf-8").splitlines()
    first = lines.index("/help/") + 1
    bench.write(ADDRESSES, "\n".join([*lines, "/help/", ""]))
    said = f"/help/ stands in line {first} already; keep one of the two"
    assert bench.problems(made=False) == [f"{ADDRESSES}:{len(lines) + 1}: address: {said}"]


def test_a_page_that_stands_cannot_be_withdrawn(bench: Workbench) -> None:
    bench.replace(ADDRESSES, "\n/help/\n", "\n/help/ withdrawn\n")
    (told,) = bench.problems()
    assert told.endswith('address: /help/ is a page, so "withdrawn" cannot hold')


def test_a_new_page_is_listed(bench: Workbench) -> None:
    bench.replace(ADDRESSES, "\n/help/\n", "\n")
    assert bench.problems(made=False) == [
        f"{ADDRESSES}:0: address: /help/ is not listed; scripts/generate adds new addresses"
    ]
    assert bench.problems() == []


@pytest.mark.parametrize(
    ("link", "rules"),
    [
        ("sources/example2020-trial.md", []),
        ("glossary/trial.md#top", []),
        ("#who-took-part", []),
        ("mailto:someone@example.org", []),
        ("tel:111", ["phone"]),  # the text of the link is no number
        ("https://www.example.org/page", []),
        ("https://example.com/page", ["link-host"]),
        ("https://example.org.example.com/page", ["link-host"]),
        ("sources/nothing.md", ["link"]),
        ("../help.md", ["link"]),
        ("/help.md", ["link"]),
        ("help/", ["link"]),
        ("//example.com/page", ["link"]),
    ],
)
def test_links(bench: Workbench, link: str, rules: list[str]) -> None:
    bench.replace("docs/example.md", "[the review](https://example.org/review)", f"[the review]({link})")
    assert [one.split(": ")[1] for one in bench.problems()] == rules


@pytest.mark.parametrize("snippet", ["help.md", "help.md:kard", "nothing.md:card"])
def test_snippets(bench: Workbench, snippet: str) -> None:
    bench.replace("docs/example.md", "help.md:card", snippet)
    (told,) = bench.problems()
    assert told.endswith(f'snippet: "{snippet}" is not to be found; write "folder/page.md:section"')


def test_a_picture_is_there(bench: Workbench) -> None:
    text = (bench.root / "docs/help.md").read_text(encoding="utf-8")
    bench.write("docs/help.md", text + "\n![A knee](knee.svg) ![A back](back.svg)\n{: .advice }\n")
    (told,) = bench.problems()
    assert told.endswith(': link: "back.svg" is no picture; give its path relative to this page')


@pytest.mark.parametrize("name", ["docs/My Page.md", "docs/Knee.MD", "docs/a_b.md"])
def test_a_page_has_a_name_that_can_be_an_address(bench: Workbench, name: str) -> None:
    bench.write(name, (bench.root / "docs/help.md").read_text(encoding="utf-8"))
    told = [one for one in bench.problems() if "file-name" in one]
    assert told == [f"{name}:0: file-name: rename it: a-z, 0-9 and single hyphens, then .md (my-page.md)"]


def test_what_must_be_mended_first_is_not_taken_for_gone(bench: Workbench) -> None:
    bench.replace("docs/help.md", "audience: patient", "audience patient")
    bench.replace("data/sources/example2020-trial.yml", "kind: randomised trial", "kind: RCT")
    assert [one.split(": ")[0:2] for one in bench.problems(made=False)] == [
        ["data/sources/example2020-trial.yml:3", "record"], ["docs/help.md:4", "yaml"],
    ]  # fmt: skip


def test_a_broken_glossary_is_all_that_is_told(bench: Workbench) -> None:
    bench.replace("data/glossary.yml", "- term: trial\n", "- term trial\n")
    (told,) = bench.problems(made=False)
    assert told.startswith("data/glossary.yml:")


def test_a_source_is_at_home_with_its_publisher(bench: Workbench) -> None:
    bench.replace(
        "data/sources/example2022-review.yml", "URL: https://example.org/review", "URL: https://copies.example.com/x"
    )
    (told,) = [one for one in bench.problems() if "link-host" in one and "sources" in one]
    assert told.startswith("data/sources/example2022-review.yml:10: link-host: ")


def test_pages_made_from_records_are_known(site: Site) -> None:
    known = known_sources(site.pages, site.library, {"index"})
    assert {"glossary/trial.md", "sources/example2020-trial.md", "help.md", "sources/index.md"} <= known


def test_no_source_has_the_name_of_a_list(bench: Workbench) -> None:
    old = bench.root / "data/sources/example2020-trial.yml"
    text = old.read_text(encoding="utf-8").replace("key: example2020-trial", "key: studies")
    bench.write("data/sources/studies.yml", text)
    told = [one for one in bench.problems(made=False) if "name of a list" in one]
    assert [one.partition(": ")[0] for one in told] == ["data/sources/studies.yml:1"]


def test_lists_may_be_missing(site: Site) -> None:
    assert listed(site.root, "data/nothing.txt") == []
