"""The bar and the menu of a phone, and the ways at the top of a wide screen: by tap, by key, without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import ROOT, TEMPLATES, go, has_focus, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.site.conftest import Built, NewPage

PHONE = {"width": 360, "height": 740}
FINGER = 44  # CSS pixels: the least height of a main control
BUTTON = ".pw-thumb button"
PARTS = {
    "",
    "get-help",
    "what-is-prolotherapy",
    "evidence",
    "risks",
    "visit",
    "deciding",
    "faq",
    "glossary",
    "about",
    "search",
}


def menu(page: Page) -> Locator:
    return page.locator("#menu")


def is_open(page: Page) -> bool:
    return bool(menu(page).evaluate("one => one.matches(':popover-open')"))


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_tap_opens_the_menu_and_another_closes_it(start: str, new_page: NewPage, template: str) -> None:
    with new_page(**PHONE, has_touch=True, is_mobile=True) as page:
        go(page, start + TEMPLATES[template])
        assert not is_open(page)
        page.locator(BUTTON).tap()
        assert is_open(page)
        assert menu(page).get_by_role("link").count() >= 9
        menu(page).get_by_role("button", name="Close the menu").tap()
        assert not is_open(page)


def test_the_menu_reaches_every_part_of_the_site(site: Built, start: str, new_page: NewPage) -> None:
    with new_page(**PHONE) as page:
        go(page, start)
        page.locator(BUTTON).click()
        links = menu(page).get_by_role("link").all()
        targets = {link.evaluate("one => one.href").removeprefix(start) for link in links}
    assert {target.partition("/")[0] for target in targets} >= PARTS
    assert targets <= set(site.pages)


@pytest.mark.parametrize("scripts", [True, False])
def test_by_key_the_menu_opens_escape_closes_it_and_the_focus_returns(
    start: str, new_page: NewPage, *, scripts: bool
) -> None:
    with new_page(**PHONE, java_script_enabled=scripts) as page:
        go(page, start)
        page.locator(BUTTON).focus()
        page.keyboard.press("Enter")
        assert menu(page).is_visible()
        page.keyboard.press("Tab")
        assert page.locator("#menu a:focus").inner_text() == "Start page"
        page.keyboard.press("Escape")
        assert not menu(page).is_visible()
        assert page.locator(f"{BUTTON}:focus").count() == 1


def test_each_row_of_the_menu_and_the_bar_is_wide_enough_for_a_finger(start: str, new_page: NewPage) -> None:
    with new_page(width=320, height=640) as page:
        go(page, start)
        page.locator(BUTTON).click()
        for one in page.locator("#menu a, #menu button, .pw-thumb > *").all():
            box = one.bounding_box()
            assert box
            assert box["height"] >= FINGER, one.inner_text()
            assert box["width"] >= FINGER, one.inner_text()


def test_the_menu_fits_a_small_screen_or_scrolls_in_itself(start: str, new_page: NewPage) -> None:
    with new_page(width=320, height=480) as page:
        go(page, start)
        page.locator(BUTTON).click()
        close = menu(page).get_by_role("button", name="Close the menu")
        close.scroll_into_view_if_needed()
        box = close.bounding_box()
        assert box
        assert 0 <= box["y"] <= 480 - box["height"]
        close.click()
        assert not is_open(page)


def test_a_tap_beside_the_menu_closes_it(start: str, new_page: NewPage) -> None:
    with new_page(width=360, height=900) as page:
        go(page, start)
        page.locator(BUTTON).click()
        page.mouse.click(180, 10)
        assert not is_open(page)


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 767])
def test_the_menu_leads_on_without_scripts_too(start: str, new_page: NewPage, width: int, *, scripts: bool) -> None:
    with new_page(width=width, java_script_enabled=scripts) as page:
        go(page, start + "faq/does-it-hurt/")
        page.locator(BUTTON).click()
        menu(page).get_by_role("link", name="Words", exact=True).click()
        assert page.url == start + "glossary/"
        assert page.locator("h1").is_visible()


def test_help_is_always_under_the_thumb(start: str, new_page: NewPage) -> None:
    """However far a page is scrolled on a phone."""
    with new_page(**PHONE) as page:
        for address in ("risks/", "faq/does-it-hurt/"):
            go(page, start + address)
            for share in (0, 0.5, 1):
                page.evaluate("share => scrollTo(0, share * document.documentElement.scrollHeight)", share)
                box = page.locator(".pw-thumb__help").bounding_box()
                assert box
                assert 0 <= box["y"] <= PHONE["height"] - FINGER, address
    with new_page() as page:
        go(page, start)
        assert page.locator(".pw-mast").get_by_role("link", name="When to get help").is_visible()
        assert not page.locator(".pw-thumb").is_visible()


def test_the_present_part_is_marked(start: str, new_page: NewPage) -> None:
    with new_page(**PHONE) as page:
        go(page, start + "glossary/")
        page.locator(BUTTON).click()
        assert menu(page).locator("[aria-current]").all_inner_texts() == ["Words"]
    with new_page() as page:
        go(page, start + "visit/on-the-day/")
        assert page.locator(".pw-mast__parts [aria-current]").all_inner_texts() == ["The visit"]


@pytest.mark.parametrize(
    ("address", "name", "what"),
    [
        ("get-help/", "When to get help", "page"),
        ("get-help/emergency/", "When to get help", "true"),
        ("faq/does-it-hurt/", "Questions", "true"),
        ("glossary/dextrose/", "Words", "true"),
    ],
)
def test_pages_outside_the_menu_mark_their_part_too(
    start: str, new_page: NewPage, address: str, name: str, what: str
) -> None:
    for place, size in ((".pw-menu", PHONE), (".pw-mast", {})):
        with new_page(**size) as page:
            go(page, start + address)
            marked = page.locator(f"{place} [aria-current]")
            assert [(one.text_content(), one.get_attribute("aria-current")) for one in marked.all()] == [(name, what)]


def test_wide_screens_have_the_parts_at_the_top(start: str, new_page: NewPage) -> None:
    with new_page(width=768) as page:
        go(page, start)
        tab_to(page, ".pw-mast__parts a")
        assert has_focus(page.locator(".pw-mast__parts a").first)
        assert page.locator(".pw-mast__parts a").count() >= 8


def test_the_build_of_the_menu_needs_no_script() -> None:
    """It is a popover in plain HTML; no script of ours touches it."""
    for path in (ROOT / "overrides/assets/js").glob("*.js"):
        assert "pw-menu" not in path.read_text(encoding="utf-8")
