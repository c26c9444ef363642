"""Every built page, parsed: links, heads, headings, the review stamp, linked data, addresses."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from plainwords.check import load_site
from tests.site.conftest import ADDRESS, ROOT, TEMPLATES, attribute

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.site.conftest import Built

pytestmark = pytest.mark.xdist_group("addressed")
NO_CLINICIAN = "No clinician has reviewed this page yet"
HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
POINTERS = {
    "a": "href",
    "area": "href",
    "link": "href",
    "script": "src",
    "img": "src",
    "source": "src",
    "use": "href",
}
HOST = "http://test.example"


# ---- Links


def pointers(soup: BeautifulSoup) -> Iterator[str]:
    """Every address that a page points to."""
    for name, key in POINTERS.items():
        for tag in soup.find_all(name):
            if tag.has_attr(key):
                yield attribute(tag, key)


def anchors(soup: BeautifulSoup) -> set[str]:
    return {attribute(tag, "id") for tag in soup.select("[id]")}


def lost_links(built: Built) -> list[str]:
    """Every link inside the site that leads to no file, or to no such place on a page."""
    places = {address: anchors(soup) for address, soup in built.pages.items()}
    lost = []
    for address, soup in built.pages.items():
        for pointer in pointers(soup):
            target = urlsplit(urljoin(HOST + built.prefix + address, pointer))
            if f"{target.scheme}://{target.netloc}" == HOST and not leads(
                built, places, target.path, target.fragment
            ):
                lost.append(f"{address or 'home'}: {pointer}")
    return lost


def leads(built: Built, places: dict[str, set[str]], path: str, fragment: str) -> bool:
    if not path.startswith(built.prefix):
        return False
    inside = unquote(path.removeprefix(built.prefix)).removesuffix("index.html")
    if fragment:
        return unquote(fragment) in places.get(inside, set())
    found = built.folder / inside
    return (found / "index.html" if inside.endswith("/") or not inside else found).is_file()


def test_every_link_and_anchor_leads_somewhere(site: Built) -> None:
    assert lost_links(site) == []


def test_every_link_leads_somewhere_below_a_sub_path(addressed: Built) -> None:
    assert lost_links(addressed) == []


def test_links_of_pages_are_relative_so_that_the_site_can_stand_anywhere(site: Built) -> None:
    assert [
        f"{address}: {pointer}"
        for address, soup in site.texts.items()
        for pointer in pointers(soup)
        if pointer.startswith("/")
    ] == []


def test_uses_of_findings_lead_to_the_place_in_the_text(site: Built) -> None:
    uses = json.loads((site.folder / "uses.json").read_text(encoding="utf-8"))
    listed = [use for found in uses.values() for use in found]
    assert listed
    assert [use for use in listed if not site.pages[use["page"].lstrip("/")].find(id=use["place"])] == []


def test_every_page_is_reached_from_the_start_without_the_menu(site: Built) -> None:
    """The menu is hidden on wide screens, so head, text and foot must be enough."""
    seen, waiting = {""}, [""]
    while waiting:
        here = waiting.pop()
        links = [link for link in site.pages[here].select("a[href]") if not link.find_parent(id="menu")]
        for link in links:
            target = urlsplit(urljoin(HOST + "/" + here, attribute(link, "href")))
            address = target.path.lstrip("/")
            if HOST.endswith(target.netloc) and address in site.texts and address not in seen:
                seen.add(address)
                waiting.append(address)
    assert set(site.texts) - seen == set()


def test_an_identifier_is_used_once_a_page(site: Built) -> None:
    doubled = {
        address: [
            name for name, count in Counter(attribute(tag, "id") for tag in soup.select("[id]")).items() if count > 1
        ]
        for address, soup in site.pages.items()
    }
    assert {address: names for address, names in doubled.items() if names} == {}


# ---- Head and headings


def test_every_template_has_its_page(site: Built) -> None:
    assert set(TEMPLATES.values()) - set(site.pages) == set()


def test_language_and_description_are_given(site: Built) -> None:
    for address, soup in site.pages.items():
        assert soup.html, address
        assert attribute(soup.html, "lang") == "en", address
        (description,) = soup.select('meta[name="description"]')
        assert len(attribute(description, "content")) >= 20, address
        assert len(soup.select('meta[name="viewport"]')) == 1, address


def test_titles_are_unique(site: Built) -> None:
    titles = Counter(soup.title.get_text(strip=True) if soup.title else "" for soup in site.pages.values())
    assert [title for title, count in titles.items() if count > 1 or not title] == []


def test_one_main_heading_and_no_level_left_out(site: Built) -> None:
    for address, soup in site.pages.items():
        levels = [int(heading.name[1]) for heading in soup.find_all(HEADINGS)]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == [], address


def test_no_heading_is_empty(site: Built) -> None:
    assert [
        address
        for address, soup in site.pages.items()
        for heading in soup.find_all(HEADINGS)
        if not heading.get_text(strip=True)
    ] == []


# ---- Text


AS_IT_IS = {"script", "style", "code"}
LEFT_OVER = re.compile(r"\{:|\[\^|^///|--8<--|\]\(|\*\*|\{\{|\{%|pw:", re.MULTILINE)


def test_no_markup_is_left_over_in_the_text(site: Built) -> None:
    found = [
        f"{address}: {text.strip()[:80]}"
        for address, soup in site.pages.items()
        for text in soup.body.find_all(string=LEFT_OVER)  # type: ignore[union-attr]
        if type(text).__name__ == "NavigableString" and text.parent and text.parent.name not in AS_IT_IS
    ]
    assert found == []


def test_terms_stand_in_no_heading_link_or_other_term(site: Built) -> None:
    within = (
        "a a, h1 .pw-term, h2 .pw-term, h3 .pw-term, h4 .pw-term, button .pw-term, summary .pw-term, svg .pw-term"
    )
    assert [address for address, soup in site.pages.items() if soup.select(within)] == []


def test_a_term_is_a_link_to_its_own_page_and_marked_once_a_page(site: Built) -> None:
    marked = 0
    for address, soup in site.pages.items():
        slugs = []
        for term in soup.select(".pw-term"):
            assert term.name == "a", address
            assert attribute(term, "data-meaning"), address
            path = urlsplit(urljoin(HOST + "/" + address, attribute(term, "href"))).path
            assert re.fullmatch(r"/glossary/[a-z0-9-]+/", path), f"{address}: {path}"
            slugs.append(path)
        assert len(slugs) == len(set(slugs)), address
        marked += len(slugs)
    assert marked > 100


def test_no_meaning_hides_in_an_abbreviation(site: Built) -> None:
    assert [address for address, soup in site.pages.items() if soup.select("abbr")] == []


# ---- Review, help, corrections


def test_the_review_stamp_stands_in_the_head_with_the_main_heading(site: Built, signed_pages: set[str]) -> None:
    """Nothing but the main message may come between."""
    for address, soup in site.texts.items():
        (stamp,) = soup.select(".pw-head > h1 ~ .pw-stamp .pw-stamp__review")
        assert soup.h1
        between = [tag for tag in soup.h1.find_next_siblings() if tag.find_next_sibling(class_="pw-stamp")]
        assert [tag for tag in between if "verdict" not in attribute(tag, "class")] == [], address
        if address not in signed_pages:
            assert " ".join(stamp.get_text(" ").split()) == NO_CLINICIAN, address


def test_help_and_corrections_are_one_tap_away(site: Built) -> None:
    for address, soup in site.pages.items():
        links = {link.get_text(strip=True): attribute(link, "href") for link in soup.select(".pw-footer a[href]")}
        for words, target in (("When to get help", "get-help/"), ("Found a mistake?", "about/corrections/")):
            path = urlsplit(urljoin(HOST + site.prefix + address, links[words])).path
            assert path == site.prefix + target, address


def test_the_404_page_offers_help_in_its_text(site: Built) -> None:
    text = site.pages["404.html"].select_one("article")
    assert text
    assert {"When to get help", "Found a mistake?"} <= {link.get_text(strip=True) for link in text.select("a")}


# ---- Address: set, and not set


def test_a_placeholder_address_is_linked_to_nowhere(unaddressed: Built) -> None:
    kinds = {".html", ".xml", ".json", ".js", ".css", ".svg", ".txt"}
    found = [
        path.relative_to(unaddressed.folder).as_posix()
        for path in sorted(unaddressed.folder.rglob("*"))
        if path.suffix in kinds and ".invalid" in path.read_text(encoding="utf-8")
    ]
    assert found == []


def test_without_an_address_there_is_nothing_that_needs_one(unaddressed: Built) -> None:
    assert [address for address, soup in unaddressed.pages.items() if soup.select('link[rel="canonical"]')] == []
    assert sitemap(unaddressed.folder) == {}
    for soup in unaddressed.pages.values():
        for node in graph(soup):
            assert "url" not in node
    contact = unaddressed.pages["about/corrections/"].select_one(".pw-contact")
    assert contact
    assert contact.get_text(strip=True) == "Contact address: not set up yet."
    assert not contact.find("a")


def test_canonical_links_name_the_page_itself(addressed: Built) -> None:
    for address, soup in addressed.texts.items():
        (link,) = soup.select('link[rel="canonical"]')
        assert attribute(link, "href") == ADDRESS + address
    assert not addressed.pages["404.html"].select('link[rel="canonical"]')


def test_the_sitemap_lists_every_page_with_its_own_date(addressed: Built) -> None:
    listed = sitemap(addressed.folder)
    assert set(listed) == {ADDRESS + address for address in addressed.texts}
    checked = {ADDRESS + page.address: page.meta.checked for page in load_site(ROOT).pages}
    assert {address: listed[address] for address in checked} == checked
    for address, soup in addressed.texts.items():
        stamped = bool(soup.select(".pw-stamp > p:not(.pw-stamp__review)"))
        assert bool(listed[ADDRESS + address]) == stamped, address


def test_the_contact_is_shown_where_it_is_set(addressed: Built) -> None:
    (link,) = addressed.pages["about/corrections/"].select(".pw-contact a")
    assert attribute(link, "href") == "mailto:corrections@example.org"


def sitemap(folder: Path) -> dict[str, str]:
    """Address and date of each entry; the date is empty where there is none."""
    soup = BeautifulSoup((folder / "sitemap.xml").read_text(encoding="utf-8"), "xml")
    return {
        entry.loc.get_text(): entry.lastmod.get_text() if entry.lastmod else ""  # type: ignore[union-attr]
        for entry in soup.find_all("url")
    }


# ---- Linked data


def graph(soup: BeautifulSoup) -> list[dict[str, Any]]:
    """The nodes of a page's linked data, none where it has none."""
    nodes: list[dict[str, Any]] = []
    for script in soup.select('script[type="application/ld+json"]'):
        data = json.loads(script.get_text())
        assert set(data) == {"@context", "@graph"}
        assert data["@context"] == "https://schema.org"
        nodes += data["@graph"]
    return nodes


