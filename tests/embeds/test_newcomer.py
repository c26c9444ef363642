"""A webmaster who has never seen the project: only what the page for clinics says is done, step by step.

The choices are made by the words that stand on the page, the code goes through the clipboard, and the clinic's page
is looked at as a visitor does. Squarespace and Wix cannot run here: what stands for them is a page that holds the
code as theirs do. WordPress is real, in tests/wordpress.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest

from tests.embeds.conftest import height_of, inner, shown
from tests.embeds.newcomer import MOST_SECONDS, PLACE, follow

if TYPE_CHECKING:
    from tests.embeds.conftest import Host
    from tests.site.conftest import NewPage

WAYS = {
    "WordPress": "address",
    "Squarespace": "block",
    "Wix": "sandbox",
    "HTML, or another system: a frame that fits its text": "file",
    "HTML: the text as a part of my page": "file",
    "HTML, where no scripts are allowed: a frame of one height": "file",
}
SITE = (
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Example Clinic</title>'
)


def clinic(host: Host, kind: str, code: str) -> str:
    """Put the code where the steps say, and return the address of the clinic's page."""
    if kind == "file":
        return host.page(f"<h1>Example Clinic</h1><p>Before.</p>\n{code}\n<p>After.</p>")
    if kind == "block":
        return host.page(f'<main><div class="block"><div class="block-content">{code}</div></div></main>')
    inside = escape(f"{SITE}<body>{code}")
    height = int(code.partition('height="')[2].partition('"')[0]) + 100
    sandbox = "allow-scripts allow-same-origin allow-popups allow-forms"
    style = f"width: 100%; height: {height}px; border: 0"
    return host.page(f'<iframe srcdoc="{inside}" sandbox="{sandbox}" style="{style}" title="Example"></iframe>')


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("way", list(WAYS)[1:])
def test_what_the_page_says_leads_to_a_working_embed(
    below: str, host: Host, new_page: NewPage, way: str, width: int
) -> None:
    with new_page(width=width, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(below + PLACE)
        copied = follow(page, "Risks and side effects", way)
    assert copied.seconds < MOST_SECONDS
    with shown(new_page, clinic(host, WAYS[way], copied.code), width=width) as page:
        text = page if "part of my page" in way else inner(page)
        text.locator(".pe-message").wait_for()
        assert text.locator(".pe-source").evaluate("one => one.href") == below + "risks/"
        assert "911" in text.locator(".pw-care--emergency").first.inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if 'script src="' in copied.code and text is not page:
            fits = "h => document.querySelector('iframe').getBoundingClientRect().height === h"
            page.wait_for_function(fits, arg=height_of(inner(page)))


def test_a_frame_of_one_height_holds_its_text_on_every_width(below: str, host: Host, new_page: NewPage) -> None:
    with new_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(below + PLACE)
        code = follow(page, "Risks and side effects", list(WAYS)[-1]).code
    for width in (320, 360, 768, 1280):
        with shown(new_page, host.page(code), width=width) as page:
            given = page.locator("iframe").evaluate("one => one.getBoundingClientRect().height")
            assert height_of(inner(page)) <= given


@pytest.mark.parametrize("way", WAYS)
def test_the_form_shows_the_very_steps_that_stand_below_it(below: str, new_page: NewPage, way: str) -> None:
    with new_page(permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(below + PLACE)
        copied = follow(page, "Does it hurt?", way)
        heading = page.inner_text("#pf-then").removeprefix("Then, in ")
        section = page.locator(f"h3:has-text('{heading}') ~ ol").first.locator("li").all_inner_texts()
    assert heading == ("Plain HTML" if way.startswith("HTML") else way)
    assert copied.steps == section
    assert len(section) >= 3
    assert copied.seconds < MOST_SECONDS


def test_what_does_not_apply_is_not_asked(below: str, new_page: NewPage) -> None:
    """A pasted address has one look, so no look is offered for WordPress; a fixed version is."""
    with new_page() as page:
        page.goto(below + PLACE)
        page.get_by_text("Fixed version, look, colour", exact=True).click()
        assert page.get_by_label("Version", exact=True).is_visible()
        assert not page.get_by_label("Colour of links").is_visible()
        page.get_by_label("My website is made with").select_option(label="Squarespace")
        assert page.get_by_label("Colour of links").is_visible()
