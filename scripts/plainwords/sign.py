"""Reviews from the command line: what to read, the signature under it, and what is signed."""

from __future__ import annotations

import argparse
import difflib
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from plainwords.check import GENERATED, ROOT, check_site, load_site
from plainwords.extensions.shared import labels_of
from plainwords.packet import packet
from plainwords.records import Review, real_date
from plainwords.reviews import page_digest, sign_offs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwords.check import Site
    from plainwords.pages import Page

MODELINE = "# yaml-language-server: $schema=../schemas/review.schema.json\n"
HOW = 'CONTRIBUTING.md, "Review a page", says how'
SHOWN = 20


class ReviewError(ValueError):
    """A review that cannot be prepared or signed; the message says what to do."""


@dataclass(frozen=True)
class Signature:
    """What a reviewer gives: the page, who, when, what was looked at, and what was read (its digest)."""

    page: str
    reviewer: str
    date: str
    scope: str
    remarks: str | None = None
    digest: str | None = None


def find_page(site: Site, name: str) -> Page:
    """Return the page that `docs/risks/index.md`, `risks/index.md` or `risks/` names."""
    wanted = name.removeprefix("./").strip("/").removeprefix("docs/")
    for page in site.pages:
        if wanted in (page.source, page.address.strip("/")):
            return page
    if any(f"docs/{wanted}".startswith(folder) for folder in GENERATED):
        raise ReviewError(f'"{name}" is made from data/; review the pages that rest on it')
    if any(problem.path.removeprefix("docs/") == wanted for problem in site.problems):
        raise ReviewError(f'"{name}" cannot be read; scripts/check says why')
    names = [page.path for page in site.pages]
    near = difflib.get_close_matches(f"docs/{wanted}", names, cutoff=0.3) or names[:3]
    raise ReviewError(f'"{name}" is no page; pages like it: {", ".join(near)}')


def packet_of(site: Site, name: str) -> str:
    """Return the packet of a page that the check has passed, as HTML."""
    page = _sound_page(site, name)
    return packet(site.root, page, site.library, labels_of(str(site.root)))


def sign(site: Site, given: Signature, today: date) -> Path:
    """Write a signature under the present text of a page; return the file, or raise without writing."""
    page = _sound_page(site, given.page)
    _known_reviewer(site, given.reviewer)
    _past_day(given.date, today)
    scope = given.scope.strip().rstrip(".").rstrip()
    if not scope:
        raise ReviewError('--scope is empty; say what was looked at, such as "all statements and their sources"')
    digest = _read_digest(site, page, given.digest)
    name = page.source.removesuffix(".md").replace("/", "-")
    path = site.root / "data/reviews" / f"{name}-{given.date}-{given.reviewer}.yml"
    if path.exists():
        shown = path.relative_to(site.root).as_posix()
        raise ReviewError(f"{shown} exists; a signature is not overwritten, delete it first if it is wrong")
    remarks = (given.remarks or "").strip() or None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_record(page.source, digest, given, scope, remarks), encoding="utf-8")
    return path


def status(site: Site) -> Iterator[str]:
    """Yield one line a page: unsigned, signed and current, or signed but changed since; then the counts."""
    counts = dict.fromkeys(("signed and current", "signed but changed since", "unsigned"), 0)
    for page in site.pages:
        signed = sign_offs(site.root, page, site.library)
        current = [one for one in signed if one.current]
        said = "signed and current" if current else "signed but changed since" if signed else "unsigned"
        counts[said] += 1
        who = "; ".join(f"{one.review.date}, {one.reviewer.name}" for one in current or signed)
        yield f"{page.path}: {said}" + (f" ({who})" if who else "")
    yield ", ".join(f"{count} {said}" for said, count in counts.items())


