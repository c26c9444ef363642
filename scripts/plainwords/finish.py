"""What is added to the built pages: sign-offs, linked data, table labels, and where each finding is used.

Each goes into a marked place; where this step is left out, the page says the honest default.
"""

from __future__ import annotations

import html
import json
import re
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from plainwords.dress import dress, wardrobe
from plainwords.plain import split_sentences
from plainwords.reviews import SignOff, sign_offs
from plainwords.search import PLACE as SEARCH
from plainwords.search import a_to_z, entry_of, form, results, words_in, write_index
from plainwords.tree import classes, drop, of_class, parse_article, parse_part, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from plainwords.dress import Sheets
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Term
    from plainwords.search import Entry

REVIEW = re.compile(r"<!-- pw:review -->.*?<!-- /pw:review -->", re.DOTALL)
LINKED_DATA = "<!-- pw:linked-data -->"
SEARCH_PAGE = "search/"
SEARCH_LABEL = "What would you like to know?"
LONG_CELL = 30  # characters; on a phone such a cell takes the whole width
LONG = "pw-table__long"
USES = re.compile(r'<div class="pw-uses" data-finding="([a-z0-9.-]+)"></div>')
BLOCKS = ("p", "li", "figcaption", "td", "dd")  # what holds a sentence that cites
TABLE = re.compile(r"<table(?: [^>]*)?>.*?</table>", re.DOTALL)
ENDED = re.compile(r"[.!?:]\W*$")
HERE = "\u0001"  # stands for a mark of citation while its sentence is looked for
NO_ANSWER = ("navigation", "pw-notes")
NOT_SET = ".invalid"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip


@dataclass(frozen=True)
class Settings:
    """The site's name and address, and whether that address is set."""

    name: str
    address: str

    @property
    def is_set(self) -> bool:
        """Whether the address is a real one."""
        return bool(self.address) and NOT_SET not in self.address

    def url(self, path: str) -> str:
        """Return the absolute address of a page."""
        return self.address.rstrip("/") + "/" + path


@dataclass(frozen=True)
class Use:
    """A sentence of the site that rests on a finding: the page's address and title, the place, the words."""

    address: str
    title: str
    place: str
    text: str


@dataclass(frozen=True)
class Finished:
    """All that the steps know: the pages as written, by address, the records, and the site's settings."""

    root: Path
    pages: Mapping[str, Page]
    library: Library
    settings: Settings

    @cached_property
    def terms(self) -> dict[str, Term]:
        """The glossary's entries by the address of their pages."""
        return {f"glossary/{one.slug}/": one for one in self.library.terms}


@dataclass(frozen=True)
class Built:
    """A page as MkDocs built it: its address below the site's root, its file, its text."""

    address: str
    path: Path
    text: str


@dataclass(frozen=True)
class Seen:
    """What a built page says: its uses of findings, its answer to a question, and how the search knows it."""

    uses: tuple[tuple[str, Use], ...] = ()
    answer: str = ""
    entry: Entry | None = None


def finish(
    root: Path, site: Path, pages: Sequence[Page], library: Library, settings: Settings, sheets: Sheets
) -> None:
    """Add all that is computed from the built pages to the site in the folder `site`, and dress each page."""
    known = Finished(root, {page.address: page for page in pages}, library, settings)
    seen, waiting = _see_all(site, known)
    uses = find_uses(seen, pages)
    (site / "uses.json").write_text(_uses_json(uses), encoding="utf-8")
    filled = partial(_filled, known=known, uses=uses, seen=seen)
    done = {address: filled(one) for address, one in waiting.items()}
    searched = {address: entry_of(address, parse_article(one.text)) for address, one in done.items()}
    entries = [entry for address, one in seen.items() if (entry := searched.get(address) or one.entry)]
    index = write_index(site, entries)
    clothes = wardrobe(site, sheets)
    data, lunr = (clothes.names[name] for name in index)
    for one in (done.get(one.address) or filled(one) for one in _built(site)):
        up = "../" * one.address.count("/")
        found = results(up, data, lunr) + a_to_z(entries, up) if one.address == SEARCH_PAGE else ""
        text = one.text.replace(SEARCH, form(up, SEARCH_LABEL) + found)
        one.path.write_bytes(dress(text, clothes).encode())  # half the time of write_text


def _see_all(site: Path, known: Finished) -> tuple[dict[str, Seen], dict[str, Built]]:
    """Return what each built page says, and the pages in which uses must be filled in before they can be searched."""
    seen: dict[str, Seen] = {}
    waiting: dict[str, Built] = {}
    for one in _built(site):
        seen[one.address] = see(one, known.pages.get(one.address))
        if USES.search(one.text):
            waiting[one.address] = one
    return seen, waiting


def see(one: Built, page: Page | None) -> Seen:
    """Parse a built page once, and return what it says; where uses are filled in later, nothing is searched yet."""
    if USES.search(one.text):
        return Seen()
    tree = parse_article(one.text)
    uses = tuple(_uses(tree, page)) if page else ()
    answer = _answer(tree) if page and page.meta.theme else ""
    return Seen(uses, answer, entry_of(one.address, tree) if one.address != "404.html" else None)


