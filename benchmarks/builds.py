"""Builds of synthetic projects, ours and plain in turn, and what a page more costs.

Of several rounds the middle time counts, for ours and for plain: where a machine's speed swings, the least time is
that of a lucky moment, which the shorter build meets more often.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.processes import Cost, run
from benchmarks.synthetic import ROOT, write_projects

if TYPE_CHECKING:
    from collections.abc import Sequence

BUDGETS = {40: 1.5, 400: 1.0, 1000: 0.6}  # our CPU time at most, as a part of the plain build's
ROUNDS = {40: 15, 400: 5, 1000: 3}
PER_PAGE = 1.3  # CPU time per page at the most pages at most, against the fewest
MEMORY = 300  # MiB
# Checks and HTML pages, of which no text changed; plain MkDocs; with the offline copy and the content API; and the
# checks and HTML pages when nothing was read before.
KINDS = ("pages", "plain", "all", "first")


def measure(counts: Sequence[int], *, once: bool = False) -> list[dict[str, Any]]:
    """Measure the builds of projects with so many pages each."""
    few = min(BUDGETS)
    return [_measure(count, 1 if once else ROUNDS[count], KINDS if count == few else KINDS[:2]) for count in counts]


def _measure(count: int, rounds: int, kinds: Sequence[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(dir=ROOT / ".cache", prefix="bench-") as name:
        folder = Path(name)
        ours, plain = write_projects(folder, count)
        commands = _commands(ours, plain)
        costs: dict[str, list[Cost]] = {kind: [] for kind in kinds}
        if len(kinds) == len(KINDS):
            for kind in kinds:  # Python compiles its files at the first run
                run(commands[kind], plain if kind == "plain" else ours)
        for _ in range(rounds):
            for kind in kinds:
                if kind == "first":
                    shutil.rmtree(ours / ".cache")
                costs[kind].append(run(commands[kind], plain if kind == "plain" else ours))
        costs.setdefault("first", costs["pages"][:1])  # many pages are built for the first time once
        html = sum(1 for _ in (plain / "site").rglob("*.html"))
    found = {kind: _middle(one) for kind, one in costs.items()}
    ratio = round(found["pages"]["cpu"] / found["plain"]["cpu"], 2)
    return {
        "pages_count": count,
        "html": html,
        "rounds": rounds,
        "ratio": ratio,
        "budget": BUDGETS.get(count),
        **found,
    }


def _commands(ours: Path, plain: Path) -> dict[str, list[str]]:
    build = [str(ROOT / "scripts/build"), "--root", str(ours)]
    mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(plain / "mkdocs.yml")]
    return {"pages": [*build, "--pages-only"], "all": build, "plain": mkdocs, "first": [*build, "--pages-only"]}


def _middle(costs: Sequence[Cost]) -> dict[str, float]:
    """Return the median of each time in seconds, and the most memory in MiB."""
    return {
        "cpu": round(median(one.cpu for one in costs), 2),
        "wall": round(median(one.wall for one in costs), 2),
        "memory": round(max(one.memory for one in costs)),
    }
