"""Measures, prints the tables, and writes them into benchmarks/latest.json and the README."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from benchmarks import builds, lighthouse, preview
from benchmarks.synthetic import HERE, ROOT
from benchmarks.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence

LATEST = HERE / "latest.json"
README = ROOT / "README.md"
MARKS = ("<!-- bench -->", "<!-- /bench -->")
COUNTS = (40, 400, 1000)
PARTS = ("builds", "preview", "pages")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure; exit status 0, or 2 (wrong usage). A budget that is missed is printed, and fails nothing."""
    options = _options(arguments)
    if "pages" in options.only and not (ROOT / "site/index.html").exists():
        sys.stderr.write("bench: there is no site/; run scripts/build\n")
        return 2
    figures: dict[str, Any] = json.loads(LATEST.read_text(encoding="utf-8")) if LATEST.exists() else {}
    figures["note"] = options.note
    for part in options.only:
        sys.stdout.write(f"bench: {part}\n")
        figures[part] = _measured(part, options, figures.get(part))
        LATEST.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    text = tables(figures)
    sys.stdout.write(text)
    _into_readme(text)
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description="Measure builds and pages against plain MkDocs + Material."
    )
    parser.add_argument("--quick", action="store_true", help="builds of 40 pages only, once")
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured")
    parser.add_argument(
        "--only", nargs="+", choices=PARTS, default=None, help="measure these, keep the other figures"
    )
    parser.add_argument("--note", default="", help="what a reader of the figures should know, such as a busy machine")
    parser.add_argument("--counts", type=int, nargs="+", choices=COUNTS, default=None, help="builds of so many pages")
    options = parser.parse_args(arguments)
    options.only = options.only or (["builds"] if options.quick else list(PARTS))
    options.counts = options.counts or (COUNTS[:1] if options.quick else COUNTS)
    return options


def _measured(part: str, options: argparse.Namespace, before: Any) -> Any:
    if part == "builds":
        found = builds.measure(options.counts, once=options.quick)
        kept = [one for one in before or [] if one["pages_count"] not in options.counts]
        return sorted([*kept, *found], key=lambda one: one["pages_count"])
    return preview.measure() if part == "preview" else lighthouse.measure(options.rounds)


def _into_readme(text: str) -> None:
    readme = README.read_text(encoding="utf-8")
    before, start, rest = readme.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if start and end:
        README.write_text(f"{before}{start}\n\n{text}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
