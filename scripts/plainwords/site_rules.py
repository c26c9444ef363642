"""Rules for the site as a whole: addresses that live for ever, links, snippets, reviews, where readers are sent."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from plainwords.extensions.shared import labels_of
from plainwords.pages import PAGE_PATTERN, address_of
from plainwords.problems import Problem
from plainwords.record_rules import link_host
from plainwords.reviews import review_problems
from plainwords.source_lists import list_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.library import Library
    from plainwords.pages import Page

ADDRESSES = "data/addresses.txt"
GLOSSARY = "data/glossary.yml"
HOSTS = "data/link-hosts.txt"
ADDRESS_REMEDY = "scripts/generate adds new addresses"


def check_whole(root: Path, pages: Sequence[Page], library: Library) -> list[Problem]:
    """Return every problem that no page and no record has alone."""
    lists = list_names(library, labels_of(str(root)))
    known = known_sources(pages, library, lists) | _being_mended(root, library)
    return [
        *_addresses(root, known),
        *_taken(library, lists),
        *_names(root),
        *_links(root, pages, known),
        *_hosts(root, pages, library),
        *review_problems(pages, library),
    ]


def known_sources(pages: Sequence[Page], library: Library, lists: set[str]) -> set[str]:
    """Return the Markdown path below docs/ of every page, those made from records included."""
    made = {"glossary/index.md"} | {f"glossary/{term.slug}.md" for term in library.terms}
    made |= {f"sources/{name}.md" for name in lists | set(library.sources)}
    return {page.source for page in pages} | made


def _taken(library: Library, lists: set[str]) -> Iterator[Problem]:
    """No source has the name of a list of sources: one page would hide the other."""
    for key in sorted(lists & set(library.sources)):
        message = f'"{key}" is the name of a list of sources; give the record another name'
        yield Problem(f"data/sources/{key}.yml", 1, "record", message)


def _being_mended(root: Path, library: Library) -> set[str]:
    """Return the pages that are there but cannot be read before they, or the records they come from, are mended."""
    broken = {one.path for one in library.problems}
    found = {path.relative_to(root / "docs").as_posix() for path in (root / "docs").rglob("*.md")}
    made = {one for one in found if one.startswith(("glossary/", "sources/"))}
    if GLOSSARY in broken:
        return found
    return (found - made) | {f"sources/{key}.md" for key in library.broken}


def listed(root: Path, name: str) -> list[tuple[str, str, int]]:
    """Read a list with one entry a line: (entry, what follows it, line); # begins a comment."""
    path = root / name
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    parted = [(line.partition("#")[0].split(maxsplit=1), number) for number, line in enumerate(lines, 1)]
    return [(words[0], words[1].strip() if len(words) > 1 else "", number) for words, number in parted if words]


def _addresses(root: Path, known: set[str]) -> Iterator[Problem]:
    """An address once published stays: as a page, as "-> new/address/", or as "withdrawn"."""
    now = {"/" + address_of(source) for source in known}
    entries = listed(root, ADDRESSES)
    for address, fate, line in entries:
        target = fate.removeprefix("->").strip()
        if fate and target != "withdrawn" and target not in now:
            yield Problem(
                ADDRESSES, line, "address", f'"{target}" is no page; a redirect leads to a page that exists'
            )
        elif not fate and address not in now:
            yield Problem(
                ADDRESSES, line, "address",
                f"{address} was published and is gone; bring the page back, or write "
                f'"{address} -> /new/address/" or "{address} withdrawn"',
            )  # fmt: skip
        elif fate and address in now:
            yield Problem(ADDRESSES, line, "address", f'{address} is a page, so "{fate}" cannot hold')
    first: dict[str, int] = {}
    for address, _, line in entries:
        if first.setdefault(address, line) != line:
            message = f"{address} stands in line {first[address]} already; keep one of the two"
            yield Problem(ADDRESSES, line, "address", message)
    missing = sorted(now - {address for address, _, _ in entries})
    for address in missing:
        yield Problem(ADDRESSES, 0, "address", f"{address} is not listed; {ADDRESS_REMEDY}")


def _names(root: Path) -> Iterator[Problem]:
    """A page's path becomes its address, so it is typed in small letters."""
    for path in sorted((root / "docs").rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in (".md", ".markdown") and not re.fullmatch(PAGE_PATTERN, name):
            yield Problem(name, 0, "file-name", "rename it: a-z, 0-9 and single hyphens, then .md (my-page.md)")


def _links(root: Path, pages: Sequence[Page], known: set[str]) -> Iterator[Problem]:
    """A link or snippet leads to a page that exists."""
    for page in pages:
        folder = posixpath.dirname(page.source)
        for target, line in page.prose.links:
            path = target.partition("#")[0]
            if not path or target.startswith(("http:", "https:", "mailto:", "tel:")):
                continue
            if posixpath.normpath(posixpath.join(folder, path)) not in known:
                yield Problem(
                    page.path,
                    line,
                    "link",
                    f'"{target}" leads to no page; link to a .md file, relative to this one',
                )
        for target, line in page.prose.images:
            if not (root / "docs" / folder / target).is_file():
                yield Problem(
                    page.path, line, "link", f'"{target}" is no picture; give its path relative to this page'
                )
        for snippet, line in page.prose.snippets:
            name, _, section = snippet.partition(":")
            path_on_disk = root / "docs" / name
            marked = path_on_disk.exists() and f"[start:{section}]" in path_on_disk.read_text(encoding="utf-8")
            if name not in known or not marked:
                yield Problem(
                    page.path,
                    line,
                    "snippet",
                    f'"{snippet}" is not to be found; write "folder/page.md:section"',
                )


def _hosts(root: Path, pages: Sequence[Page], library: Library) -> Iterator[Problem]:
    """Readers are sent to publishers, libraries and official bodies only, each listed in data/link-hosts.txt."""
    hosts = {host for host, _, _ in listed(root, HOSTS)}
    wanted = f"list it in {HOSTS} if it is a publisher's or an official body's own"
    for key, source in library.sources.items():
        url = source.reference.URL
        if url and link_host(url) not in hosts:
            line = library.documents[key].line(("reference", "URL"))
            yield Problem(
                f"data/sources/{key}.yml",
                line,
                "link-host",
                f'"{link_host(url)}" is not a known host; {wanted}',
            )
    for page in pages:
        for target, line in page.prose.links:
            if target.startswith("http") and link_host(target) not in hosts:
                yield Problem(page.path, line, "link-host", f'"{link_host(target)}" is not a known host; {wanted}')
