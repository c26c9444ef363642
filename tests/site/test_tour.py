"""Every page of the built site, opened once on a phone: requests, faults, layout, axe, and nothing stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site.axe import violations
from tests.site.conftest import ROOT, TEMPLATES, go, go_whole, named

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import Built, NewPage

SLICES = 24  # the pages are dealt out to so many tests, so that each core has its share
NARROW = (360, 320)
REQUESTS_AT_MOST = 5
MORE_REQUESTS = {"search/": 6, "for-clinics/": 8}  # the search; a tool with a preview in a frame
PREVIEW = "embed/"

# Elements that a reader sees and that stick out of the screen to the left or right.
STICKING_OUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility({visibilityProperty: true, opacityProperty: true})) return false;
  if (one.matches(".pw-hidden, .pw-skip, .pw-mast__search span") || one.closest("thead, svg")) return false;
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Visit:
    """What was seen while a page was open."""

    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    @property
    def hosts(self) -> set[str]:
        """Whom the page asked."""
        return {urlsplit(address).netloc for address in self.asked}


def watch(page: Page) -> Visit:
    """Note what goes wrong on a page and what it asks for."""
    seen = Visit()
    page.on("console", lambda line: seen.faults.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: seen.faults.append(error.message))
    page.on("request", lambda request: seen.asked.append(request.url))
    page.on(
        "response",
        lambda answer: seen.faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    page.on("requestfailed", lambda request: seen.faults.append(f"{request.failure} {request.url}"))
    return seen


def too_wide(page: Page) -> list[str]:
    """What makes a page scroll sideways, or is cut off, on narrow screens."""
    found = []
    for width in reversed(NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: the page scrolls sideways")
        found += [f"{width}: {element}" for element in page.evaluate(STICKING_OUT)]
    return found


def faults(page: Page, start: str, address: str, named_by_it: set[str]) -> list[str]:
    """All that is wrong with one page, in words."""
    seen = watch(page)
    go_whole(page, start + address)
    wrong = [*seen.faults, *too_wide(page), *violations(page)]
    wrong += [f"asks for {one}" for one in seen.asked if not _is_its_own(one, start, named_by_it | {address})]
    if len(seen.asked) > MORE_REQUESTS.get(address, REQUESTS_AT_MOST):
        wrong.append(f"{len(seen.asked)} requests: {seen.asked}")
    return wrong


def _is_its_own(asked: str, start: str, own: set[str]) -> bool:
    """Whether an address is the page's, one that it names, or what its preview shows."""
    below = asked.partition("#")[0].partition("?")[0].removeprefix(start)
    return asked.startswith(start) and (below in own or below.startswith(PREVIEW))


def test_the_tour_visits_every_page(site: Built) -> None:
    built = {path.relative_to(ROOT / "site").as_posix() for path in (ROOT / "site").rglob("*.html")}
    assert len(site.pages) > 300
    assert {f"{address}index.html" if not address.endswith("html") else address for address in site.pages} <= built


@pytest.mark.parametrize("share", range(SLICES))
def test_every_page_is_sound(site: Built, start: str, new_page: NewPage, share: int) -> None:
    with new_page(width=NARROW[0]) as page:
        found = {
            address: faults(page, start, address, named(site.pages[address], address))
            for address in sorted(site.pages)[share::SLICES]
        }
        state = page.context.storage_state()
    assert {address: wrong for address, wrong in found.items() if wrong} == {}
    assert (state["cookies"], state["origins"]) == ([], [])


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "404"])
def test_pages_work_below_a_path_that_they_do_not_know(below: str, new_page: NewPage, template: str) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, below + TEMPLATES[template])
    assert (seen.faults, seen.hosts) == ([], {urlsplit(below).netloc})


@pytest.mark.xdist_group("addressed")
@pytest.mark.parametrize("address", [*TEMPLATES.values(), "about/corrections/"])
def test_a_site_with_address_repository_and_contact_asks_nobody_else(
    addressed_start: str, new_page: NewPage, address: str
) -> None:
    with new_page() as page:
        seen = watch(page)
        go(page, addressed_start + address)
    assert (seen.faults, seen.hosts) == ([], {urlsplit(addressed_start).netloc})


@pytest.mark.xdist_group("addressed")
def test_a_lost_reader_finds_the_way_back(addressed_start: str, new_page: NewPage) -> None:
    with new_page(width=360) as page:
        answer = page.goto(addressed_start + "no/such/page/")
        assert answer
        assert answer.status == 404
        for words in ("When to get help", "Found a mistake?"):
            page.goto(addressed_start + "no/such/page/")
            page.locator("article").get_by_role("link", name=words).click()
            assert page.locator("h1").inner_text() == words
