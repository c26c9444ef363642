"""The search page, and the box on the home page: words are found, no key is lost, no word leaves the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import ROOT, go, tab_to
from tests.site.test_tour import watch

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from tests.site.conftest import Built, NewPage

BOX = "#words"
WITH_BOX = [
    address for address in ("", "search/") if 'id="words"' in (ROOT / "site" / address / "index.html").read_text()
]
SLOW = 1500  # milliseconds by which the test holds scripts back


def results(page: Page) -> Locator:
    return page.locator("#results li a")


def ask(page: Page, words: str) -> list[str]:
    """Type words into the box, and return the addresses of what is found."""
    page.locator(BOX).press_sequentially(words)
    page.locator("#results").get_by_text(f"“{words}”").first.wait_for()
    return [urlsplit(link.evaluate("one => one.href")).path.lstrip("/") for link in results(page).all()]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("dextrose", "glossary/dextrose/"),
        ("hurts", "faq/does-it-hurt/"),
        ("dextrse", "glossary/dextrose/"),
        ("hepattis", "glossary/hepatitis-b/"),
        ("knee arthritis", "faq/does-it-help-knee-arthritis/"),
        ("osteoarthritis", "evidence/knee-osteoarthritis/"),
        ("insurance pay", "deciding/cost/"),
        ("is it safe", "faq/is-it-safe/"),
        ("prolotherapy side effects", "risks/"),
        ("knee injection side effects", "risks/"),
        ("how much", "deciding/cost/"),
        ("what is prolotherapy", "what-is-prolotherapy/"),
    ],
)
def test_the_page_that_is_looked_for_is_among_the_first(
    start: str, new_page: NewPage, words: str, wanted: str
) -> None:
    with new_page() as page:
        go(page, start + "search/")
        assert wanted in ask(page, words)[:5]


def test_a_result_leads_to_its_page_and_says_why_it_was_found(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        go(page, start + "search/")
        ask(page, "hepatitis")
        assert page.locator("#results mark").first.inner_text().lower() == "hepatitis"
        results(page).first.click()
        page.wait_for_url(lambda address: "/search/" not in address)
        assert "hepatitis" in page.locator("main").inner_text().lower()


def test_a_source_is_found_by_its_title_and_is_called_one(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + "search/")
        assert "sources/rabago2013-knee/" in ask(page, "Rabago")
        line = page.locator("#results li", has=page.locator('a[href$="sources/rabago2013-knee/"]')).locator("p")
        assert line.inner_text() == "One of our sources."


def test_words_that_are_nowhere_get_an_answer(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + "search/")
        assert ask(page, "qqqq") == []
        said = page.locator("#results").inner_text()
        assert said == "Nothing found for “qqqq”. Try another word, or look in the list below."
        assert page.locator("#results").get_attribute("aria-live") == "polite"


@pytest.mark.parametrize("words", ["*", "+-~^", 'title:"', "<b>bold</b>", "a", "(((", "\\", "%E0%A4%A", "in the"])
def test_no_words_break_the_search(start: str, new_page: NewPage, words: str) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, start + "search/")
        page.locator(BOX).press_sequentially(words)
        page.wait_for_load_state("networkidle")
        page.locator(BOX).fill(words + " dextrose")
        page.locator("#results li").first.wait_for()
        assert page.locator("#results b").count() == 0
        assert seen.faults == []


@pytest.mark.parametrize("broken", ["#q=%E0%A4%A", "#q=%", "#q=", "#other"])
def test_a_broken_address_leaves_the_search_in_order(start: str, new_page: NewPage, broken: str) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, start + "search/" + broken)
        assert "glossary/dextrose/" in ask(page, "dextrose")
        assert seen.faults == []


def test_the_first_keys_are_never_lost(start: str, new_page: NewPage) -> None:
    """What is typed before any script has arrived is searched once they have."""

    def hold(route: Route) -> None:
        page.wait_for_timeout(SLOW)
        route.continue_()

    with new_page() as page:
        page.route("**/assets/js/**", hold)
        page.goto(start + "search/", wait_until="commit")
        page.locator(BOX).press_sequentially("dextrose")
        assert not results(page).count()
        results(page).first.wait_for()
        assert page.locator(BOX).input_value() == "dextrose"
        assert page.locator("#results").inner_text().count("dextrose")


def test_the_index_is_loaded_only_when_somebody_searches(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, start + "search/")
        assert not [one for one in seen.asked if "search-data" in one or "lunr" in one]
        page.locator(BOX).focus()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        assert len([one for one in seen.asked if "search-data" in one or "lunr" in one]) == 2


@pytest.mark.parametrize("address", WITH_BOX)
def test_the_words_never_go_to_the_server(start: str, new_page: NewPage, address: str) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, start + address)
        page.locator(BOX).fill("shingles")
        page.keyboard.press("Enter")
        page.locator("#results p").first.wait_for()
        page.wait_for_load_state("networkidle")
        assert urlsplit(page.url).query == ""
        assert urlsplit(page.url).fragment == "q=shingles"
        assert [one for one in seen.asked if "shingles" in urlsplit(one)._replace(fragment="").geturl()] == []


def test_enter_on_the_home_page_searches(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        go(page, start)
        page.locator(BOX).fill("knee")
        page.locator(BOX).press("Enter")
        page.wait_for_url("**/search/#q=knee")
        results(page).first.wait_for()
        assert page.locator(BOX).input_value() == "knee"


def test_enter_on_the_home_page_searches_before_any_file_has_arrived(start: str, new_page: NewPage) -> None:
    """Its script stands in the page, so even the fastest reader's words are searched."""
    with new_page(width=360) as page:
        page.route("**/assets/js/page*", lambda route: route.abort())
        page.goto(start, wait_until="commit")
        page.locator(BOX).fill("knee")
        page.locator(BOX).press("Enter")
        page.wait_for_url("**/search/#q=knee")


