"""Stores the present text of pages as versions that never change: `scripts/pin`, after a build."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from plainwords.build import settings_of
from plainwords.check import load_site
from plainwords.embeds.assets import FOR_OTHERS, KEPT, hashed_name, script
from plainwords.embeds.options import load_options
from plainwords.embeds.pins import FOLDER, LEDGER, RECORD, TEXT, Pin, load_pins
from plainwords.embeds.render import Renderer, sha256
from plainwords.embeds.write import AUTHOR, Embeddable, embeddables, shown
from plainwords.problems import Problem
from plainwords.records import real_date
from plainwords.reviews import page_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwords.check import Site
    from plainwords.embeds.pins import Stored

ROOT = Path(__file__).resolve().parents[3]
LEDGER_HEAD = "# DATE/PAGE and the SHA-256 of its text. scripts/pin adds lines, and none ever goes.\n"
SCHEMA = "schemas/pin.schema.json"
FIRST = "First stored version"
RECORDS = "sources/"  # made from records, which the repository keeps anyway


class PinError(ValueError):
    """Why nothing was stored; the message says what to do."""


def store(site: Site, built: Path, day: str, pages: Sequence[str], note: str | None) -> list[str]:
    """Store the pages of a built site whose words changed since their last version; return their addresses."""
    real_date(day)
    found = {one.content.address: one for one in embeddables(built, load_options(site.root))}
    if lost := [page for page in pages if page not in found]:
        raise PinError(f'"{lost[0]}" is no page of {built.name}/; name addresses, such as risks/, and build first')
    last = {one.pin.page: one for one in load_pins(site.root)}
    wanted = [found[page] for page in pages or found if pages or not page.startswith(RECORDS)]
    changed = [one for one in wanted if _changed(one, last.get(one.content.address))]
    if not note and (known := [one for one in changed if one.content.address in last]):
        names = ", ".join(one.content.address for one in known)
        raise PinError(f"say what changed, with --note, in: {names}")
    for one in changed:
        _store(site, one, day, note if one.content.address in last and note else FIRST)
    return [one.content.address for one in changed]


def keep_scripts(root: Path) -> Iterator[str]:
    """Keep the present scripts for other websites for good; yield the names of new ones."""
    (root / KEPT).mkdir(parents=True, exist_ok=True)
    for path, data in _unkept(root):
        path.write_bytes(data)
        yield path.relative_to(root).as_posix()


def script_problems(root: Path) -> Iterator[Problem]:
    """Every script that a deploy would publish is kept, so that no later deploy loses it."""
    for path, _ in _unkept(root):
        message = "is not kept, and the next change would lose it; run scripts/pin, and commit what it writes"
        yield Problem(path.relative_to(root).as_posix(), 0, "pin", message)


def _unkept(root: Path) -> Iterator[tuple[Path, bytes]]:
    renderer = Renderer(root, settings_of(root / "mkdocs.yml"), load_options(root), AUTHOR)
    for name in FOR_OTHERS:
        data = script(root, name, renderer).encode()
        path = root / KEPT / hashed_name(name, data)
        if not path.exists():
            yield path, data


def _changed(one: Embeddable, last: Stored | None) -> bool:
    return last is None or last.pin.words != one.content.digest


def _store(site: Site, one: Embeddable, day: str, note: str) -> None:
    content, said = one.content, shown(one)
    folder = site.root / FOLDER / day / content.address
    if (folder / RECORD).exists():
        raise PinError(f"{content.address} was stored on {day} already; a version never changes, take another --date")
    page = next((each for each in site.pages if each.address == content.address), None)
    pin = Pin(
        page=content.address, title=content.title, stamp=said.checked, words=content.digest,
        sha256=sha256(said.text), note=note,
        review=page_digest(site.root, page, site.library) if page else None,
    )  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TEXT).write_text(said.text, encoding="utf-8")
    data = pin.model_dump(exclude_none=True, exclude_defaults=True)
    text = yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=1000)
    up = "../" * (content.address.count("/") + 2)
    (folder / RECORD).write_text(f"# yaml-language-server: $schema={up}{SCHEMA}\n{text}", encoding="utf-8")
    with (site.root / LEDGER).open("a", encoding="utf-8") as file:
        if not file.tell():
            file.write(LEDGER_HEAD)
        file.write(f"{day}/{content.address} {pin.sha256}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Store versions from the command line; exit status 0, 1 (nothing could be stored) or 2 (wrong usage)."""
    options = _options(arguments)
    site = load_site(options.root)
    try:
        stored = store(site, options.root / "site", options.date, options.pages, options.note or _asked())
    except (PinError, ValueError) as error:
        sys.stderr.write(f"pin: {error}\n")
        return 1
    _say([*(f"{FOLDER}/{options.date}/{page}" for page in stored), *keep_scripts(options.root)])
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/pin", description="Store the text of pages that changed, as versions that never change."
    )
    parser.add_argument("pages", nargs="*", metavar="ADDRESS", help="for instance risks/; without: every page")
    parser.add_argument("--note", help="what changed since the last version, in one line for readers")
    today = date.today().isoformat()  # noqa: DTZ011  (the editor's own day)
    parser.add_argument("--date", default=today, help="the day of the version, YYYY-MM-DD")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _asked() -> str | None:
    """Ask for the note where somebody sits before the screen."""
    if not sys.stdin.isatty():
        return None
    return input("What changed, in one line for readers (empty for first versions)? ").strip() or None


def _say(written: Iterable[str]) -> None:
    names = list(written)
    sys.stdout.writelines(f"pin: {name}\n" for name in names)
    sys.stdout.write(f"pin: {len(names)} stored\n")


if __name__ == "__main__":
    raise SystemExit(main())
