"""The built site in a real browser: every page once; by key, without scripts, without storage, on paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import TEMPLATES

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import Built, NewPage

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = (360, 768, 1440)
NARROW = (360, 320)

EMPTY_INDEX = {"config": {"lang": ["en"], "separator": r"\s+", "pipeline": []}, "docs": []}

# Elements that a reader sees and that stick out of the screen to the left or right.
STICKING_OUT = """() => [...document.querySelectorAll("header *, .md-tabs *, main *, footer *")].filter((one) => {
  if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (one.closest(".md-search, .md-sidebar, [style*='clip'], thead, .md-tabs, .md-header__title, svg")) return false;
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Visit:
    """What was seen while a page was open."""

    faults: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    wide: list[str] = field(default_factory=list)


def watch(page: Page, seen: Visit) -> None:
    """Note what goes wrong on a page and whom it asks."""
    page.on("console", lambda line: seen.faults.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: seen.faults.append(error.message))
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).netloc))
    page.on(
        "response",
        lambda answer: seen.faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    # A page that is left while something still loads stops loading it: that is no failure of the page.
    page.on(
        "requestfailed",
        lambda request: (
            seen.faults.append(f"{request.failure} {request.url}") if request.failure != "net::ERR_ABORTED" else None
        ),
    )


def visit(page: Page, address: str) -> Visit:
    seen = Visit()
    watch(page, seen)
    page.goto(address)
    seen.wide = too_wide(page)
    return seen


def too_wide(page: Page) -> list[str]:
    """What makes a page scroll sideways, or is cut off, on the two narrow screens."""
    found = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: the page scrolls sideways")
    return found + [f"{NARROW[-1]}: {element}" for element in page.evaluate(STICKING_OUT)]


@pytest.fixture(scope="module")
def tour(site: Built, start: str, new_page: NewPage) -> dict[str, Visit]:
    """One visit to every page of the site."""
    visits = {}
    with new_page(width=NARROW[0]) as first:
        # The index of the search is one large file, the same for every page: the pages of the templates load it.
        first.context.route("**/search_index.json", lambda asked: asked.fulfill(json=EMPTY_INDEX))
        for address in site.pages:
            page = first.context.new_page()
            visits[address] = visit(page, start + address)
            page.close()
    return visits


def test_no_page_has_an_error_or_asks_in_vain(tour: dict[str, Visit]) -> None:
    assert {address: seen.faults for address, seen in tour.items() if seen.faults} == {}


def test_no_page_asks_another_host(tour: dict[str, Visit], start: str) -> None:
    own = urlsplit(start).netloc
    assert {address: seen.hosts - {own} for address, seen in tour.items() if seen.hosts != {own}} == {}


def test_no_page_scrolls_sideways_on_a_small_phone(tour: dict[str, Visit]) -> None:
    assert {address: seen.wide for address, seen in tour.items() if seen.wide} == {}


@pytest.mark.parametrize("address", [one for one in TEMPLATES.values() if one != "404.html"])
def test_pages_work_below_a_path_that_they_do_not_know(below: str, new_page: NewPage, address: str) -> None:
    with new_page() as page:
        seen = visit(page, below + address)
    assert (seen.faults, seen.hosts) == ([], {urlsplit(below).netloc})


@pytest.mark.parametrize("address", [*TEMPLATES.values(), "about/corrections/"])
def test_a_site_with_address_repository_and_contact_asks_nobody_else(
    addressed_start: str, new_page: NewPage, address: str
) -> None:
    with new_page() as page:
        seen = visit(page, addressed_start + address)
        page.wait_for_timeout(200)
    assert (seen.faults, seen.hosts, seen.wide) == ([], {urlsplit(addressed_start).netloc}, [])


def test_a_lost_reader_finds_the_way_back(addressed_start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        answer = page.goto(addressed_start + "no/such/page/")
        assert answer
        assert answer.status == 404
        for words, heading in (("When to get help", "When to get help"), ("Found a mistake?", "Found a mistake?")):
            page.goto(addressed_start + "no/such/page/")
            page.locator("article").get_by_role("link", name=words).click()
            assert heading in page.locator("h1").inner_text()


# ---- Light and dark


def test_dark_is_dark_and_light_is_light(start: str, new_page: NewPage) -> None:
    """The reader's own setting decides, with scripts and without."""
    ground = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
    for scripts in (True, False):
        for scheme in SCHEMES:
            with new_page(color_scheme=scheme, java_script_enabled=scripts) as page:
                page.goto(start)
                assert (max(page.evaluate(ground)) < 60) == (scheme == "dark"), (scheme, scripts)


# ---- Keyboard


def focus(page: Page) -> dict[str, Any]:
    """What has the focus: its words, where it leads, and whether it can be seen on the screen."""
    found: dict[str, Any] = page.evaluate(
        """() => {
          const one = document.activeElement;
          const hit = (box) => {
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
            return Boolean(top) && (one.contains(top) || (top.contains(one) && top !== document.body));
          };
          const visible = one.checkVisibility({visibilityProperty: true, opacityProperty: true});
          return {
            tag: one.tagName, words: (one.getAttribute("aria-label") || one.textContent).trim(), href: one.href || "",
            seen: visible && [...one.getClientRects()].some(hit),
            outlined: getComputedStyle(one).outlineStyle !== "none",
          };
        }"""
    )
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_first_key_skips_to_the_main_heading(start: str, new_page: NewPage, template: str) -> None:
    with new_page() as page:
        page.goto(start + TEMPLATES[template])
        page.keyboard.press("Tab")
        assert focus(page)["words"] == "Skip to content"
        page.keyboard.press("Enter")
        target = page.locator(":target")
        assert target.evaluate("one => one.matches('h1') || Boolean(one.querySelector('h1'))")


@pytest.mark.parametrize("width", WIDTHS)
def test_each_stop_of_the_tab_key_can_be_seen(start: str, new_page: NewPage, width: int) -> None:
    """From the top of the page to its end: nothing takes the focus while it is out of sight."""
    hidden = []
    with new_page(width=width) as page:
        page.goto(start + "faq/does-it-hurt/")
        for _ in range(80):
            page.keyboard.press("Tab")
            page.wait_for_timeout(20)
            now = focus(page)
            if now["tag"] == "BODY":
                break
            if not (now["seen"] and now["outlined"]):
                hidden.append(f"{now['words']} ({now['href']})")
    assert hidden == []


@pytest.mark.parametrize("width", [360, 1440])
def test_every_part_of_the_site_is_reached_by_keyboard(start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        page.goto(start + "faq/does-it-hurt/")
        reached = set()
        for _ in range(120):
            page.keyboard.press("Tab")
            now = focus(page)
            if now["tag"] == "BODY":
                break
            if now["words"] == "Menu":
                page.keyboard.press("Enter")
            if now["seen"]:
                reached.add(now["href"].removeprefix(start))
    assert {"", "risks/", "evidence/knee-osteoarthritis/", "faq/", "glossary/", "get-help/"} <= reached


@pytest.mark.parametrize("width", [360, 1440])
def test_the_search_is_reached_by_keyboard_and_finds_pages(start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        page.goto(start)
        for _ in range(20):
            page.keyboard.press("Tab")
            if focus(page)["words"] == "Search":
                break
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        page.keyboard.type("hepatitis")
        page.locator(".md-search-result__link").first.wait_for()
        page.locator(".md-search-result__link").first.press("Enter")
        page.wait_for_url(lambda address: urlsplit(address).path != urlsplit(start).path)
        assert "hepatitis" in page.locator("article").inner_text().lower()


# ---- Without scripts, without storage, on paper


@pytest.mark.parametrize("width", [360, 1440])
def test_without_scripts_the_text_is_readable_and_the_way_on_is_there(
    start: str, new_page: NewPage, width: int
) -> None:
    with new_page(width=width, java_script_enabled=False) as page:
        page.goto(start + "faq/does-it-hurt/")
        assert page.locator("article > p").first.is_visible()
        assert page.get_by_role("link", name="When to get help").last.is_visible()
        menu = page.locator("label[for=__drawer].md-header__button")
        if menu.is_visible():
            menu.click()
        link = page.locator(".md-tabs, .md-sidebar--primary").get_by_role("link", name="Risks", exact=True)
        link.locator("visible=true").first.click()
        assert page.url == start + "risks/"
        assert page.locator("h1").is_visible()


BLOCKED = """for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
  Object.defineProperty(window, name, {get() { throw new DOMException("denied", "SecurityError"); }});
Object.defineProperty(Document.prototype, "cookie", {get() { return ""; }, set() {}});"""


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_browser_that_blocks_storage_changes_nothing(start: str, new_page: NewPage, template: str) -> None:
    seen = Visit()
    with new_page(width=360, color_scheme="dark") as page:
        page.add_init_script(BLOCKED)
        watch(page, seen)
        page.goto(start + TEMPLATES[template])
        cite = page.locator(".pw-cite a")
        if cite.count():
            cite.first.click()
            assert page.locator(".pw-popup").is_visible()
    assert seen.faults == []


STORED = """async () => ({
  cookie: document.cookie, local: {...localStorage}, session: {...sessionStorage},
  databases: await indexedDB.databases(), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"cookie": "", "local": {}, "session": {}, "databases": [], "caches": [], "workers": 0}


def test_nothing_is_stored(start: str, new_page: NewPage) -> None:
    with new_page() as page:
        for address in TEMPLATES.values():
            page.goto(start + address)
            for trigger in (".pw-cite a", "a.pw-term"):
                if page.locator(trigger).count():
                    page.locator(trigger).first.click()
                    page.keyboard.press("Escape")
            assert page.evaluate(STORED) == NOTHING, address
        page.locator(".md-search__input").fill("knee")
        page.locator(".md-search-result__item").first.wait_for()
        assert page.evaluate(STORED) == NOTHING
        assert page.context.cookies() == []


@pytest.mark.parametrize("template", ["evidence", "risks", "answer", "word", "get-help"])
def test_on_paper_the_stamp_and_the_sources_stay_and_the_menus_go(
    start: str, new_page: NewPage, template: str
) -> None:
    with new_page(width=720) as page:
        page.emulate_media(media="print")
        page.goto(start + TEMPLATES[template])
        for part in ("h1", ".pw-stamp__review", ".pw-sources li", ".pw-sources a[href^=http]"):
            assert page.locator(part).first.is_visible(), part
        for part in (
            ".md-header",
            ".md-tabs",
            ".md-sidebar--primary",
            ".md-sidebar--secondary",
            ".pw-footer__links",
            ".pw-sources__back",
        ):
            assert not page.locator(part).locator("visible=true").count(), part
        assert page.evaluate("document.documentElement.scrollWidth") <= 720
        address = page.locator(".pw-sources a[href^=http]").first
        printed = address.evaluate("one => getComputedStyle(one, '::after').content")
        assert address.get_attribute("href") in printed