def test_the_way_back_leads_back_to_what_was_searched(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + "search/")
        ask(page, "dextrose")
        results(page).first.click()
        page.wait_for_url(lambda address: "/search/" not in address)
        page.go_back()
        results(page).first.wait_for()
        assert page.locator(BOX).input_value() == "dextrose"


@pytest.mark.parametrize("width", [360, 1440])
def test_the_search_is_reached_and_used_by_key_alone(start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        go(page, start + "faq/does-it-hurt/")
        tab_to(page, ".pw-mast__search")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/")
        tab_to(page, BOX)
        page.keyboard.type("dextrose")
        results(page).first.wait_for()
        tab_to(page, "#results a")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda address: "/search/" not in address)


def test_without_scripts_the_list_from_a_to_z_stands_in_for_the_search(
    site: Built, start: str, new_page: NewPage
) -> None:
    listed = {
        address for address in site.texts if address and not address.startswith("sources/") and address != "search/"
    }
    with new_page(width=360, java_script_enabled=False) as page:
        page.goto(start + "search/")
        assert not page.locator(BOX).is_visible()
        links = page.locator(".pw-entries a").evaluate_all("all => all.map((one) => one.href)")
        assert {link.removeprefix(start) for link in links} >= listed
        page.locator(".pw-az a", has_text="K").click()
        page.locator(".pw-entries a", has_text="Knee osteoarthritis").click()
        assert page.url == start + "evidence/knee-osteoarthritis/"


def test_an_index_that_does_not_come_is_named_and_the_list_stays(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.route("**/search-data*", lambda route: route.abort())
        go(page, start + "search/")
        page.locator(BOX).fill("dextrose")
        page.locator("#results p").wait_for()
        assert page.locator("#results").inner_text() == "The search could not be loaded. Please use the list below."
        assert page.locator(".pw-entries a").first.is_visible()
