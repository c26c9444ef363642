"""What a reader keeps when something is missing: scripts, storage, fonts, style sheets, the rest of the web."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import TEMPLATES, go, go_whole
from tests.site.test_tour import too_wide, watch

if TYPE_CHECKING:
    from tests.site.conftest import NewPage

BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(window, name, {get() { throw new DOMException("denied", "SecurityError"); }});
Object.defineProperty(Document.prototype, "cookie", {get() { return ""; }, set() {}});"""
STORED = """async () => ({
  cookie: document.cookie, local: {...localStorage}, session: {...sessionStorage},
  databases: await indexedDB.databases(), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": {}, "session": {}, "databases": [], "caches": [], "workers": 0}


@pytest.mark.parametrize(
    ("template", "width"), [*((name, 360) for name in TEMPLATES), ("home", 1440), ("evidence", 1440)]
)
def test_without_scripts_all_text_is_there(start: str, new_page: NewPage, template: str, width: int) -> None:
    texts, chosen = [], set(SEARCH_ALONE)  # what a script adds is no text but choices, and does nothing without it
    for scripts in (True, False):
        with new_page(width=width, java_script_enabled=scripts) as page:
            go_whole(page, start + TEMPLATES[template])
            texts.append(page.locator("article .pw-body").inner_text())
            chosen |= {
                line for choices in page.locator(".pw-sort").all_inner_texts() for line in choices.splitlines()
            }
            assert page.locator("h1").is_visible()
            assert page.get_by_role("link", name="When to get help").locator("visible=true").count()
    with_scripts, without = texts
    assert [line for line in with_scripts.splitlines() if line not in without and line not in chosen] == []


SEARCH_ALONE = {"What would you like to know?", "Search"}  # the box, which without scripts makes way for the A to Z


def test_without_scripts_folds_open(start: str, new_page: NewPage) -> None:
    with new_page(width=360, java_script_enabled=False) as page:
        page.goto(start + "sources/rabago2013-knee/")
        fold = page.locator("details").first
        assert not fold.locator("ul").is_visible()
        fold.locator("summary").click()
        assert fold.locator("ul").is_visible()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_browser_that_blocks_storage_and_all_other_hosts_changes_nothing(
    start: str, new_page: NewPage, template: str
) -> None:
    with new_page(width=360, color_scheme="dark") as page:
        page.add_init_script(BLOCKED)
        page.route(lambda address: not address.startswith(start), lambda route: route.abort())
        seen = watch(page)
        go(page, start + TEMPLATES[template])
        cite = page.locator("article .pw-cite a")
        if cite.count():
            cite.first.click()
            assert page.locator(".pw-popup").is_visible()
        assert seen.faults == []


@pytest.mark.parametrize("template", ["home", "evidence", "risks", "source"])
def test_a_font_that_does_not_come_breaks_no_line(start: str, new_page: NewPage, template: str) -> None:
    with new_page(width=360) as page:
        page.route("**/*.woff2", lambda route: route.abort())
        page.goto(start + TEMPLATES[template], wait_until="load")
        assert page.evaluate("document.fonts.check('16px \"Source Sans 3\"')") is False
        assert page.locator(".pw-body").inner_text().strip()
        assert too_wide(page) == []


@pytest.mark.parametrize("template", ["home", "answer", "search"])
def test_without_the_second_style_sheet_head_and_text_are_still_there(
    start: str, new_page: NewPage, template: str
) -> None:
    with new_page(width=360) as page:
        page.route("**/assets/more.*", lambda route: route.abort())
        page.goto(start + TEMPLATES[template], wait_until="load")
        assert page.locator("h1, .verdict").first.is_visible()
        assert page.locator(".pw-stamp__review").is_visible()
        assert page.locator(".pw-body").inner_text().strip()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nothing_is_stored(start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        for address in TEMPLATES.values():
            go(page, start + address)
            for trigger in ("article .pw-cite a", "article a.pw-term"):
                if page.locator(trigger).count():
                    page.locator(trigger).first.click()
                    page.keyboard.press("Escape")
            assert page.evaluate(STORED) == NOTHING, address
        page.goto(start + "search/")
        page.locator("#words").fill("knee")
        page.locator("#results li").first.wait_for()
        assert page.evaluate(STORED) == NOTHING
        assert page.context.cookies() == []
