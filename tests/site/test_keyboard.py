"""By keyboard alone: every part is reached, the focus is seen and never hidden; a journey there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import TEMPLATES, go, tab_to

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import NewPage

WIDTHS = (360, 1440)  # with the bar, and with the menu in a row
STOPS = 400

FOCUS = """() => {
  const one = document.activeElement;
  const bar = document.querySelector(".pw-thumb");
  const barTop = bar && bar.checkVisibility() && !bar.contains(one) ? bar.getBoundingClientRect().top : innerHeight;
  const seen = [...one.getClientRects()].some((box) => {
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return Boolean(top) && (one.contains(top) || (top.contains(one) && top !== document.body))
      && box.top >= 0 && box.bottom <= barTop + 1;
  });
  const style = getComputedStyle(one);
  return {
    tag: one.tagName, words: (one.getAttribute("aria-label") || one.innerText || "").trim(), href: one.href || "",
    seen: seen && one.checkVisibility({visibilityProperty: true, opacityProperty: true}),
    outlined: style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def focus(page: Page) -> dict[str, Any]:
    """What has the focus: its words, where it leads, and whether it can be seen wholly on the screen."""
    found: dict[str, Any] = page.evaluate(FOCUS)
    return found


def stops(page: Page, most: int = STOPS) -> list[dict[str, Any]]:
    """Every stop of the Tab key from the top of a page to its end."""
    found = []
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focus(page)
        if now["tag"] in {"BODY", "HTML"}:
            break
        found.append(now)
    return found


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_first_key_skips_to_the_text(start: str, new_page: NewPage, template: str) -> None:
    with new_page() as page:
        go(page, start + TEMPLATES[template])
        page.keyboard.press("Tab")
        assert focus(page)["words"] == "Skip to the text"
        assert focus(page)["seen"]
        page.keyboard.press("Enter")
        assert page.evaluate(
            "document.activeElement.matches('main') && Boolean(document.activeElement.querySelector('h1'))"
        )
        page.keyboard.press("Tab")
        assert page.evaluate("Boolean(document.activeElement.closest('main, footer'))")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("template", ["answer", "source", "404", "get-help", "search"])
def test_each_stop_of_the_tab_key_is_seen_whole_and_outlined(
    start: str, new_page: NewPage, template: str, width: int
) -> None:
    """From the top of the page to its end: nothing has the focus out of sight or under the bar."""
    with new_page(width=width, height=640) as page:
        go(page, start + TEMPLATES[template])
        visited = stops(page)
    assert len(visited) > 10
    assert [f"{one['words']} ({one['href']})" for one in visited if not (one["seen"] and one["outlined"])] == []


@pytest.mark.parametrize("width", [360, 1440])
def test_every_part_of_the_site_is_reached_by_keyboard(start: str, new_page: NewPage, width: int) -> None:
    with new_page(width=width) as page:
        go(page, start + "faq/does-it-hurt/")
        if width < 768:
            tab_to(page, ".pw-thumb button")
            page.keyboard.press("Enter")
        reached = {one["href"].removeprefix(start).partition("/")[0] for one in stops(page, 60) if one["seen"]}
    assert reached >= {"", "risks", "evidence", "visit", "deciding", "faq", "glossary", "about", "search"}


def test_a_link_into_a_page_lands_clear_of_the_bar(start: str, new_page: NewPage) -> None:
    with new_page(width=360, height=640) as page:
        for place in ("source-2", "sources"):
            go(page, f"{start}faq/does-it-hurt/#{place}")
            bar, target = page.locator(".pw-thumb").bounding_box(), page.locator(f"#{place}").bounding_box()
            assert bar
            assert target
            assert 0 <= target["y"] < bar["y"] - 20, place


def test_tabbing_backwards_hides_nothing_under_the_bar(start: str, new_page: NewPage) -> None:
    with new_page(width=360, height=640) as page:
        go(page, start + "faq/does-it-hurt/")
        page.locator(".pw-thumb button").focus()
        hidden = []
        for _ in range(25):
            page.keyboard.press("Shift+Tab")
            now = focus(page)
            if now["tag"] in {"BODY", "HTML"}:
                break
            if not now["seen"]:
                hidden.append(now["words"])
    assert hidden == []


# The ring around what has the focus, drawn at its width and distance: wholly on the screen, over the bar, in its box.
RING = """() => {
  const one = document.activeElement;
  const style = getComputedStyle(one);
  const out = Math.max(0, parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset));
  const bar = document.querySelector(".pw-thumb");
  const low = bar && bar.checkVisibility() && !one.closest(".pw-thumb, .pw-popup")
    ? bar.getBoundingClientRect().top : innerHeight;
  const box = one.parentElement.closest(".pw-popup");
  const edge = box ? box.getBoundingClientRect() : {left: 0, top: 0, right: innerWidth, bottom: low};
  return [...one.getClientRects()].every((at) => at.left - out >= edge.left && at.right + out <= edge.right
    && at.top - out >= edge.top && at.bottom + out <= edge.bottom);
}"""


def walk(page: Page, selector: str, most: int = 100) -> list[str]:
    """Press Tab until the focus is on an element; return the stops whose ring is not seen whole."""
    unseen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        now = focus(page)
        if not (now["seen"] and now["outlined"] and page.evaluate(RING)):
            unseen.append(f"{now['words']} ({now['href']})")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return unseen
    pytest.fail(f"Tab never reaches {selector}")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_journey_from_home_to_a_source_and_back(start: str, new_page: NewPage, width: int) -> None:
    """Home, an answer on the knee, its first number, the source's own page, and back to the number: no pointer.

    At every stop the ring is seen whole, at once, for a reader who did not ask for less motion too.
    """
    with new_page(width=width, height=740, reduced_motion="no-preference") as page:
        go(page, start)
        unseen = walk(page, "article a[href$='evidence/knee-osteoarthritis/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/evidence/knee-osteoarthritis/")
        page.wait_for_load_state("networkidle")
        unseen += walk(page, ".pw-body .pw-cite a")
        page.keyboard.press("Enter")
        assert page.locator(".pw-popup").is_visible()
        assert page.evaluate(RING)
        unseen += walk(page, ".pw-popup a[href*='/sources/']")
        page.keyboard.press("Escape")
        assert page.locator(".pw-popup").count() == 0
        assert page.evaluate("document.activeElement.matches('.pw-body .pw-cite a[aria-expanded=false]')")
        page.keyboard.press("Enter")
        unseen += walk(page, ".pw-popup a[href*='/sources/']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/sources/*/")
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").is_visible()
        unseen += walk(page, "article summary")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.parentElement.open")
        unseen += walk(page, "article details a")
        page.go_back()
        page.wait_for_load_state("networkidle")
        assert urlsplit(page.url).path.endswith("/evidence/knee-osteoarthritis/")
    assert unseen == []


ROLES = ["banner", "main", "contentinfo", "navigation"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_landmarks_are_there_once_and_named(start: str, new_page: NewPage, template: str) -> None:
    with new_page(width=360) as page:
        go(page, start + TEMPLATES[template])
        for role in ("banner", "main", "contentinfo"):
            assert page.get_by_role(role).count() == 1, role
        names = [one.get_attribute("aria-label") or one.get_attribute("aria-labelledby")
                 for one in page.get_by_role("navigation").all()]  # fmt: skip
        assert all(names)
        assert len(names) == len(set(names))


NAMELESS = """() => [...document.querySelectorAll("a[href], button, input, summary, [role=img], [role=dialog]")]
  .filter((one) => one.checkVisibility())
  .filter((one) => !(one.getAttribute("aria-label") || one.innerText.trim() || one.textContent.trim()
    || (one.labels && one.labels.length && one.labels[0].innerText.trim())))
  .map((one) => one.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_control_has_a_name(start: str, new_page: NewPage, template: str) -> None:
    with new_page(width=360) as page:
        go(page, start + TEMPLATES[template])
        assert page.evaluate(NAMELESS) == []


def test_the_accessibility_tree_tells_role_name_and_state(start: str, new_page: NewPage) -> None:
    """As a screen reader gets it: a number is a link that says what it is and whether it stands open."""
    with new_page(width=360) as page:
        go(page, start + "faq/does-it-hurt/")
        number = page.get_by_role("link", name="Source 1", exact=True).first
        assert number.get_attribute("aria-expanded") == "false"
        number.click()
        assert page.get_by_role("link", name="Source 1", exact=True, expanded=True).count() == 1
        dialog = page.get_by_role("dialog", name="Source 1", exact=True)
        assert dialog.get_by_role("button", name="Close", exact=True).is_visible()
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Menu", exact=True).click()
        assert page.get_by_role("navigation", name="Menu", exact=True).get_by_role("link").count() >= 9
        page.keyboard.press("Escape")
        go(page, start + "search/")
        assert page.get_by_role("search").get_by_role("searchbox", name="What would you like to know?").is_visible()
