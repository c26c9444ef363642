"""Pages on paper: what stays, what goes, and that no sheet parts what belongs together."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.site.conftest import TEMPLATES, go

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import NewPage

FULL = 700  # letters on the first sheet of a source's page at least: its text begins there
HOME_SHEETS = 2  # it was 3 when its sources stood in one column
GONE = (".pw-mast__ways", ".pw-mast__parts", ".pw-thumb", "#menu", ".pw-feedback", ".pw-skip", ".pw-part",
        ".pw-search", ".pw-footer__links", ".pw-sources__back")  # fmt: skip


def on_paper(page: Page, address: str) -> None:
    go(page, address)
    page.emulate_media(media="print", color_scheme="dark")


@pytest.mark.parametrize("template", ["evidence", "risks", "answer", "word", "get-help"])
def test_on_paper_the_stamp_and_the_sources_stay_and_the_menus_go(
    start: str, new_page: NewPage, template: str
) -> None:
    with new_page(width=720) as page:
        on_paper(page, start + TEMPLATES[template])
        for part in ("h1", ".pw-stamp__review", ".pw-sources li", ".pw-sources a[href^=http]", ".pw-notes li"):
            assert page.locator(part).first.is_visible(), part
        for part in GONE:
            assert not page.locator(part).locator("visible=true").count(), part
        assert page.evaluate("document.documentElement.scrollWidth") <= 720
        address = page.locator(".pw-sources a[href^=http]").first
        printed = address.evaluate("one => getComputedStyle(one, '::after').content")
        assert str(address.get_attribute("href")) in printed


def test_on_paper_notes_stand_beside_their_claims(start: str, new_page: NewPage) -> None:
    with new_page(width=720) as page:
        on_paper(page, start + "evidence/knee-osteoarthritis/")
        note = page.locator(".pw-body > p:has(.pw-cite) + .pw-notes").first.bounding_box()
        text = page.locator(".pw-body > p:has(+ .pw-notes)").first.bounding_box()
        assert note
        assert text
        assert note["x"] >= text["x"] + text["width"]
        assert abs(note["y"] - text["y"]) < 60


def test_on_paper_everything_is_dark_on_white_and_folds_are_open(start: str, new_page: NewPage) -> None:
    with new_page(width=720) as page:
        on_paper(page, start + "sources/rabago2013-knee/")
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        fold = page.locator("details ul").first
        box = fold.bounding_box()
        assert box
        assert box["height"] > 10
        assert fold.is_visible()


def test_on_paper_a_page_without_notes_is_no_grid(start: str, new_page: NewPage) -> None:
    """A grid may not be split where Chromium wants to, and left the first sheet empty."""
    with new_page(width=720) as page:
        on_paper(page, start + "sources/rabago2013-knee/")
        assert page.locator(".pw-body").evaluate("one => getComputedStyle(one).display") == "block"
        assert len(sheets_of(page)[0]) > FULL
        on_paper(page, start + "risks/")
        assert page.locator(".pw-body").evaluate("one => getComputedStyle(one).display") == "grid"


def test_on_paper_a_table_is_a_table(start: str, new_page: NewPage) -> None:
    with new_page(width=720) as page:
        on_paper(page, start + "evidence/knee-osteoarthritis/")
        assert page.locator(".pw-table").first.evaluate("one => getComputedStyle(one).display") == "table"
        assert page.locator(".pw-table thead th").first.is_visible()


# ---- Where one sheet ends

LONG = {
    **{name: TEMPLATES[name] for name in ("risks", "questions", "evidence", "get-help")},
    "tennis elbow aid": "deciding/decision-aid-tennis-elbow/",  # long notes beside tables
    "comparing": "deciding/compare-injections/",
}
HEADINGS = """() => [...document.querySelectorAll(".pw-body > :is(h2, h3)")]
  .map((one) => [one, one.nextElementSibling])
  .filter(([, next]) => next && !next.matches(".pw-notes, h2, h3"))
  .map(([one, next]) => [one.textContent, next.textContent])"""
NOTES = """() => [...document.querySelectorAll(".pw-body > .pw-notes li")].map((one) => one.textContent)"""


def sheets_of(page: Page, paper: str = "A4") -> list[str]:
    """Return the letters on each sheet of a page that is printed, in the order of the text, without anything else."""
    return [letters(one.extract_text()) for one in PdfReader(BytesIO(page.pdf(format=paper))).pages]


def letters(text: str) -> str:
    """Return a text's letters alone: spaces, signs and numbers of sources may stand otherwise on paper."""
    return re.sub(r"[\W\d_]+", "", text)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("template", LONG)
def test_on_paper_a_heading_stands_on_the_sheet_of_its_text(
    start: str, new_page: NewPage, template: str, paper: str
) -> None:
    with new_page() as page:
        go(page, start + LONG[template])
        pairs = page.evaluate(HEADINGS)
        sheets = sheets_of(page, paper)
    assert len(pairs) > 3
    for heading, text in pairs:
        together = letters(heading) + letters(text)[:12]
        assert any(together in sheet for sheet in sheets), heading


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("template", LONG)
def test_on_paper_no_note_is_torn(start: str, new_page: NewPage, template: str, paper: str) -> None:
    with new_page() as page:
        go(page, start + LONG[template])
        notes = page.evaluate(NOTES)
        sheets = sheets_of(page, paper)
    assert len(notes) > 3
    for note in notes:
        assert any(letters(note) in sheet for sheet in sheets), note


def test_on_paper_the_emergency_card_is_whole_and_under_its_heading(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + "risks/")
        card = page.locator(".pw-care--emergency").evaluate("one => one.textContent")
        sheets = sheets_of(page)
    assert any(letters("When should I get help?" + card) in sheet for sheet in sheets)


def test_on_paper_the_home_page_takes_two_sheets(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start)
        assert len(sheets_of(page)) == HOME_SHEETS


def test_on_paper_the_letters_to_jump_to_go(start: str, new_page: NewPage) -> None:
    with new_page(width=720) as page:
        go(page, start + "glossary/")
        assert page.locator(".pw-az").is_visible()
        page.emulate_media(media="print")
        assert not page.locator(".pw-az").is_visible()


def test_on_paper_a_paper_is_found_by_one_written_address(start: str, new_page: NewPage) -> None:
    with new_page(width=720) as page:
        on_paper(page, start + "evidence/knee-osteoarthritis/")
        printed = page.locator(".pw-sources li").evaluate_all(
            """all => all.map((one) => [...one.querySelectorAll("a")]
              .map((link) => getComputedStyle(link, "::after").content).filter((words) => words.includes("http")))"""
        )
        assert len(printed) > 10
        assert {len(addresses) for addresses in printed} == {1}
        assert "doi.org" in printed[2][0]