def _built(site: Path) -> Iterator[Built]:
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        yield Built(address, path, path.read_bytes().decode())


def _filled(one: Built, known: Finished, uses: Mapping[str, list[Use]], seen: Mapping[str, Seen]) -> Built:
    """Return a page with its sign-off, uses, table labels and linked data in place."""
    text = label_tables(one.text)
    page = known.pages.get(one.address)
    signed = sign_offs(known.root, page, known.library) if page else []
    text = fill_uses(fill_review(text, signed), uses, one.address)
    data = linked_data(one.address, known, signed, seen[one.address].answer)
    return replace(one, text=text.replace(LINKED_DATA, data))


def fill_uses(text: str, uses: Mapping[str, Sequence[Use]], address: str) -> str:
    """Put the sentences that rest on each finding into their marked places of a page at `address`."""
    return USES.sub(lambda found: uses_html(uses.get(found[1], ()), address), text)


# ---- Sign-offs


def fill_review(text: str, signed: Sequence[SignOff]) -> str:
    """Put the newest sign-off into its place; without one the template's own words stand."""
    if not signed:
        return text
    newest = signed[0]
    words = _signed_words(newest)
    if newest.current:
        text = text.replace('<div class="pw-stamp">', '<div class="pw-stamp pw-stamp--signed">')
    return REVIEW.sub(lambda _: f"<!-- pw:review -->{words}<!-- /pw:review -->", text)


def _signed_words(one: SignOff) -> str:
    who = html.escape(f"{one.reviewer.name}, {one.reviewer.qualification}")
    day, interests = long_date(one.review.date), html.escape(one.reviewer.interests)
    if not one.current:
        return (
            f"<strong>No clinician has reviewed the present text.</strong> {who} reviewed an earlier text on {day}; "
            "it has changed since."
        )
    scope = html.escape(one.review.scope)
    return f"<strong>Reviewed by {who}</strong> on {day}: {scope}. Interests: {interests}"


def long_date(day: str) -> str:
    """Return a day as readers see it, 23 November 2026; one that is none stays as it is, and the check tells it."""
    try:
        when = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


# ---- Tables on narrow screens


def label_tables(text: str) -> str:
    """Give each cell the name of its column, so that a narrow screen can show rows as lists."""
    return TABLE.sub(lambda found: _label_table(found[0]), text)


def _label_table(text: str) -> str:
    table = parse_part(text)[0]
    heads = table.xpath(".//thead//th")
    names = [words_in(cell) for cell in heads]
    for head in heads:
        head.set("scope", "col")
    for row in table.xpath(".//tbody//tr"):
        cells = row.xpath(".//td")
        for name, cell in zip(names, cells, strict=False):
            _label_cell(cell, name)
        if cells:
            cells[0].attrib.pop("data-label", None)
            cells[0].tag = "th"
            cells[0].set("scope", "row")
    _widen(table)
    table.set("class", " ".join(("pw-table", *str(table.get("class", "")).split())))
    return etree.tostring(table, method="html", encoding="unicode", with_tail=False)


def _label_cell(cell: Any, name: str) -> None:
    if len(said(cell)) > LONG_CELL:
        cell.set("class", LONG)
    if name:
        cell.set("data-label", name)


def _widen(table: Any) -> None:
    """Where a third of a column is long, give all of it the whole width, so that the rows look alike."""
    for column in zip(*(row.xpath(".//td") for row in table.xpath(".//tbody//tr")), strict=False):
        if 3 * sum(cell.get("class") == LONG for cell in column) >= len(column):
            for cell in column:
                cell.set("class", LONG)


# ---- Where findings are used


def find_uses(seen: Mapping[str, Seen], pages: Sequence[Page]) -> dict[str, list[Use]]:
    """Return for each finding the sentences of the built site that rest on it, page by page."""
    uses: dict[str, list[Use]] = {}
    for page in sorted(pages, key=lambda one: one.source):
        for name, use in seen[page.address].uses:
            uses.setdefault(name, []).append(use)
    return uses


def _uses(tree: Any, page: Page) -> Iterator[tuple[str, Use]]:
    for mark in tree.xpath("//article//a[@data-findings]"):
        use = Use(page.address, page.meta.title, str(mark.get("id")), _sentence(mark))
        yield from ((name, use) for name in str(mark.get("data-findings")).split())


def _sentence(mark: Any) -> str:
    """Return the sentence that ends at, or holds, a mark of citation."""
    row = next(mark.iterancestors("tr"), None)
    block = next(mark.iterancestors(*BLOCKS), None)
    if row is not None:
        cells = (_joined(cell, mark).replace(HERE, "") for cell in row.xpath(".//td"))
        return " | ".join(cell for cell in cells if cell)
    if block is None:
        return ""
    text = " ".join("".join(_pieces(block, mark)).split())
    before = text.partition(HERE)[0]
    if text.endswith(HERE) or ENDED.search(before):
        return split_sentences(before)[-1].strip() if before.strip() else before
    return next((one for one in split_sentences(text) if HERE in one), text).replace(HERE, "").strip()


