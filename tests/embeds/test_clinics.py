"""The page for clinics: from a choice to a code that works, with scripts and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.embeds.conftest import height_of, inner, shown

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.embeds.conftest import Host
    from tests.site.conftest import NewPage

PLACE = "for-clinics/"


def choose(page: Page, way: str, **more: str) -> str:
    """Choose in the form and return the code that it gives."""
    page.evaluate("document.querySelector('.pf-more').open = true")
    for name, value in {"page": "risks/", "way": way, **more}.items():
        page.select_option(f"#pf-{name}", value)
    return page.input_value("#pf-code")


@pytest.mark.parametrize("way", ["frame", "script", "component"])
def test_the_code_works_in_a_clinics_page_and_passes_its_own_check(
    below: str, host: Host, new_page: NewPage, way: str
) -> None:
    with new_page() as page:
        page.goto(below + PLACE)
        code = choose(page, way, theme="dark", accent="blue", heading="2")
        page.fill("#pf-pasted", code)
        page.click("#pf-check")
        assert "Wrong" not in page.inner_text("#pf-found")
        assert "Right: the address leads to a page of this site" in page.inner_text("#pf-found")
    with shown(new_page, host.page(code), width=360) as page:
        where = page if way == "component" else inner(page)
        where.locator(".pe-message").wait_for()
        assert where.locator("h1").first.get_attribute("aria-level") == "2"
        paper = where.locator(".pe").evaluate("one => getComputedStyle(one).backgroundColor")
        assert paper == "rgb(15, 20, 18)"
        if way == "script":
            height = page.locator("iframe").evaluate("one => one.getBoundingClientRect().height")
            assert height == height_of(inner(page))


def test_wordpress_gets_the_address_of_the_page(below: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.goto(below + PLACE)
        assert choose(page, "wordpress") == below + "risks/"


def test_the_copy_button_copies_and_says_so(below: str, new_page: NewPage) -> None:
    with new_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(below + PLACE)
        code = choose(page, "frame")
        page.click("#pf-copy")
        page.locator("#pf-copied", has_text="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == code


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "There is nothing to check yet"),
        ("risks", "is no whole address"),
        ("https://example.com/risks/", "example.com is not this site"),
        ("{start}no-such-page/", "there is no page at"),
        ("{start}risks/", "Right: the address"),
        ('<iframe src="{start}risks/"></iframe>', "a frame takes the address with /embed/ in it"),
        ('<iframe src="{start}embed/risks/" scrolling="no"></iframe>', 'scrolling="no" cuts off'),
        ('<iframe src="{start}embed/risks/" width="600"></iframe>', "a title, so that screen readers"),
        ('<script src="{start}assets/embed/evil.js"></script>', "is no script of this site"),
        ('<prolotherapy-page page="risks/"></prolotherapy-page>', "a link inside the element"),
    ],
)
def test_the_check_says_what_is_wrong(below: str, new_page: NewPage, code: str, said: str) -> None:
    with new_page() as page:
        page.goto(below + PLACE)
        page.fill("#pf-pasted", code.format(start=below))
        page.click("#pf-check")
        assert said in page.inner_text("#pf-found")


def test_what_is_pasted_is_never_run(below: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.goto(below + PLACE)
        page.fill("#pf-pasted", "<img src=x onerror='window.ran = 1'><script>window.ran = 1</script>")
        page.click("#pf-check")
        page.wait_for_timeout(200)
        assert page.evaluate("window.ran") is None


def test_the_preview_has_the_width_of_a_phone_or_of_a_wide_screen(below: str, new_page: NewPage) -> None:
    with new_page() as page:
        page.goto(below + PLACE)
        for name, width in (("On a wide screen", 768), ("On a phone", 360)):
            page.get_by_label(name).check()
            box = page.locator("#pf-frame").bounding_box()
            assert box
            assert abs(box["width"] - width) <= 2


def test_without_scripts_every_address_is_listed(below: str, new_page: NewPage) -> None:
    with new_page(java_script_enabled=False) as page:
        page.goto(below + PLACE)
        assert not page.locator("#pf").is_visible()
        page.locator(".pf-list summary", has_text=re.compile("^Answers")).click()
        link = page.get_by_role("link", name="Frame of: Does it hurt?")
        assert link.is_visible()
        link.click()
        page.locator(".pe-title", has_text="Does it hurt?").wait_for()
        assert "/embed/faq/does-it-hurt/" in page.url
