"""The notes beside the text: one list straight after each block that cites, short, and said once a section."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import markdown
import pytest
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

T, REVIEW = "example2020-trial", "example2022-review"
NAMES = ("boxes", "citations", "glossary", "ledger")
FULL = "1Example 2020 trial, 90 people. Abstract, Results. summary read"


def render(root: Path, text: str) -> BeautifulSoup:
    names = [f"plainwords.extensions.{name}" for name in NAMES]
    configs = {name: {"root": str(root)} for name in names}
    extensions = ["attr_list", "tables", *names]
    return BeautifulSoup(markdown.markdown(dedent(text), extensions=extensions, extension_configs=configs), "lxml")


def notes(soup: BeautifulSoup) -> list[list[str]]:
    return [[" ".join(item.get_text().split()) for item in one.select("li")] for one in soup.select(".pw-notes")]


def test_a_note_follows_its_block_and_says_what_how_many_where_and_how_far(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"A.[^{T}.score]\n\nB.\n")
    (note,) = soup.select("p + .pw-notes")
    assert notes(soup) == [[FULL]]
    assert note["aria-hidden"] == "true"
    assert not note.select("a, [id]")
    assert note.select(".pw-depth--summary")


def test_a_source_is_told_in_full_once_a_section_and_its_place_where_it_changes(faultless_tree: Path) -> None:
    text = f"""
        A.[^{T}.score]

        B.[^{T}.pain]

        C.[^{T}.pain]

        ## More?

        D.[^{T}.score]
        """
    assert notes(render(faultless_tree, text)) == [[FULL], ["1Example 2020 Table 4"], ["1Example 2020"], [FULL]]


def test_a_place_that_is_a_question_ends_as_one(bench: Workbench) -> None:
    bench.replace(f"data/sources/{T}.yml", "where: Table 4", "where: Does it help?")
    assert notes(render(bench.root, f"C.[^{T}.pain]\n")) == [[FULL.replace("Abstract, Results.", "Does it help?")]]


def test_a_source_cited_twice_in_a_block_has_one_note(faultless_tree: Path) -> None:
    assert notes(render(faultless_tree, f"A.[^{T}.score] B.[^{T}.pain]\n")) == [[FULL]]


def test_two_sources_have_a_note_each_in_the_order_of_the_text(faultless_tree: Path) -> None:
    (found,) = notes(render(faultless_tree, f"A.[^{REVIEW}.harm] B.[^{T}.score]\n"))
    assert [one[0] for one in found] == ["1", "2"]
    assert found[0].startswith("1Example Organisation 2022 systematic review.")


def test_a_paragraph_that_leads_in_a_list_leaves_the_notes_to_it(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"The groups were:[^{T}.design]\n\n- one\n- two[^{T}.score]\n")
    assert len(soup.select(".pw-notes")) == 1
    assert soup.select("ul + .pw-notes")


@pytest.mark.parametrize(
    "text",
    [
        "No claim.\n",
        f"It is so.[^{T}.score]\n{{: .verdict }}\n",
        f"## Why? {{: cites='{T}.score' }}\n\nText.\n",
    ],
)
def test_no_notes_stand_beside_what_cites_nothing_a_verdict_or_a_line_of_sources(
    faultless_tree: Path, text: str
) -> None:
    assert notes(render(faultless_tree, text)) == []


def test_a_table_of_four_columns_may_cross_the_rule(faultless_tree: Path) -> None:
    for columns, wide in ((3, False), (4, True)):
        row = "|" + " a |" * columns
        table = f"{row}\n|{' --- |' * columns}\n{row}\n\n/// table-caption\nA.[^{T}.score]\n///\n"
        found = render(faultless_tree, table).select(".pw-wide:not(.pw-sources)")
        assert bool(found) == wide


def test_a_list_under_a_heading_for_finding_the_way_is_a_list_of_ways(faultless_tree: Path) -> None:
    soup = render(
        faultless_tree, "## What next? {: .navigation }\n\n- [Here](x.md)\n\n## More? {: .advice }\n\n- Ask.\n"
    )
    assert [one.get("class") for one in soup.select("ul")] == [["pw-next"], None]


def test_known_and_unknown_come_before_the_lede(faultless_tree: Path) -> None:
    text = """
        It is.
        {: .verdict }

        More of it.
        {: .lede }

        /// known

        - One.

        ///

        /// unknown

        - Two.

        ///
        """
    soup = render(faultless_tree, text)
    assert soup.body
    assert [(one.get("class") or [""])[0] for one in soup.body.find_all(recursive=False)] == [
        "verdict",
        "pw-split",
        "lede",
    ]


def test_a_cell_with_a_box_alone_is_a_box_to_tick_and_a_box_before_words_is_text(faultless_tree: Path) -> None:
    table = "| What | Yes | Note |\n| --- | --- | --- |\n| A. | \u2610 | \u2610 [words](a.md) |\n"
    cells = render(faultless_tree, table).select("td")
    assert [cell.has_attr("class") for cell in cells] == [False, True, False]
