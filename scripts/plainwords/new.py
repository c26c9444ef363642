"""What an editor fills in, made from a template: a source (from an export), a page, a question, a term.

The templates stand in `data/templates/`. Their placeholders are such that the check names each one left over.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from plainwords.check import GENERATED, ROOT
from plainwords.new_source import ENDINGS, SOURCES, Made, NewError, empty_source, scalar, sources_from, template
from plainwords.pages import PAGE_PATTERN, Theme, address_of
from plainwords.placing import MENU, QUESTIONS, in_menu, in_questions
from plainwords.problems import Problem
from plainwords.records import KEY_PATTERN, real_date
from plainwords.yamltext import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

GLOSSARY = "data/glossary.yml"
THEMES = get_args(Theme)
WRONG_USAGE = 2


# ---- Pages, questions, terms


@dataclass(frozen=True)
class Head:
    """What an editor gives for a page: title, days, audience or theme."""

    title: str
    checked: str
    audience: str = "patient"
    searched: str | None = None
    theme: str | None = None


def page(root: Path, path: str, head: Head) -> list[Made]:
    """Return a page that holds its front matter and the parts that every page has, and the menu with its line."""
    path = path.removeprefix("./")
    if not re.fullmatch(PAGE_PATTERN, path):
        raise NewError(f'"{path}" is no path of a page; write docs/folder/some-page.md, with a-z, 0-9 and hyphens')
    if path.startswith(tuple(f"{folder}/" for folder in GENERATED)):
        raise NewError(f"{path}: pages there are made from data/; use scripts/new source or scripts/new term")
    if path.startswith("docs/faq/"):
        raise NewError(
            f'{path}: an answer is made by scripts/new question {Path(path).stem} --title "..." --theme "..."'
        )
    _check_address(root, path)
    text = _headed(template(root, "page.md" if head.audience == "patient" else "trust.md"), head)
    said = "  fill in description: and the text; [^key.finding] stands where a source is to be named"
    entry, source = scalar(" ".join(head.title.split()), flow=True), path.removeprefix("docs/")
    menu = in_menu(_existing(root, MENU), entry, source)
    if menu:
        placed = (
            f"  the menu leads to it, as the last page of its folder; move or rename its line ({source}) as you like"
        )
        return [Made(path, text, (said,)), Made(MENU, menu, (placed,), replaces=True)]
    return [Made(path, text, (said, f"  add it to nav: in {MENU}, for instance:", f"      - {entry}: {source}"))]


def _existing(root: Path, name: str) -> str:
    path = root / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def question(root: Path, slug: str, head: Head) -> list[Made]:
    """Return a page for one answer, and the list of questions that takes it in."""
    _check_slug(slug)
    if not head.title.rstrip().endswith("?"):
        raise NewError(f'--title "{head.title}" is no question; write it as a reader would ask, with "?" at its end')
    path = f"docs/faq/{slug}.md"
    _check_address(root, path)
    said = (
        "  fill in description:, the answer (at most 80 words) and the link to the page that says more",
        "  [^key.finding] stands where a source is to be named",
    )
    title, theme = " ".join(head.title.split()), str(head.theme)
    text = _headed(template(root, "answer.md"), head)
    for name in QUESTIONS:
        whole = in_questions(_existing(root, name), name, theme, title, path)
        if whole:
            placed = f'  takes the answer in, as the last under "{theme}"; move its lines as you like'
            return [Made(path, text, said), Made(name, whole, (placed,), replaces=True)]
    missing = f'  no list of questions has a heading "## {theme}"; take the answer in by hand: {", ".join(QUESTIONS)}'
    return [Made(path, text, (*said, missing))]


def term(root: Path, slug: str, name: str) -> Made:
    """Return the glossary with a term added in its place; no other line changes."""
    _check_slug(slug)
    name = " ".join(name.split())
    if not name:
        raise NewError("the term is empty; give its name as readers see it")
    text = (root / GLOSSARY).read_text(encoding="utf-8")
    document = read_yaml(text, GLOSSARY)
    if isinstance(document, Problem):
        raise NewError(f"{document.path}:{document.line}: {document.message}")
    entries = [entry for entry in document.data or [] if isinstance(entry, dict)]
    _check_term(entries, slug, name)
    lines = text.rstrip("\n").split("\n")
    after = next((index for index, one in enumerate(entries) if _sorted_as(one) > name.lower()), None)
    at = _start(lines, document.line((after,))) if after is not None else len(lines)
    entry = _substituted(template(root, "term.yml"), {"TERM": scalar(name), "SLUG": slug}).rstrip("\n").split("\n")
    said = (f"  line {at + 1}: fill in meaning: (one sentence, at most 25 words), and use the term on a page",)
    return Made(GLOSSARY, "\n".join([*lines[:at], *entry, *lines[at:]]) + "\n", said, replaces=True)


def _sorted_as(entry: Mapping[str, Any]) -> str:
    return str(entry.get("term", "")).lower()


def _check_term(entries: Sequence[Mapping[str, Any]], slug: str, name: str) -> None:
    for entry in entries:
        names = [str(one).lower() for one in (entry.get("term"), *(entry.get("also") or ()))]
        if entry.get("slug") == slug or name.lower() in names:
            raise NewError(f'"{entry.get("term")}" (slug {entry.get("slug")}) is in {GLOSSARY} already')


def _start(lines: Sequence[str], line: int) -> int:
    """Return the index at which an entry begins, with the comments right above it but not the file's own head."""
    at = line - 1
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return at or line - 1


