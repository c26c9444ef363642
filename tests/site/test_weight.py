"""What pages weigh, to the byte: gzip -9 over the built files; requests, hosts and cookies as a browser sees them.

A first load is the page, what it names, and the typeface; on the next page only its HTML is new.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from plainwords.check import load_site
from tests.site.conftest import HOST, ROOT, TEMPLATES, attribute, go, named
from tests.site.test_tour import watch

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Built, NewPage

FIRST_LOAD, NEXT_PAGE = 40_000, 15_000
NEXT_LIST = 30_000  # a list names everything there is
FONT, FIRST_SEARCH = 24_000, 150_000
REQUESTS = 5
LISTS = {"glossary/", "faq/", "questions-does-it-work/", "questions-visit-risks-cost/", "sources/", "search/"}
OTHERS = {  # pages for a few, which may weigh more and load a script of their own -> why
    "for-clinics/": "A tool for those who copy pages into their own sites; it lists every page with its code.",
}
PATIENT = sorted(page.address for page in load_site(ROOT).pages if page.meta.audience == "patient")


@cache
def weight(path: Path) -> int:
    """Bytes of a file as it travels; a typeface is packed already."""
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 9, mtime=0))


def first_load(site: Built, address: str) -> int:
    files = named(site.pages[address], address)
    return page_weight(site, address) + sum(weight(site.folder / name) for name in files)


def page_weight(site: Built, address: str) -> int:
    return weight(site.folder / address / "index.html")


def heavier(weights: dict[str, int], most: int) -> dict[str, int]:
    return {address: value for address, value in weights.items() if value > most}


def test_the_first_load_of_any_patient_page(site: Built) -> None:
    weights = {address: first_load(site, address) for address in PATIENT if address not in LISTS}
    assert len(weights) > 40
    assert heavier(weights, FIRST_LOAD) == {}


def test_the_next_patient_page(site: Built) -> None:
    weights = {address: page_weight(site, address) for address in PATIENT if address not in LISTS}
    assert heavier(weights, NEXT_PAGE) == {}


def test_the_budgets_hold_for_the_published_site(addressed: Built) -> None:
    """An address adds lines to each head: where the page stands, its card, its embed."""
    pages = {
        address: page_weight(addressed, address) for address in addressed.texts if address not in {*LISTS, *OTHERS}
    }
    assert heavier(pages, NEXT_PAGE) == {}
    assert heavier({address: first_load(addressed, address) for address in {*PATIENT, *LISTS}}, FIRST_LOAD) == {}


def test_every_other_page_weighs_no_more_than_a_patient_page(site: Built) -> None:
    others = [address for address in site.texts if address not in {*LISTS, *OTHERS}]
    assert heavier({address: page_weight(site, address) for address in others}, NEXT_PAGE) == {}


def test_a_list_as_the_next_page_and_as_the_first(site: Built) -> None:
    assert heavier({address: page_weight(site, address) for address in LISTS}, NEXT_LIST) == {}
    assert heavier({address: first_load(site, address) for address in LISTS}, FIRST_LOAD) == {}


def test_all_pages_share_one_style_sheet_one_font_and_one_script(site: Built) -> None:
    """So that the next page is its HTML alone."""
    names = [named(soup, address) for address, soup in site.texts.items()]
    shared = set.intersection(*names)
    assert {re.sub(r"\.[0-9a-f]{10}\.", ".", name.rsplit("/", 1)[1]) for name in shared} == {
        "more.css", "source-sans-3.woff2", "page.js", "favicon.svg",
    }  # fmt: skip
    assert [address for address, own in zip(site.texts, names, strict=True) if own - shared] == [
        *sorted(OTHERS), "search/",
    ]  # fmt: skip


def test_the_typeface(site: Built) -> None:
    fonts = list(site.folder.rglob("*.woff2"))
    assert len(fonts) == 1
    assert sum(weight(font) for font in fonts) <= FONT


def test_the_first_search_over_the_whole_site(site: Built) -> None:
    """The page, its script, the library and the words of all pages; the rest is in the browser by then."""
    soup = site.pages["search/"]
    place = soup.select_one("#results")
    lazy = [urlsplit(urljoin(HOST + "search/", attribute(place, f"data-{name}"))).path for name in ("lunr", "data")]
    own = [name for name in named(soup, "search/") if "/search." in name]
    assert len(own) == 1
    files = [site.folder / name.lstrip("/") for name in (*lazy, *own)]
    assert page_weight(site, "search/") + sum(weight(file) for file in files) <= FIRST_SEARCH


def test_no_page_names_more_files_than_it_may(site: Built) -> None:
    counts = {address: 1 + len(named(soup, address)) for address, soup in site.texts.items() if address not in OTHERS}
    assert {address: count for address, count in counts.items() if count > REQUESTS} == {"search/": REQUESTS + 1}


def test_a_browser_asks_for_all_that_the_page_names(site: Built, start: str, new_page: NewPage) -> None:
    """So the sums above hold what is loaded; that nothing else is, and from no other host, test_tour.py sees."""
    for address in (one for one in TEMPLATES.values() if one in PATIENT):
        with new_page(width=360) as page:
            seen = watch(page)
            go(page, start + address)
            asked = {urlsplit(one).path.removeprefix(site.prefix).lstrip("/") for one in seen.asked}
            assert asked >= {name for name in named(site.pages[address], address) if not name.endswith(".svg")}
