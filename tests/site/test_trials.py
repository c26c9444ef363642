"""The list of all trials: narrowed to a part of the body, put in order, and whole where scripts are off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwords.library import load_library
from tests.site.conftest import ROOT, TEMPLATES, go

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import Built, NewPage

ADDRESS = TEMPLATES["trials"]


def column(page: Page, at: int) -> list[str]:
    """The words of one column, in the rows that a reader sees."""
    rows = page.locator(".pw-table tbody tr").locator("visible=true").all()
    return [row.locator("th, td").nth(at).inner_text().strip() for row in rows]


def test_every_trial_of_the_injections_is_listed(site: Built) -> None:
    listed = {key for key, one in load_library(ROOT).sources.items() if one.trial and one.trial.body}
    rows = site.pages[ADDRESS].select(".pw-table tbody tr")
    linked = [str(row.select("td a")[0]["href"]).strip("./") for row in rows]
    assert len(listed) > 50
    assert sorted(linked) == sorted(listed)


def test_the_list_is_narrowed_to_a_part_and_widened_again(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        go(page, start + ADDRESS)
        every = column(page, 0)
        page.get_by_label("Show").select_option("Jaw")
        assert column(page, 0) == ["Jaw"] * every.count("Jaw") != []
        assert page.get_by_role("status").inner_text() == f"{every.count('Jaw')} rows"
        page.get_by_label("Show").select_option("All parts")
        assert column(page, 0) == every


def test_the_list_is_put_in_order(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + ADDRESS)
        before = column(page, 1)
        page.get_by_label("Order").select_option("Most people first")
        people = [int(words) if words.isdigit() else 0 for words in column(page, 2)]
        assert people == sorted(people, reverse=True)
        page.get_by_label("Order").select_option("Newest first")
        years = [int(name[-4:]) if name[-4:].isdigit() else 0 for name in column(page, 1)]
        assert years == sorted(years, reverse=True)
        page.get_by_label("Order").select_option("From head to foot")
        assert column(page, 1) == before


def test_without_scripts_the_whole_list_stands_and_no_choice_that_does_nothing(start: str, new_page: NewPage) -> None:
    with new_page(java_script_enabled=False) as page:
        page.goto(start + ADDRESS)
        assert page.locator(".pw-table tbody tr").count() > 50
        assert page.locator("select").count() == 0


def test_choices_are_large_enough_for_a_thumb_and_stay_off_paper(start: str, new_page: NewPage) -> None:
    with new_page(width=320) as page:
        go(page, start + ADDRESS)
        for choice in page.locator(".pw-sort select").all():
            box = choice.bounding_box()
            assert box
            assert box["height"] >= 44
            assert box["x"] + box["width"] <= 320
        page.emulate_media(media="print")
        assert not page.locator(".pw-sort").is_visible()