def _check_slug(slug: str) -> None:
    if not re.fullmatch(KEY_PATTERN, slug) or slug == "index":
        raise NewError(
            f'"{slug}" cannot be a part of an address; use a-z, 0-9 and single hyphens, such as does-it-hurt'
        )


def _check_address(root: Path, path: str) -> None:
    stem = path.removesuffix(".md").removesuffix("/index")
    for other in (path, f"{stem}.md", f"{stem}/index.md"):
        if (root / other).exists():
            address = "/" + address_of(other.removeprefix("docs/"))
            raise NewError(
                f"{other} exists and has the address {address}; nothing is overwritten, choose another name"
            )


def _headed(text: str, head: Head) -> str:
    title = " ".join(head.title.split())
    if not title:
        raise NewError('--title is empty; give it as readers see it, such as --title "Can it make me worse?"')
    checked = _day(head.checked, "--checked")
    values = {"TITLE": scalar(title), "AUDIENCE": head.audience, "CHECKED": checked.isoformat(),
              "DUE": a_year_on(checked).isoformat(), "THEME": head.theme or ""}  # fmt: skip
    if head.searched:
        values["SEARCHED"] = _day(head.searched, "--searched").isoformat()
    else:
        text = text.replace("searched: SEARCHED\n", "")
    return _substituted(text, values)


def _substituted(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r": ([A-Z]+)$", lambda found: ": " + values.get(found[1], found[1]), text, flags=re.MULTILINE)


def _day(text: str, option: str) -> date:
    try:
        return real_date(text)
    except ValueError as error:
        raise NewError(f"{option}: {error}") from None


