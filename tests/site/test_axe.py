"""Accessibility rules (axe) over one page of each template, at three widths, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.site.conftest import TEMPLATES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import NewPage

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Rules of axe that may fail: (rule, part of the element) -> why. Empty: nothing may.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def violations(page: Page) -> list[str]:
    """What axe has against the page as it stands, but for the exceptions."""
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{rule['id']}: {element['html'][:160]}: {element['failureSummary']}"
        for rule in found
        for element in rule["nodes"]
        if not any(rule["id"] == name and part in element["html"] for name, part in EXCEPTIONS)
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("template", TEMPLATES)
def test_axe_finds_nothing(start: str, new_page: NewPage, template: str, scheme: Scheme) -> None:
    found = {}
    with new_page(color_scheme=scheme) as page:
        page.goto(start + TEMPLATES[template])
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            found[width] = violations(page)
    assert found == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_the_open_search_and_popup(start: str, new_page: NewPage, scheme: Scheme) -> None:
    with new_page(width=360, color_scheme=scheme) as page:
        page.goto(start + "faq/does-it-hurt/")
        page.locator(".pw-search").click()
        page.locator(".md-search__input").fill("dextrose")
        page.locator(".md-search-result__item").first.wait_for()
        assert violations(page) == []
    with new_page(width=1440, color_scheme=scheme) as page:
        page.goto(start)
        page.locator(".md-search__input").fill("dextrose")
        page.locator(".md-search-result__item").first.wait_for()
        assert violations(page) == []
    with new_page(width=360, color_scheme=scheme) as page:
        page.goto(start + "faq/does-it-hurt/")
        for trigger in (".pw-cite a", "a.pw-term"):
            page.locator(trigger).first.click()
            page.locator(".pw-popup").wait_for()
            assert violations(page) == []
            page.keyboard.press("Escape")
