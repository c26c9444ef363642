"""What opens beside a number or a word: by tap, key and hover; and the links that they are without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import go, has_focus, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.site.conftest import NewPage

ANSWER = "faq/does-it-hurt/"
LONG = "evidence/knee-osteoarthritis/"
NUMBER = "article .pw-cite a"
WORD = "article a.pw-term"
TRIGGERS = {"number": NUMBER, "word": WORD}


def popup(page: Page) -> Locator:
    return page.locator(".pw-popup")


def words(element: Locator) -> str:
    return " ".join(element.inner_text().split())


@pytest.mark.parametrize("kind", TRIGGERS)
@pytest.mark.parametrize("address", [ANSWER, LONG])
def test_a_click_opens_and_a_second_closes(start: str, new_page: NewPage, address: str, kind: str) -> None:
    with new_page() as page:
        go(page, start + address)
        opener = page.locator(TRIGGERS[kind]).first
        assert opener.get_attribute("aria-expanded") == "false"
        opener.click()
        assert popup(page).is_visible()
        assert opener.get_attribute("aria-expanded") == "true"
        assert urlsplit(page.url).fragment == ""
        opener.click()
        assert popup(page).count() == 0
        assert opener.get_attribute("aria-expanded") == "false"


@pytest.mark.parametrize("kind", TRIGGERS)
def test_the_keyboard_opens_escape_closes_and_the_focus_returns(start: str, new_page: NewPage, kind: str) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        tab_to(page, TRIGGERS[kind])
        opener = page.locator(TRIGGERS[kind]).first
        page.keyboard.press("Enter")
        assert popup(page).is_visible()
        assert popup(page).evaluate("one => one.contains(document.activeElement)")
        page.keyboard.press("Escape")
        assert popup(page).count() == 0
        assert has_focus(opener)


@pytest.mark.parametrize("kind", TRIGGERS)
def test_tab_goes_through_what_opened_and_then_on(start: str, new_page: NewPage, kind: str) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        tab_to(page, TRIGGERS[kind])
        page.keyboard.press("Enter")
        stops = []
        for _ in range(8):
            page.keyboard.press("Tab")
            if not popup(page).count():
                break
            stops.append(page.evaluate("document.activeElement.textContent"))
        assert stops[-1] == "Close"
        assert len(stops) >= 2
        assert page.evaluate("Boolean(document.activeElement.closest('article'))")


@pytest.mark.parametrize("kind", TRIGGERS)
def test_the_close_button_gives_the_focus_back(start: str, new_page: NewPage, kind: str) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        opener = page.locator(TRIGGERS[kind]).first
        opener.click()
        popup(page).get_by_role("button", name="Close").click()
        assert popup(page).count() == 0
        assert has_focus(opener)


@pytest.mark.parametrize("kind", TRIGGERS)
def test_a_click_elsewhere_closes(start: str, new_page: NewPage, kind: str) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        page.locator(TRIGGERS[kind]).first.click()
        page.mouse.click(1420, 500)  # beside the text, where nothing stands
        assert popup(page).count() == 0


def test_the_popup_of_a_number_holds_the_entry(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + LONG)
        numbers = page.locator(NUMBER)
        for index in (0, 3, 7):
            number = numbers.nth(index)
            number.click()
            entry = page.locator(f"li{number.get_attribute('href')}")
            parts = entry.locator("p:not(.pw-sources__back)")
            wanted = " ".join(" ".join((part.text_content() or "").split()) for part in parts.all())
            assert len(wanted) > 60, wanted
            assert words(popup(page)) == f"{wanted} Close"
            links = [link.get_attribute("href") for link in parts.locator("a").all()]
            assert [link.get_attribute("href") for link in popup(page).locator("a").all()] == links
            role, name = popup(page).get_attribute("role"), popup(page).get_attribute("aria-label")
            assert (role, name) == ("dialog", number.get_attribute("aria-label"))


def test_the_popup_of_a_word_holds_its_meaning_and_leads_on(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        word = page.locator(WORD).first
        said, meaning = words(word), word.get_attribute("data-meaning")
        word.click()
        assert words(popup(page)) == f"{said}: {meaning} More about this word Close"
        popup(page).get_by_role("link").click()
        assert urlsplit(page.url).path.startswith("/glossary/")
        assert page.locator(".verdict").inner_text() == meaning


@pytest.mark.parametrize("kind", TRIGGERS)
@pytest.mark.parametrize("width", [320, 360, 768])
def test_a_tap_opens_inside_the_screen(start: str, new_page: NewPage, kind: str, width: int) -> None:
    height = 640
    with new_page(width=width, height=height, has_touch=True, is_mobile=True) as page:
        go(page, start + LONG)
        openers = page.locator(TRIGGERS[kind])
        for index in range(0, openers.count(), 5):
            openers.nth(index).tap()
            box = popup(page).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["y"] + box["height"] <= height
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.keyboard.press("Escape")


def test_what_comes_to_lie_under_a_pointer_at_rest_opens_nothing(start: str, new_page: NewPage) -> None:
    """On a phone's width a popup may cover the number that opened it; when it goes, the pointer is on that again."""
    with new_page(width=360) as page:
        go(page, start + LONG)
        number = page.locator(NUMBER).nth(12)
        number.evaluate("one => scrollTo(0, one.getBoundingClientRect().bottom + scrollY - innerHeight + 90)")
        number.click()
        box, opener = popup(page).bounding_box(), number.bounding_box()
        assert box
        assert opener
        assert box["y"] < opener["y"], "the popup does not cover its number, so this shows nothing"
        page.keyboard.press("Escape")
        page.wait_for_timeout(600)
        assert popup(page).count() == 0
        page.mouse.move(5, 200)
        number.hover()
        popup(page).wait_for()