def node(soup: BeautifulSoup, kind: str) -> dict[str, Any]:
    (found,) = (one for one in graph(soup) if one["@type"] == kind)
    return found


PAGE_KEYS = {"@type", "name", "description", "inLanguage", "dateModified", "license", "publisher"}


def test_every_page_says_in_linked_data_what_it_is(addressed: Built, signed_pages: set[str]) -> None:
    for page in load_site(ROOT).pages:
        soup = addressed.pages[page.address]
        data = node(soup, "MedicalWebPage" if page.meta.audience == "patient" else "WebPage")
        assert set(data) >= PAGE_KEYS, page.path
        extra = set(data) - PAGE_KEYS - {"url", "citation"}
        assert extra <= ({"reviewedBy", "lastReviewed"} if page.address in signed_pages else set()), page.path
        assert data["url"] == ADDRESS + page.address
        assert data["dateModified"] == page.meta.checked
        assert soup.h1
        assert data["name"] == soup.h1.get_text(strip=True)
        assert data["description"] == attribute(soup.select_one('meta[name="description"]'), "content")


def test_no_page_names_a_reviewer_that_no_record_names(site: Built, signed_pages: set[str]) -> None:
    for address, soup in site.pages.items():
        if address not in signed_pages:
            assert not [one for one in graph(soup) if "reviewedBy" in one or "lastReviewed" in one], address