def _sound_page(site: Site, name: str) -> Page:
    """Return a page on which the check finds nothing: a person's time is not spent on what a program sees."""
    page = find_page(site, name)
    paths = {page.path, *("docs/" + snippet.partition(":")[0] for snippet, _ in page.prose.snippets)}
    problems = [one for one in check_site(site) if one.path in paths]
    problems += [one for one in site.problems if one.path.startswith("data/")]
    if problems:
        lines = "\n".join(str(one) for one in sorted(set(problems))[:SHOWN])
        raise ReviewError(f"{lines}\nmend what scripts/check names before {page.path} is reviewed")
    return page


def _known_reviewer(site: Site, key: str) -> None:
    if key not in site.library.reviewers:
        known = ", ".join(sorted(site.library.reviewers)) or "nobody yet"
        raise ReviewError(
            f'"{key}" is not in data/reviewers.yml (there: {known}); a reviewer is added there by pull request, {HOW}'
        )


def _past_day(text: str, today: date) -> None:
    try:
        day = real_date(text)
    except ValueError as error:
        raise ReviewError(f"--date: {error}") from None
    if day > today:
        raise ReviewError(f"--date: {text} is after today, {today}; give the day on which the page was read")


def _read_digest(site: Site, page: Page, read: str | None) -> str:
    """Return the digest of the present text, which must be what was read where that is known."""
    digest = page_digest(site.root, page, site.library)
    if read and read != digest:
        raise ReviewError(
            f"--digest: {page.path} has changed since its packet was written; "
            f"read it anew: scripts/review packet {page.path}"
        )
    return digest


def _record(source: str, digest: str, given: Signature, scope: str, remarks: str | None) -> str:
    review = Review(
        page=source, digest=digest, reviewer=given.reviewer, date=given.date, scope=scope, remarks=remarks
    )
    data = review.model_dump(exclude_none=True)
    return MODELINE + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)


def main(arguments: Sequence[str] | None = None, today: date | None = None) -> int:
    """Run the command; exit status 0, 1 (refused, with the reason) or 2 (wrong usage)."""
    options = _options(arguments)
    site = load_site(options.root)
    try:
        sys.stdout.write(_run(options, site, today or date.today()))  # noqa: DTZ011  (the reviewer's own day)
    except ReviewError as error:
        sys.stderr.write(f"review: {error}\n")
        return 1
    return 0


def _run(options: argparse.Namespace, site: Site, today: date) -> str:
    if options.command == "status":
        return "\n".join(status(site)) + "\n"
    if options.command == "sign":
        given = Signature(
            options.page, options.reviewer, options.date, options.scope, options.remarks, options.digest
        )
        shown = sign(site, given, today).relative_to(site.root).as_posix()
        return f"{shown} is written; commit it on a branch and open a pull request ({HOW})\n"
    text = packet_of(site, options.page)
    if options.out is None:
        return text
    (options.asked_from / options.out).write_text(text, encoding="utf-8")
    return f"{options.out} is written; open it in a browser, or print it\n"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/review", description="Reviews by named people: what to read, how to sign, what is signed."
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    parser.add_argument("--from", dest="asked_from", type=Path, default=Path(), help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("packet", help="write a page with what each sentence rests on, as HTML")
    one.add_argument("page", help="docs/risks/index.md, or its address: risks/")
    one.add_argument("--out", type=Path, help="a file for the packet (else it is printed)")
    one = commands.add_parser("sign", help="write a signature under a page's present text to data/reviews/")
    one.add_argument("page", help="docs/risks/index.md, or its address: risks/")
    one.add_argument("--reviewer", required=True, metavar="KEY", help="the reviewer's key in data/reviewers.yml")
    one.add_argument("--date", required=True, metavar="YYYY-MM-DD", help="the day on which the page was read")
    one.add_argument("--scope", required=True, help="what was looked at; readers see it")
    one.add_argument("--remarks", help="what else is to be kept with the signature; the page does not show it")
    one.add_argument("--digest", help="the digest in the packet that was read; refused if the page has changed")
    commands.add_parser("status", help="list pages: unsigned, signed and current, signed but changed since")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