def _joined(element: Any, mark: Any) -> str:
    return " ".join(piece.strip() for piece in _pieces(element, mark) if piece.strip())


def _pieces(element: Any, mark: Any) -> Iterator[str]:
    """Yield the texts of an element in order: `HERE` for one mark of citation, nothing for the others."""
    if element is mark:
        yield HERE
    elif isinstance(element.tag, str) and "data-findings" not in element.attrib:
        yield element.text or ""
        for child in element:
            yield from _pieces(child, mark)
            yield child.tail or ""


def uses_html(uses: Sequence[Use], here: str) -> str:
    """Return the list of sentences that rest on a finding, folded, with links to each."""
    if not uses:
        return '<p class="pw-uses">No sentence of this site rests on this finding.</p>'
    up = "../" * here.count("/")
    items = "".join(
        f'<li><a href="{up}{html.escape(use.address)}#{html.escape(use.place)}">{html.escape(use.title)}</a>: '
        f"{html.escape(use.text)}</li>"
        for use in uses
    )
    count = f"{len(uses)} place{'s' if len(uses) != 1 else ''}"
    return f'<details class="pw-uses"><summary>Used in {count} on this site</summary><ul>{items}</ul></details>'


def _uses_json(uses: Mapping[str, Sequence[Use]]) -> str:
    """Return all uses as JSON, a finding a line."""
    rows = (
        f"{json.dumps(name)}: {json.dumps(_told(found), ensure_ascii=False)}" for name, found in sorted(uses.items())
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _told(uses: Iterable[Use]) -> list[dict[str, str]]:
    return [{"page": f"/{use.address}", "place": use.place, "sentence": use.text} for use in uses]


# ---- Linked data (schema.org)


def linked_data(address: str, known: Finished, signed: Sequence[SignOff], answer: str) -> str:
    """Return the page's JSON-LD in a script element, or nothing where there is nothing to say."""
    graph: list[dict[str, Any]] = []
    page, term = known.pages.get(address), known.terms.get(address)
    if address == "glossary/":
        graph.append(term_set(known.library.terms, known.settings))
    elif term:
        graph.append(defined_term(term, known.settings))
    if page and answer:
        graph.append(faq_page(page.meta.title, answer))
    if page:
        graph.append(medical_page(page, signed, known.settings))
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def medical_page(page: Page, signed: Sequence[SignOff], settings: Settings) -> dict[str, Any]:
    """Return schema.org MedicalWebPage; reviewedBy and lastReviewed only where a person signed this very text.

    Its citations are not said twice in a page that a phone loads: they stand in the page itself and in content.json.
    """
    data: dict[str, Any] = {
        "@type": "MedicalWebPage" if page.meta.audience == "patient" else "WebPage",
        "name": page.meta.title,
        "description": page.meta.description,
        "inLanguage": "en",
        "dateModified": page.meta.checked,
        "license": LICENCE,
        "publisher": {"@type": "Organization", "name": settings.name},
    }
    if settings.is_set:
        data["url"] = settings.url(page.address)
    current = next((one for one in signed if one.current), None)
    if current:
        data["lastReviewed"] = current.review.date
        data["reviewedBy"] = {
            "@type": "Person",
            "name": current.reviewer.name,
            "jobTitle": current.reviewer.qualification,
        }
    return {key: value for key, value in data.items() if value}


def faq_page(question: str, answer: str) -> dict[str, Any]:
    """Return schema.org FAQPage of the one question that a page answers."""
    accepted = {"@type": "Answer", "text": answer}
    return {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": question, "acceptedAnswer": accepted}]}


def _answer(tree: Any) -> str:
    """Return the first paragraph or list of a built page, without marks of citation."""
    parts = (part for body in of_class(tree, "pw-body") for part in body.iterchildren("p", "ul"))
    first = next((part for part in parts if not set(NO_ANSWER) & set(classes(part))), None)
    if first is None:
        return ""
    copy = deepcopy(first)
    drop(list(of_class(copy, "pw-cite")))
    return re.sub(r" ([.,;:?])", r"\1", " ".join(words_in(copy).split()))


def term_set(terms: Sequence[Term], settings: Settings) -> dict[str, Any]:
    """Return schema.org DefinedTermSet of the whole glossary."""
    return {
        "@type": "DefinedTermSet",
        "name": f"Words explained - {settings.name}",
        "license": LICENCE,
        "hasDefinedTerm": [defined_term(term, settings) for term in terms],
    }


def defined_term(term: Term, settings: Settings) -> dict[str, Any]:
    """Return schema.org DefinedTerm of one entry."""
    data: dict[str, Any] = {
        "@type": "DefinedTerm",
        "name": term.term,
        "description": term.meaning,
        "termCode": term.slug,
    }
    if term.also:
        data["alternateName"] = list(term.also)
    if settings.is_set:
        data["url"] = settings.url(f"glossary/{term.slug}/")
        data["inDefinedTermSet"] = settings.url("glossary/")
    return data