def test_questions_and_answers_are_marked_up(site: Built) -> None:
    answers = [address for address in site.texts if address.startswith("faq/") and address != "faq/"]
    assert len(answers) > 30
    for address in answers:
        soup = site.pages[address]
        (one,) = node(soup, "FAQPage")["mainEntity"]
        assert one["@type"] == "Question"
        assert soup.h1
        assert one["name"] == soup.h1.get_text(strip=True)
        assert one["acceptedAnswer"]["@type"] == "Answer"
        words = one["acceptedAnswer"]["text"]
        assert 2 <= len(words.split()) <= 90, one["name"]
        assert not re.search(r"<|\s[.,;]|\.\d+$", words), words


def test_the_glossary_is_marked_up_as_a_set_of_terms(addressed: Built) -> None:
    terms = node(addressed.pages["glossary/"], "DefinedTermSet")["hasDefinedTerm"]
    pages = {address for address in addressed.texts if address.startswith("glossary/") and address != "glossary/"}
    assert {term["url"] for term in terms} == {ADDRESS + address for address in pages}
    for term in terms:
        own = node(addressed.pages[term["url"].removeprefix(ADDRESS)], "DefinedTerm")
        assert own == term
        assert own["description"]
        assert own["inDefinedTermSet"] == ADDRESS + "glossary/"
