"""What a newcomer does on the page for clinics: choose by its words, copy, and read what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PLACE = "for-clinics/"
MOST_SECONDS = 120
WORDS_A_SECOND = 3  # a slow reader
SECONDS_AN_ACTION = 5  # to find what is named, and to click, paste or save


@dataclass(frozen=True)
class Copied:
    """What the newcomer has after the form: the code, and the steps that the form shows."""

    code: str
    steps: list[str]
    seconds: float


def follow(page: Page, title: str, way: str) -> Copied:
    """Choose a page and a website by the words on the page, copy, and read what comes next."""
    page.get_by_label("Page or part").select_option(label=title)
    page.get_by_label("My website is made with").select_option(label=way)
    page.get_by_role("button", name="Copy").click()
    page.get_by_text("Copied", exact=True).wait_for()
    steps = page.locator(".pf-then ol > li").all_inner_texts()
    told = [page.inner_text(".verdict"), page.inner_text("#choose-what-to-show + p"), page.inner_text(".pf-then")]
    words = len(" ".join([*told, *page.locator("label:visible").all_inner_texts()]).split())
    seconds = words / WORDS_A_SECOND + SECONDS_AN_ACTION * (3 + len(steps))
    return Copied(page.evaluate("navigator.clipboard.readText()"), steps, seconds)
