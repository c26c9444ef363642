"""Accessibility rules (axe) over each template and each opened state: three widths, and the colours of both schemes.

Only colours differ in the dark, so only the rules on colours are asked again there, without and with source notes.
Of a page on which something was opened, the colours of what was opened are looked at; the rest is a template's own.

Every other page is looked at once, in test_tour.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.axe import violations
from tests.site.conftest import SCHEMES, TEMPLATES, go_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from tests.site.conftest import NewPage, Scheme

WIDTHS = (320, 768, 1440)
PHONE = 320
DARK_WIDTHS = (320, 1440)


def open_number(page: Page) -> None:
    page.locator("article .pw-cite a:visible").first.click()
    page.locator(".pw-popup").wait_for()


def open_word(page: Page) -> None:
    page.locator("article a.pw-term:visible").first.click()
    page.locator(".pw-popup").wait_for()


def open_fold(page: Page) -> None:
    page.locator("summary").first.click()
    page.locator("details[open] ul").first.wait_for()


def open_menu(page: Page) -> None:
    page.get_by_role("button", name="Menu", exact=True).click()
    page.locator("#menu").wait_for()


def search(page: Page) -> None:
    page.locator("#words").fill("dextrose")
    page.locator("#results li").first.wait_for()


def search_in_vain(page: Page) -> None:
    page.locator("#words").fill("qqqq")
    page.locator("#results p").first.wait_for()


POPUP = ".pw-popup"
STATES: dict[str, tuple[str, Callable[[Page], None], str, tuple[int, ...]]] = {
    "number": ("evidence/knee-osteoarthritis/", open_number, POPUP, WIDTHS),
    "number in a list": ("risks/", lambda page: page.locator("article li .pw-cite a").first.click(), POPUP, WIDTHS),
    "number in a table": (
        "evidence/knee-osteoarthritis/",
        lambda page: page.locator("figcaption .pw-cite a, td .pw-cite a").first.click(),
        POPUP,
        WIDTHS,
    ),
    "word": ("faq/does-it-hurt/", open_word, POPUP, WIDTHS),
    "fold": ("sources/rabago2013-knee/", open_fold, "details[open]", WIDTHS),
    "menu": ("", open_menu, "#menu", (PHONE,)),
    "menu on a long page": ("evidence/knee-osteoarthritis/", open_menu, "#menu", (PHONE,)),
    "results": ("search/", search, "main", WIDTHS),
    "no results": ("search/", search_in_vain, "main", WIDTHS),
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing(start: str, new_page: NewPage, template: str, scheme: Scheme) -> None:
    found = {}
    with new_page(color_scheme=scheme) as page:
        go_whole(page, start + TEMPLATES[template])
        for width in DARK_WIDTHS if scheme == "dark" else WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[width] = violations(page, colours_alone=scheme == "dark")
    assert len(found) > 1
    assert {width: wrong for width, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_what_opens(start: str, new_page: NewPage, state: str, scheme: Scheme) -> None:
    address, make, opened, widths = STATES[state]
    found = {}
    for width in (one for one in widths if scheme == "light" or one in DARK_WIDTHS):
        with new_page(width=width, color_scheme=scheme) as page:
            go_whole(page, start + address)
            make(page)
            assert page.locator(opened).first.is_visible()
            found[width] = violations(page, colours_in=opened, colours_alone=scheme == "dark")
    assert found
    assert {width: wrong for width, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("pale", ["#aaaaaa", "#6b6b6b"])  # below 4.5:1, and below 7:1
def test_axe_sees_letters_that_are_too_pale(start: str, new_page: NewPage, state: str, pale: str) -> None:
    address, make, opened, widths = STATES[state]
    with new_page(width=widths[0], bypass_csp=True) as page:
        go_whole(page, start + address)
        make(page)
        page.add_style_tag(content=f"{opened} * {{ color: {pale} !important; }}")
        found = violations(page, colours_in=opened, colours_alone=True)
    assert any(wrong.startswith("color-contrast") for wrong in found)
