"""The content check: reads `data/` and `docs/`, knows no builder, prints every problem at once."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from plainwords import generate, page_rules, record_rules, site_rules
from plainwords.changes import change_problems
from plainwords.embeds.rules import embed_problems
from plainwords.extensions.shared import labels_of
from plainwords.kept import Kept
from plainwords.library import Library, load_library
from plainwords.pages import Page, load_page
from plainwords.problems import Problem, counted, print_problems
from plainwords.records import real_date
from plainwords.site_rules import ADDRESS_REMEDY
from plainwords.tracing import count_page, trace_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
KEPT = ".cache/read.pickle"
NOTICE_DAYS = 30
GENERATED = ("docs/glossary", "docs/sources")


@dataclass(frozen=True)
class Site:
    """All that is checked: the project's folder, its records and its pages; and what is known from the last check."""

    root: Path
    library: Library
    pages: tuple[Page, ...]
    problems: tuple[Problem, ...]
    kept: Kept


def load_site(root: Path) -> Site:
    """Read every record and every page that a person writes."""
    kept = Kept(root / KEPT)
    library = load_library(root, kept)
    problems = list(library.problems)
    pages: list[Page] = []
    for path in sorted((root / "docs").rglob("*.md")):
        if not path.relative_to(root).as_posix().startswith(GENERATED):
            page, found = load_page(root, path, kept)
            problems += found
            if page:
                pages.append(page)
    return Site(root, library, tuple(pages), tuple(problems), kept)


def check_site(site: Site) -> list[Problem]:
    """Return every problem of the content: records, pages, glossary, addresses, reviews."""
    problems = [*site.problems, *_page_problems(site)]
    problems += [one for one in record_rules.check_records(site.library, site.pages) if _is_sure(one, site)]
    problems += site_rules.check_whole(site.root, site.pages, site.library)
    problems += change_problems(site.library, site.pages)
    problems += embed_problems(site.root, site.pages)
    problems += generate.drift(site.root, site.library, labels_of(str(site.root)))
    site.kept.save()
    return problems


def _page_problems(site: Site) -> Iterator[Problem]:
    """Check each page by itself; one whose text and whose records are as at the last check has the same problems."""
    records = site.kept.state("data/")
    for page in site.pages:
        yield from site.kept.of(
            f"check {page.path}",
            records + site.kept.state(page.path),
            lambda page=page: [*trace_page(page, site.library), *page_rules.check_page(page, site.library)],  # type: ignore[misc]
        )


def _is_sure(problem: Problem, site: Site) -> bool:
    """Whether a problem holds although a page cannot be read: that page may use what seems unused."""
    read = {page.path for page in site.pages}
    unread = {one.path for one in site.problems if one.path.startswith("docs/")} - read
    return not (unread and problem.rule in ("unused-source", "unused-term"))


def due_problems(pages: Sequence[Page], today: date) -> Iterator[tuple[bool, Problem]]:
    """A page is checked again by its due date; the flag tells an error from a notice 30 days ahead."""
    for page in pages:
        due = real_date(page.meta.due)
        line = page.document.line(("due",))
        what = "read it against its sources again, then set checked: and due:"
        if due < today:
            yield True, Problem(page.path, line, "overdue", f"was due on {due}, today is {today}; {what}")
        elif due <= today + timedelta(days=NOTICE_DAYS):
            yield False, Problem(page.path, line, "due-soon", f"is due on {due}, today is {today}; {what}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the check from the command line; exit status 0, 1 (problems) or 2 (wrong usage)."""
    options = _options(arguments)
    site = load_site(options.root)
    if options.due:
        return _main_due(site, options.today)
    problems = set(check_site(site))
    if not print_problems(problems, sys.stdout):
        _print_counts(site)
        return 0
    sys.stdout.write(_closing(problems))
    return 1


def _closing(problems: set[Problem]) -> str:
    """Say how many problems there are, and which of them one command mends."""
    said = (
        f"{counted(len(problems), 'problem')}. Each line says where, which rule, what is wrong, what is expected.\n"
    )
    remedies = (generate.REMEDY, ADDRESS_REMEDY)
    made = sum(1 for one in problems if any(remedy in one.message for remedy in remedies))
    if not made:
        return said
    others = ", once the others are mended" if made < len(problems) else ""
    return f"{said}scripts/generate mends {made} of them{others}.\n"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/check", description="Check the content: sources, claims, words, dates."
    )
    parser.add_argument("--due", action="store_true", help="check only whether pages are due to be read again")
    parser.add_argument("--today", type=_today, default=None, help="the day to compare with (YYYY-MM-DD), with --due")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.today and not options.due:
        parser.error("--today goes with --due")
    return options


def _today(text: str) -> date:
    try:
        return real_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _main_due(site: Site, today: date | None) -> int:
    found = list(due_problems(site.pages, today or date.today()))  # noqa: DTZ011  (the reader's own day)
    print_problems((problem for _, problem in found), sys.stdout)
    errors = sum(1 for error, _ in found if error)
    sys.stdout.write(
        f"{errors} overdue, {len(found) - errors} due within {NOTICE_DAYS} days, {len(site.pages)} pages.\n"
    )
    return 1 if errors else 0


def _print_counts(site: Site) -> None:
    cited = hanging = marked = 0
    for page in site.pages:
        counts = count_page(page)
        cited, hanging, marked = cited + counts.cited, hanging + counts.hanging, marked + counts.marks.total()
        sys.stdout.write(f"{page.path}: {counts}\n")
    findings = sum(len(source.findings) for source in site.library.sources.values())
    sys.stdout.write(
        f"{len(site.pages)} pages, {len(site.library.sources)} sources, {findings} findings, "
        f"{len(site.library.terms)} terms; texts: {cited} cited, {hanging} by what they hang on, {marked} marked.\n"
    )


if __name__ == "__main__":
    raise SystemExit(main())
