"""What the search knows of a page, and the list from A to Z."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from lxml import html as markup

from plainwords.search import Entry, a_to_z, entry_of, form, results, write_index

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<html><head><meta name="description" content="What it says."></head><body><nav>Menu</nav>
<article><h1>A <em>page</em></h1><div class="pw-stamp">Checked</div>
<p>Soreness is usual.<sup class="pw-cite"><a>1</a></sup> It passes.</p>
<ul class="pw-notes"><li>A note</li></ul><aside>Due</aside>
<section class="pw-sources"><p>A source</p></section></article></body></html>"""


def entry(address: str = "risks/", page: str = PAGE) -> Entry:
    found = entry_of(address, markup.document_fromstring(page))
    assert found
    return found


def test_the_text_is_what_readers_read_without_marks_notes_and_menus() -> None:
    assert entry() == Entry("A page", "risks/", "What it says.", "Soreness is usual. It passes.")


def test_a_bracket_stands_close_to_its_words() -> None:
    marked = PAGE.replace("It passes.", "A gel (<abbr>hyaluronic acid</abbr>), or none.")
    assert entry(page=marked).text == "Soreness is usual. A gel (hyaluronic acid), or none."


def test_of_a_word_the_beginning_is_enough_and_of_a_source_its_title() -> None:
    long = PAGE.replace("It passes.", "It passes. " * 200)
    assert len(entry("glossary/pain/", long).text) == 400
    assert entry("sources/one/", long) == Entry("A page", "sources/one/", "", "")
    assert len(entry("risks/", long).text) > 2000


@pytest.mark.parametrize("address", ["glossary/", "sources/", "faq/", "questions-does-it-work/", "search/"])
def test_a_list_is_found_by_its_title_alone(address: str) -> None:
    assert entry(address).text == ""


def test_a_page_without_a_heading_is_not_searched() -> None:
    assert entry_of("x/", markup.document_fromstring("<html><body><p>x</p></body></html>")) is None


ODD = Entry('<b>"Odd" & more</b>', "odd/", "'", "</script>")


def test_the_data_are_a_script_that_holds_texts_as_they_are(tmp_path: Path) -> None:
    data, lunr = write_index(tmp_path, [entry(), ODD])
    text = (tmp_path / data).read_text(encoding="utf-8")
    name, _, rows = text.partition("=")
    assert name == "pwSearchData"
    assert json.loads(rows)[1] == ['<b>"Odd" & more</b>', "odd/", "'", "</script>"]
    assert "lunr" in (tmp_path / lunr).read_text(encoding="utf-8")


def soup(text: str) -> Any:
    return BeautifulSoup(text, "lxml")


def test_the_list_has_every_page_but_the_start_and_sources_by_letter() -> None:
    named = [("Zinc", "glossary/zinc/"), ("aspirin", "glossary/aspirin/"), ("Ankle", "ankle/"), ("Start", ""),
             ("Rabago", "sources/rabago/")]  # fmt: skip
    page = soup(a_to_z([Entry(title, address, "", "") for title, address in named], "../"))
    assert [head.get_text() for head in page.select("h3")] == ["A", "Z"]
    assert [(link["href"], link.get_text()) for link in page.select(".pw-entries a")] == [
        ("../ankle/", "Ankle"), ("../glossary/aspirin/", "aspirin"), ("../glossary/zinc/", "Zinc"),
    ]  # fmt: skip
    for link in page.select(".pw-az a"):
        assert page.select_one(link["href"])


def test_titles_are_shown_as_written_and_sorted_by_their_first_letter() -> None:
    (link,) = soup(a_to_z([ODD], "")).select(".pw-entries a")
    assert link.get_text() == '<b>"Odd" & more</b>'
    assert link["href"] == "odd/"


def test_the_box_has_a_label_and_asks_no_server() -> None:
    page = soup(form("../", "What is <it>?") + results("../", "a.js", "b.js"))
    (box,) = page.select("input")
    (label,) = page.select(f"label[for={box['id']}]")
    assert label.get_text() == "What is <it>?"
    assert "name" not in box.attrs
    assert page.form["action"] == "../search/"
    (place,) = page.select("#results")
    assert (place["data-data"], place["data-lunr"], place["aria-live"]) == ("../a.js", "../b.js", "polite")