def a_year_on(day: date) -> date:
    """Return the same day of the next year; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


# ---- The command


def write(root: Path, made: Sequence[Made]) -> None:
    """Write all files, or none where one of them exists."""
    for one in made:
        if (root / one.path).exists() and not one.replaces:
            raise NewError(f"{one.path} exists, and nothing is overwritten")
    written: list[Path] = []
    try:
        for one in made:
            path = root / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text, encoding="utf-8")
            written += [] if one.replaces else [path]
    except OSError as error:
        for path in written:
            path.unlink()
        raise NewError(f"{one.path} cannot be written ({error.strerror}); nothing is written") from None


def main(arguments: Sequence[str] | None = None, today: date | None = None) -> int:
    """Run the command; exit status 0, or 2 (wrong usage or refused, with the reason, and nothing is written)."""
    options = _options(arguments)
    try:
        made, passed_over = _made(options, (today or date.today()).isoformat())  # noqa: DTZ011  (the editor's own day)
        write(options.root, made)
    except NewError as error:
        sys.stderr.write(f"new: {error}\n")
        return WRONG_USAGE
    sys.stdout.write("\n".join(_told_of(made, passed_over)) + "\n")
    return 0


def _told_of(made: Sequence[Made], passed_over: Sequence[str]) -> Iterator[str]:
    count = len(made) + len(passed_over)
    if count > 1 and all(one.path.startswith(SOURCES) for one in made):
        yield f"{count} references: {len(made)} new records, {len(passed_over)} passed over."
    yield from (f"passed over: {one}" for one in passed_over)
    for one in made:
        yield f"{one.path} is {'changed' if one.replaces else 'written'}"
        yield from one.said
    if any(one.path.startswith(SOURCES) for one in made):
        yield "Help stands beside each line there. A page cites a finding as [^key.finding] after the full stop."
    yield "scripts/check names what is missing or wrong. When that is mended: scripts/generate, then scripts/check."


def _made(options: argparse.Namespace, today: str) -> tuple[list[Made], list[str]]:
    root: Path = options.root
    if options.command == "source":
        if options.file is None:
            return [empty_source(root, options.key)], []
        return sources_from(root, options.asked_from / options.file, options.key)
    if options.command == "term":
        return [term(root, options.slug, options.term)], []
    if options.command == "question":
        head = Head(options.title, options.checked or today, theme=options.theme)
        return question(root, options.slug, head), []
    head = Head(options.title, options.checked or today, options.audience, options.searched)
    return page(root, options.path, head), []


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command in one line."""

    def error(self, message: str) -> NoReturn:
        """Print one line and end with status 2."""
        self.exit(WRONG_USAGE, f"new: {message}; {self.prog} --help tells more\n")


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = Parser(prog="scripts/new", description="Make what an editor fills in. Nothing is ever overwritten.")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    parser.add_argument("--from", type=Path, default=Path(), dest="asked_from", help=argparse.SUPPRESS)
    commands = parser.add_subparsers(dest="command", required=True, metavar="source, page, question or term")
    one = commands.add_parser("source", help="a record in data/sources/, from an export or empty")
    one.add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="BibTeX, RIS, CSL-JSON or PubMed: " + " ".join(ENDINGS)
    )
    one.add_argument("--key", help="authorYEAR-topic; without it one is proposed from the export")
    one = commands.add_parser("page", help="a page in docs/")
    one.add_argument("path", metavar="docs/some/page.md")
    one.add_argument("--title", required=True, help="the page's heading")
    one.add_argument(
        "--audience", choices=("patient", "trust"), default="patient", help="trust: about the site itself"
    )
    one.add_argument(
        "--searched", metavar="YYYY-MM-DD", help="for a page on evidence: when literature was looked for"
    )
    _dated(one)
    one = commands.add_parser("question", help="an answer in docs/faq/")
    one.add_argument("slug", metavar="SLUG", help="the last part of its address: does-it-hurt")
    one.add_argument("--title", required=True, help="the question in readers' own words")
    one.add_argument("--theme", required=True, choices=THEMES, metavar="THEME", help="one of: " + ", ".join(THEMES))
    _dated(one)
    one = commands.add_parser("term", help="a word in data/glossary.yml")
    one.add_argument("slug", metavar="SLUG", help="the last part of its address: dextrose")
    one.add_argument("term", metavar="TERM", help="the word as readers see it")
    return parser.parse_args(arguments)


def _dated(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--checked", metavar="YYYY-MM-DD", help="the day of the check against the sources (else today)"
    )


if __name__ == "__main__":
    raise SystemExit(main())
