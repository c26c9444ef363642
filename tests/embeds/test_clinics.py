"""The page for clinics: from a choice to a code that works, with scripts and without."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from plainwords.embeds.pins import load_pins
from tests.embeds.conftest import height_of, inner, open_to_all, shown
from tests.site.conftest import ADDRESS, ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.embeds.conftest import Host
    from tests.site.conftest import Built, NewPage

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
        page.get_by_text("Copied", exact=True).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == code


OTHER_WAYS = {
    "an old browser": ("delete Navigator.prototype.clipboard", "Copied"),
    "a browser that forbids it": ("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))", "Copied"),
    "a browser that cannot": (
        "delete Navigator.prototype.clipboard; document.execCommand = () => false",
        "Not copied: it is selected now, so use the keys of your device",
    ),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_where_the_browser_has_no_clipboard_the_button_says_what_became_of_it(
    below: str, new_page: NewPage, way: str
) -> None:
    broken, said = OTHER_WAYS[way]
    with new_page() as page:
        page.add_init_script(broken)
        page.goto(below + PLACE)
        code = choose(page, "frame")
        page.click("#pf-copy")
        page.wait_for_function("said => document.getElementById('pf-copied').textContent === said", arg=said)
        selected = "one => one.value.slice(one.selectionStart, one.selectionEnd)"
        assert page.locator("#pf-code").evaluate(selected).replace("\r", "") == code
        choose(page, "script")
        assert page.inner_text("#pf-copied") == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "There is nothing to check yet"),
        ("risks", "is no whole address"),
        ("https://example.com/risks/", "example.com is not this site"),
        ("{start}no-such-page/", "there is no page at"),
        ("{start}risks/", "Right: the address"),
        ('<iframe src="{start}risks/"></iframe>', "a frame takes the address with /embed/ in it"),
        ("{start}risks", "Better: the address ends with a slash: {start}risks/"),
        ("{start}embed/v/2020-01-01/risks/", "there is no fixed version of 2020-01-01 of this page"),
        ("{start}embed/v/{day}/risks/", "Right: the address"),
        ("{start}embed/v/{day}/faq/does-it-hurt/", "there is no fixed version of {day} of this page"),
        ('<iframe src="{start}embed/v/2020-01-01/risks/"></iframe>', "there is no fixed version of 2020-01-01"),
        ('<iframe src="{start}embed/risks/" sandbox="allow-popups"></iframe>', "Note: sandbox without allow-scripts"),
        ('<iframe src="{start}embed/risks/" title="x" width="100%"></iframe>', "Better: a link below the frame"),
        (
            '<script src="{start}assets/embed/{embed}" integrity="sha384-x"></script>',
            "the integrity value is not that",
        ),
        ('<script src="{start}assets/embed/{embed}"></script>', "Right: the script is the present one"),
        (
            '<script src="{start}assets/embed/embed.0123456789ab.js"></script>',
            "Note: the script is not the newest one",
        ),
        (
            '<prolotherapy-page page="risks/" version="2020-01-01"></prolotherapy-page>',
            "no fixed version of 2020-01-01",
        ),
        ('<prolotherapy-page page="no/"></prolotherapy-page>', "there is no page at {start}no/"),
        ('<iframe src="{start}embed/risks/" scrolling="no"></iframe>', 'scrolling="no" cuts off'),
        ('<iframe src="{start}embed/risks/" width="600"></iframe>', "a title, so that screen readers"),
        ('<script src="{start}assets/embed/evil.js"></script>', "is no script of this site"),
        ('<prolotherapy-page page="risks/"></prolotherapy-page>', "a link inside the element"),
    ],
)
def test_the_check_says_what_is_wrong(below: str, site: Built, new_page: NewPage, code: str, said: str) -> None:
    day = next(one.date for one in reversed(load_pins(ROOT)) if one.pin.page == "risks/")
    manifest = json.loads((site.folder / "assets/embed/manifest.json").read_text(encoding="utf-8"))
    names = {"start": below, "day": day, "embed": manifest["embed.js"]["file"]}
    with new_page() as page:
        page.goto(below + PLACE)
        page.fill("#pf-pasted", code.format(**names))
        page.click("#pf-check")
        assert said.format(**names) in page.inner_text("#pf-found")


def test_the_check_knows_an_address_that_is_not_encrypted(addressed: Built, new_page: NewPage) -> None:
    """The copy with a real-looking address: its pages begin with https."""
    with open_to_all(addressed.folder, "/prolo/") as start, new_page() as page:
        page.goto(start + PLACE)
        page.fill("#pf-pasted", ADDRESS.replace("https", "http") + "risks/")
        page.click("#pf-check")
        assert f"Wrong: the address begins with http. Expected: {ADDRESS}" in page.inner_text("#pf-found")
        page.fill("#pf-pasted", ADDRESS + "risks/")
        page.click("#pf-check")
        assert "Right: the address leads to a page of this site" in page.inner_text("#pf-found")


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