@pytest.mark.parametrize("kind", TRIGGERS)
def test_hover_opens_stays_while_read_and_escape_closes(start: str, new_page: NewPage, kind: str) -> None:
    """WCAG 1.4.13: what a pointer opens can be dismissed, pointed at, and stays."""
    with new_page() as page:
        go(page, start + ANSWER)
        page.locator(TRIGGERS[kind]).first.hover()
        popup(page).wait_for()
        popup(page).locator("p").first.hover()
        page.wait_for_timeout(500)
        assert popup(page).is_visible()
        page.keyboard.press("Escape")
        assert popup(page).count() == 0
        page.mouse.move(5, 5)
        page.locator(TRIGGERS[kind]).first.hover()
        popup(page).wait_for()
        page.mouse.move(5, 5)
        popup(page).wait_for(state="detached")


def test_a_second_popup_takes_the_place_of_the_first(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        page.locator(WORD).first.click()
        page.locator(NUMBER).last.dispatch_event("click")
        assert popup(page).count() == 1
        assert page.locator("article [aria-expanded=true]").all_inner_texts() == [
            page.locator(NUMBER).last.inner_text()
        ]


def test_a_click_on_a_word_and_then_rest_keeps_it_open_with_the_focus_inside(start: str, new_page: NewPage) -> None:
    """The pointer that clicks also hovers: what the click opened is not opened anew a moment later."""
    with new_page() as page:
        go(page, start + ANSWER)
        page.locator(WORD).first.click()
        page.wait_for_timeout(600)
        assert popup(page).get_attribute("data-hover") is None
        assert popup(page).evaluate("one => one.contains(document.activeElement)")


def test_what_opens_stands_where_html_lets_it(start: str, new_page: NewPage) -> None:
    """A popup straight after a list item or a cell would break list and table for screen readers."""
    with new_page() as page:
        go(page, start + LONG)
        for place in ("article li .pw-cite a", "article :is(td, th) .pw-cite a", "article p .pw-cite a"):
            for opener in page.locator(place).all()[:2]:
                opener.click()
                parent = popup(page).evaluate("one => one.parentElement.tagName")
                assert parent not in {"UL", "OL", "DL", "TR", "P"}, place
                page.keyboard.press("Escape")


PLACES = """() => [...document.querySelectorAll(".pw-body > *:not(.pw-popup)")]
  .map((one) => one.getBoundingClientRect()).map((box) => [box.x, box.y + scrollY].map(Math.round).join())"""


def test_what_opens_moves_nothing_on_the_page(start: str, new_page: NewPage) -> None:
    """On a wide screen, where notes stand beside claims: the popup is a neighbour of both, and takes no room."""
    with new_page() as page:
        go(page, start + LONG)
        for kind in TRIGGERS.values():
            openers = page.locator(f".pw-body > p:has({kind.removeprefix('article ')})").all()
            assert len(openers) > 5
            for opener in openers:
                before = page.evaluate(PLACES)
                opener.locator(kind.removeprefix("article ")).first.evaluate("one => one.click()")
                assert popup(page).count() == 1
                assert page.evaluate(PLACES) == before, words(opener)
                page.keyboard.press("Escape")


def test_a_click_with_a_modifier_key_follows_the_link(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        go(page, start + ANSWER)
        with page.context.expect_page() as opened:
            page.locator(WORD).first.click(modifiers=["Control"])
        opened.value.wait_for_url("**/glossary/**")
        assert page.locator(".pw-popup:not([data-hover])").count() == 0


def test_without_scripts_a_number_leads_to_its_entry_and_back(start: str, new_page: NewPage) -> None:
    with new_page(width=360, java_script_enabled=False) as page:
        go(page, start + ANSWER)
        number = page.locator(NUMBER).first
        place = number.get_attribute("id")
        number.click()
        assert urlsplit(page.url).fragment == "source-1"
        entry = page.locator("#source-1")
        assert in_sight(page, entry)
        entry.locator(".pw-sources__back a").first.click()
        assert urlsplit(page.url).fragment == place
        assert in_sight(page, number)


def test_without_scripts_a_word_leads_to_its_page(start: str, new_page: NewPage) -> None:
    with new_page(width=360, java_script_enabled=False) as page:
        go(page, start + ANSWER)
        word = page.locator(WORD).first
        meaning = word.get_attribute("data-meaning")
        word.click()
        assert page.locator(".verdict").inner_text() == meaning


def in_sight(page: Page, element: Locator) -> bool:
    """Whether an element begins on the screen, above the bar that stays at its bottom."""
    box, bar = element.bounding_box(), page.locator(".pw-thumb").bounding_box()
    assert box
    assert bar
    return 0 <= box["y"] <= bar["y"] - min(box["height"], 24)
