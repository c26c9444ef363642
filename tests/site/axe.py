"""What axe says of a page, and the few things that it may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_FILE_PATH

if TYPE_CHECKING:
    from playwright.sync_api import Page

OF_COLOURS = ["color-contrast-enhanced", "link-in-text-block"]
# axe's rule for 7:1 lets pass what is below 4.5:1, as its rule for 4.5:1 reports that. Here the first reports all, so
# that the second, which looks at each letter's ground once more, need not run.
REPORT_ALL = {
    "color-contrast-enhanced": {
        "options": {
            "contrastRatio": {
                "normal": {"expected": 7, "minThreshold": 1},
                "large": {"expected": 4.5, "minThreshold": 1},
            }
        }
    }
}
RULES = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")

# Findings of axe that are left: (rule, words of the finding) -> why.
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("target-size", "partially obscured"): (
        "Where a phone's page happens to be scrolled, its bar covers part of what lies at the bottom of the screen; "
        "scrolling frees it. test_layout.py measures the size of every link and button itself."
    ),
}

# axe knows no top layer, and takes what a browser shows there for covered: such a part is laid over the page by hand.
LOWERED = """(part) => {
  for (const one of document.querySelectorAll(part)) one.removeAttribute("popover");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(part + ":not(html) { z-index: 9999; }");
  document.adoptedStyleSheets.push(sheet);
}"""


def violations(page: Page, *, colours_in: str = "html", colours_alone: bool = False) -> list[str]:
    """What axe has against the page as it stands, but for the exceptions.

    `colours_in` is a selector of the part whose colours are looked at, where those around it were looked at before.
    """
    wanted: list[tuple[str, dict[str, Any]]] = [(colours_in, {"runOnly": {"type": "rule", "values": OF_COLOURS}})]
    if not colours_alone:
        whole = colours_in == "html"
        rules = {name: {"enabled": False} for name in ("color-contrast", *(() if whole else OF_COLOURS))}
        every = {"runOnly": RULES, "rules": {"target-size": {"enabled": True}, **rules}}
        wanted = [("html", every), *(() if whole else wanted)]
    page.evaluate(LOWERED, colours_in)
    found = [rule for part, options in wanted for rule in _run(page, part, options)]
    return [
        f"{rule['id']}: {element['html'][:160]}: {element['failureSummary']}"
        for rule in found
        for element in rule["nodes"]
        if not any(rule["id"] == name and words in element["failureSummary"] for name, words in EXCEPTIONS)
    ]


def _run(page: Page, part: str, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Run axe on a part of the page; what it finds, rule by rule."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    told = {"resultTypes": ["violations"], "preload": False, "checks": REPORT_ALL, **options}
    found: list[dict[str, Any]] = page.evaluate(
        "([part, told]) => axe.run(part, told).then((all) => all.violations)", [part, told]
    )
    return found
