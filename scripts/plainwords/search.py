"""The search: what of each built page is searched, and the list of all pages from A to Z.

Both go to `search/`: the list stands there without scripts; the index is a script of its own, loaded only there and
searched by lunr (https://lunrjs.com, MIT), which MkDocs brings along.
"""

from __future__ import annotations

import html
import json
import re
import shutil
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING, Any

from plainwords.pages import address_of
from plainwords.placing import QUESTIONS
from plainwords.tree import by_class, drop, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

PLACE = "<!-- pw:search -->"
FORM = (
    '<form class="pw-search pw-wide" role="search" action="{up}search/"><label for="words">{label}</label>'
    '<input id="words" type="search" autocomplete="off" spellcheck="true"><button>Search</button></form>'
)
RESULTS = (
    '<div class="pw-results pw-wide" id="results" aria-live="polite" '
    'data-data="{up}{data}" data-lunr="{up}{lunr}"></div>'
)
TAGS_LEFT_OUT = ("h1", "nav", "aside")
CLASSES_LEFT_OUT = ("pw-notes", "pw-sources", "pw-cite", "pw-uses", "pw-where", "pw-feedback", "pw-stamp")
NEEDLESS = re.compile(r"\s+(?=[\s.,;:?!)])|(?<=\()\s+")  # all spaces of a row but its last; by a stop or a bracket
WORD_AT_MOST = 400  # characters of a word's page
# Pages that list others: their title is searched, not their text.
LISTS = ("glossary/", "search/", *(address_of(name.removeprefix("docs/")) for name in QUESTIONS))
SOURCES = "sources/"  # of a source's page the title alone is searched, as they are so many


@dataclass(frozen=True)
class Entry:
    """One page as the search knows it: title, address below the site's root, what it says in a line, and its text."""

    title: str
    address: str
    description: str
    text: str


def entry_of(address: str, tree: Any) -> Entry | None:
    """Return a built page's entry, or None where it has no heading; `tree` loses what is not searched."""
    head = tree.find(".//article//h1")
    if head is None:
        return None
    description = tree.xpath("string(//meta[@name='description']/@content)")
    most = WORD_AT_MOST if address.startswith("glossary/") else None
    title = " ".join(said(head).split())
    if address.startswith(SOURCES):
        return Entry(title, address, "", "")
    body = "" if address in LISTS else _words(list(tree.iter("article")), most)
    return Entry(title, address, str(description), body)


def words_in(element: Any) -> str:
    """Return the texts of an element, one space between them."""
    return " ".join(text.strip() for text in element.itertext() if text.strip())


def write_index(site: Path, entries: Sequence[Entry]) -> tuple[str, str]:
    """Write the search's data and library into `site`; return their addresses below the site's root."""
    rows = [[one.title, one.address, one.description, one.text] for one in entries]
    data = site / "assets/js/search-data.js"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_text("pwSearchData=" + json.dumps(rows, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    lunr = site / "assets/js/lunr.js"
    shutil.copyfile(str(files("mkdocs") / "contrib/search/templates/search/lunr.js"), lunr)
    return "assets/js/search-data.js", "assets/js/lunr.js"


def form(up: str, label: str) -> str:
    """Return the search box; what is typed goes behind a "#" and so to no server."""
    return FORM.format(up=up, label=html.escape(label))


def results(up: str, data: str, lunr: str) -> str:
    """Return the place for what is found, which knows where data and library are."""
    return RESULTS.format(up=up, data=data, lunr=lunr)


def a_to_z(entries: Iterable[Entry], up: str) -> str:
    """Return links to all pages but those of sources, by first letter."""
    listed = sorted((one for one in entries if not one.address.startswith(SOURCES) and one.address), key=_order)
    groups = [(letter, list(group)) for letter, group in groupby(listed, key=lambda one: _order(one)[0][:1].upper())]
    jumps = "".join(f'<li><a href="#letter-{letter}">{letter}</a></li>' for letter, _ in groups)
    parts = [f'<h2 id="a-to-z">All pages and words, from A to Z</h2><ul class="pw-az">{jumps}</ul>']
    for letter, group in groups:
        rows = "".join(f'<li><a href="{up}{one.address}">{html.escape(one.title)}</a></li>' for one in group)
        parts.append(f'<h3 id="letter-{letter}">{letter}</h3><ul class="pw-entries">{rows}</ul>')
    return "".join(parts)


def _order(entry: Entry) -> tuple[str, str]:
    bare = re.sub(r"^\W+", "", entry.title).casefold()
    return bare, entry.address


def _words(articles: Iterable[Any], most: int | None) -> str:
    for article in articles:
        named = by_class(article)
        drop([*article.iter(*TAGS_LEFT_OUT), *(part for name in CLASSES_LEFT_OUT for part in named.get(name, ()))])
    text = " ".join(" ".join(article.itertext()) for article in articles)
    return NEEDLESS.sub("", text).strip()[:most]
