"""What is added to the built pages: sign-offs, linked data, table labels, and where each finding is used.

Each goes into a marked place; where this step is left out, the page says the honest default.
"""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag

from plainwords.dress import dress, wardrobe
from plainwords.pages import address_of
from plainwords.plain import split_sentences
from plainwords.reviews import SignOff, sign_offs
from plainwords.search import PLACE as SEARCH
from plainwords.search import a_to_z, entry_of, form, results, write_index

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from plainwords.dress import Sheets
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Term

REVIEW = re.compile(r"<!-- pw:review -->.*?<!-- /pw:review -->", re.DOTALL)
LINKED_DATA = "<!-- pw:linked-data -->"
SEARCH_PAGE = "search/"
SEARCH_LABEL = "What would you like to know?"
LONG_CELL = 30  # characters; on a phone such a cell takes the whole width
USES = re.compile(r'<div class="pw-uses" data-finding="([a-z0-9.-]+)"></div>')
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


def finish(
    root: Path, site: Path, pages: Sequence[Page], library: Library, settings: Settings, sheets: Sheets
) -> None:
    """Add all that is computed from the built pages to the site in the folder `site`, and dress each page."""
    uses = find_uses(site, pages)
    (site / "uses.json").write_text(_uses_json(uses), encoding="utf-8")
    texts = dict(_filled(root, site, pages, library, settings, uses))
    entries = [one for address, text in texts.items() if address != "404.html" and (one := entry_of(address, text))]
    index = write_index(site, entries)
    clothes = wardrobe(site, sheets)
    data, lunr = (clothes.names[name] for name in index)
    for address, text in texts.items():
        up = "../" * address.count("/")
        found = results(up, data, lunr) + a_to_z(entries, up) if address == SEARCH_PAGE else ""
        path = site / address / "index.html" if not address.endswith(".html") else site / address
        path.write_text(dress(text.replace(SEARCH, form(up, SEARCH_LABEL) + found), clothes), encoding="utf-8")


def _filled(
    root: Path, site: Path, pages: Sequence[Page], library: Library, settings: Settings, uses: Mapping[str, list[Use]]
) -> Iterator[tuple[str, str]]:
    """Yield address and text of every page, with its sign-off, uses, table labels and linked data in place."""
    written = {address_of(page.source): page for page in pages}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        text = label_tables(path.read_text(encoding="utf-8"))
        page = written.get(address)
        if page:
            text = fill_review(text, sign_offs(root, page, library))
        text = fill_uses(text, uses, address)
        data = linked_data(address, page, root, site, pages, library, settings)
        yield address, text.replace(LINKED_DATA, data)


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
    """Return a day as readers see it: 23 November 2026."""
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


# ---- Tables on narrow screens


def label_tables(text: str) -> str:
    """Give each cell the name of its column, so that a narrow screen can show rows as lists."""
    return re.sub(r"<table>.*?</table>", lambda found: _label_table(found[0]), text, flags=re.DOTALL)


def _label_table(table: str) -> str:
    soup = BeautifulSoup(table, "lxml")
    heads = [cell.get_text(" ", strip=True) for cell in soup.select("thead th")]
    for head in soup.select("thead th"):
        head["scope"] = "col"
    for row in soup.select("tbody tr"):
        for name, cell in zip(heads, row.find_all("td"), strict=False):
            if name:
                cell["data-label"] = name
            if len(cell.get_text()) > LONG_CELL:
                cell["class"] = "pw-table__long"
        first = row.find("td")
        if isinstance(first, Tag):
            del first["data-label"]
            first.name, first["scope"] = "th", "row"
    body = soup.table
    if body is None:
        return table
    body["class"] = "pw-table"
    return str(body)


# ---- Where findings are used


def find_uses(site: Path, pages: Sequence[Page]) -> dict[str, list[Use]]:
    """Return for each finding the sentences of the built site that rest on it, page by page."""
    uses: dict[str, list[Use]] = {}
    for page in sorted(pages, key=lambda one: one.source):
        address = address_of(page.source)
        path = site / address / "index.html"
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for mark in soup.select("article a[data-findings]"):
            use = Use(address, page.meta.title, str(mark.get("id")), _sentence(mark))
            for name in str(mark["data-findings"]).split():
                uses.setdefault(name, []).append(use)
    return uses


def _sentence(mark: Tag) -> str:
    """Return the sentence that ends at, or holds, a mark of citation."""
    row = mark.find_parent("tr")
    block = row or mark.find_parent(["p", "li", "figcaption", "td", "dd"])
    if block is None:
        return ""
    copy = BeautifulSoup(str(block), "lxml")
    here = copy.find(id=str(mark.get("id")))
    if isinstance(here, Tag):
        here.replace_with("\u0001")
    for other in copy.select("sup a[data-findings]"):
        other.decompose()
    if row:
        cells = (cell.get_text(" ", strip=True).replace("\u0001", "") for cell in copy.select("td"))
        return " | ".join(cell for cell in cells if cell)
    text = " ".join(copy.get_text("").split())
    before = text.partition("\u0001")[0]
    if text.endswith("\u0001") or re.search(r"[.!?:]\W*$", before):
        return split_sentences(before)[-1].strip() if before.strip() else before
    return next((one for one in split_sentences(text) if "\u0001" in one), text).replace("\u0001", "").strip()


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
    listed = {
        name: [{"page": f"/{use.address}", "place": use.place, "sentence": use.text} for use in found]
        for name, found in sorted(uses.items())
    }
    return json.dumps(listed, indent=1, ensure_ascii=False) + "\n"


# ---- Linked data (schema.org)


def linked_data(
    address: str,
    page: Page | None,
    root: Path,
    site: Path,
    pages: Sequence[Page],
    library: Library,
    settings: Settings,
) -> str:
    """Return the page's JSON-LD in a script element, or nothing where there is nothing to say."""
    graph: list[dict[str, Any]] = []
    if address == "glossary/":
        graph.append(term_set(library.terms, settings))
    elif term := next((one for one in library.terms if address == f"glossary/{one.slug}/"), None):
        graph.append(defined_term(term, settings))
    if address == "faq/":
        graph.append(faq_page(site, pages, settings))
    if page:
        graph.append(medical_page(page, sign_offs(root, page, library), settings))
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, indent=None)
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


def faq_page(site: Path, pages: Sequence[Page], settings: Settings) -> dict[str, Any]:
    """Return schema.org FAQPage with every answer as it stands on its own built page."""
    answers = [page for page in pages if page.meta.theme]
    return {
        "@type": "FAQPage",
        "name": f"Questions - {settings.name}",
        "mainEntity": list(_questions(site, answers)),
    }


def _questions(site: Path, answers: Sequence[Page]) -> Iterator[dict[str, Any]]:
    for page in answers:
        soup = BeautifulSoup((site / page.address / "index.html").read_text(encoding="utf-8"), "lxml")
        parts = soup.select(".pw-body > p:not(.navigation), .pw-body > ul:not(.pw-notes)")
        for mark in soup.select("sup.pw-cite"):
            mark.decompose()
        text = " ".join(parts[0].get_text(" ", strip=True).split()) if parts else ""
        answer = {"@type": "Answer", "text": re.sub(r" ([.,;:?])", r"\1", text)}
        yield {"@type": "Question", "name": page.meta.title, "acceptedAnswer": answer}


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
