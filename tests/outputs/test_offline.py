"""The offline copy: opened from a folder, it does all that the site does, and asks nobody for anything."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from plainwords.article import read_article
from plainwords.offline.write import FOLDER, PLACE, SIZE, ZIP, copy_of, pack
from tests.outputs.conftest import NOT_SET, SET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from playwright.sync_api import Page

    from plainwords.check import Site
    from plainwords.finish import Settings

    NewPage = Callable[..., AbstractContextManager[Page]]

MOST_BYTES = 4_000_000  # so that it can be sent by e-mail
POINTERS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "iframe": "src"}
LEFT = "net::ERR_ABORTED"  # the reader went to another page before the file had come
PAGES = ("index.html", "risks/index.html", "evidence/knee-osteoarthritis/index.html", "faq/does-it-hurt/index.html")


@pytest.fixture(scope="session")
def folder(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy, unpacked as a reader unpacks it."""
    target = tmp_path_factory.mktemp("tablet")
    with zipfile.ZipFile(built / ZIP) as archive:
        archive.extractall(target)
    return target / FOLDER


@pytest.fixture(scope="session")
def pages(folder: Path) -> dict[str, BeautifulSoup]:
    return {
        path.relative_to(folder).as_posix(): BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for path in sorted(folder.rglob("*.html"))
    }


@pytest.fixture
def opened(folder: Path, new_page: NewPage) -> Iterator[Page]:
    """A browser page that fails the test if a script fails, or if anything but a file of the copy is asked for."""
    wrong: list[str] = []
    with new_page() as page:
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("requestfailed", lambda asked: wrong.append(asked.url) if asked.failure != LEFT else None)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith("file:") else None)
        page.goto((folder / "index.html").as_uri())
        yield page
    assert wrong == []


# ---- The zip


def test_it_holds_to_its_budget_and_says_its_size(built: Path, pages: dict[str, Any]) -> None:
    data = (built / ZIP).read_bytes()
    assert len(data) <= MOST_BYTES
    assert json.loads((built / SIZE).read_text(encoding="utf-8")) == {
        "file": ZIP,
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "pages": len(pages),
    }


def test_the_page_shows_its_size_beside_the_link(built: Path, content: Site) -> None:
    places = [page for page in content.pages if PLACE in page.body]
    assert places
    size = (built / ZIP).stat().st_size
    for page in places:
        text = (built / page.address / "index.html").read_text(encoding="utf-8")
        link = BeautifulSoup(text, "lxml").select_one(f'a[href$="{ZIP}"]')
        assert link
        assert link.parent
        assert f"(zip, {size / 1_000_000:.1f} MB)" in link.parent.get_text()
        assert PLACE not in text


def test_a_second_run_gives_the_same_bytes(built: Path, content: Site, settings: Settings, tmp_path: Path) -> None:
    """The page with the link to the zip holds its size by now, and is left out."""
    day = max(page.meta.checked for page in content.pages)
    pack(tmp_path / "one.zip", copy_of(built, day, settings))
    with zipfile.ZipFile(tmp_path / "one.zip") as one, zipfile.ZipFile(built / ZIP) as other:
        assert [entry.filename for entry in one.infolist()] == [entry.filename for entry in other.infolist()]
        differ = [name for name in one.namelist() if one.read(name) != other.read(name)]
        assert {entry.date_time for entry in other.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    linked = {f"{FOLDER}/{page.address}index.html" for page in content.pages if PLACE in page.body}
    assert set(differ) - {f"{FOLDER}/search-index.js"} == linked


def test_every_page_of_the_site_is_in_it(built: Path, pages: dict[str, Any], content: Site) -> None:
    wanted = {f"{page.address}index.html" for page in content.pages if page.address != "search/"}
    wanted |= {f"glossary/{term.slug}/index.html" for term in content.library.terms}
    wanted |= {f"sources/{key}/index.html" for key in content.library.sources}
    assert wanted - set(pages) == set()
    assert "search.html" in pages
    assert (built / "index.html").exists()


# ---- Links


def lost(pages: dict[str, BeautifulSoup], folder: Path) -> Iterator[str]:
    for path, soup in pages.items():
        for name, key in POINTERS.items():
            for tag in soup.find_all(name):
                address = str(tag.get(key) or "")
                parts = urlsplit(address)
                if parts.scheme or not parts.path:
                    continue
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                place = unquote(parts.fragment)
                if not (folder / target).is_file() or (place and not pages[target].find(id=place)):
                    yield f"{path}: {address}"


def test_every_link_leads_to_a_file_and_a_place(pages: dict[str, BeautifulSoup], folder: Path) -> None:
    assert list(lost(pages, folder)) == []


def test_nothing_is_loaded_from_elsewhere_and_nothing_that_fails_from_a_folder(
    pages: dict[str, BeautifulSoup], folder: Path
) -> None:
    for path, soup in pages.items():
        loads = soup.select("script[src], img[src], link[rel=stylesheet], link[rel=icon], iframe, source")
        addresses = [str(tag.get("src") or tag.get("href")) for tag in loads]
        assert not [one for one in addresses if re.match(r"[a-z]+:|//", one)], path
        assert not soup.select("script[type=module]"), path
    for script in folder.rglob("*.js"):
        text = "" if script.name == "search-index.js" else script.read_text(encoding="utf-8")
        assert not re.search(r"\bfetch\(|new Worker|importScripts|XMLHttpRequest|\bimport\(", text), script.name


def test_what_is_not_in_it_leads_to_the_site_where_that_has_an_address(built: Path) -> None:
    day = "2026-11-25"
    one, other = copy_of(built, day, SET), copy_of(built, day, NOT_SET)
    page = "about/data-and-api/index.html"
    found = BeautifulSoup(one[page], "lxml").select_one('a[href$=".zip"]')
    assert found
    assert str(found["href"]) == f"{SET.address}{ZIP}"
    assert b".zip" not in other[page].partition(b"<main")[2].partition(b"<pre")[0].replace(b"(zip", b"")
    assert b"Offline copy, as of 25 November 2026." in other["risks/index.html"]
    assert SET.address in one["read-me.txt"].decode()
    assert ".invalid" not in other["read-me.txt"].decode()


# ---- In a browser, from a folder


def test_a_reader_finds_the_way_by_links(opened: Page, folder: Path) -> None:
    start = opened.url
    ways = opened.locator("nav[aria-label] a").evaluate_all("all => [...new Set(all.map(one => one.href))]")
    assert len(ways) >= 8
    for way in ways:
        opened.goto(way)
        assert opened.url.startswith(folder.as_uri())
        assert urlsplit(opened.url).path.endswith(".html")
        assert opened.locator("h1").inner_text()
    opened.goto(start)
    opened.locator("main a[href$='/index.html']:not(.pw-term)").first.click()
    opened.wait_for_url(lambda address: address != start)


def test_words_and_sources_open(opened: Page, folder: Path) -> None:
    """A word and a source open beside the text, or as the page that they lead to."""
    opened.goto((folder / "evidence/knee-osteoarthritis/index.html").as_uri())
    opened.wait_for_load_state()
    opened.locator("main a.pw-term").first.click()
    opened.wait_for_function("document.querySelector('.pw-popup') || location.pathname.includes('/glossary/')")
    opened.goto((folder / "evidence/knee-osteoarthritis/index.html").as_uri())
    opened.locator(".pw-sources a[href*='sources/']").first.click()
    assert "/sources/" in opened.url
    assert opened.url.endswith("/index.html")
    assert opened.locator("h1").inner_text()


def test_the_search_works_by_keyboard(opened: Page) -> None:
    opened.get_by_role("link", name="Search").first.click()
    opened.wait_for_url("**/search.html")
    opened.wait_for_function("document.activeElement.id === 'pw-off-words'")
    opened.keyboard.type("dextrose")
    found = opened.locator("#pw-off-found a")
    assert found.first.inner_text() == "Dextrose"
    assert "best pages" in opened.locator("#pw-off-said").inner_text()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    if opened.evaluate("document.activeElement.tagName") == "BUTTON":
        opened.keyboard.press("Tab")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/glossary/dextrose/index.html")


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("risks", "Risks and side effects"),
        ("does it hurt", "Does it hurt?"),
        ("knee osteoarthritis", "Knee osteoarthritis"),
        ("OSTEOPATHIC", "Osteopathic medicine"),
        ("Rabago 2013 knee", "Rabago 2013"),
        ("x<img src=a onerror=alert(1)>", ""),
    ],
)
def test_the_search_finds_the_page_first(asked: str, first: str, opened: Page, folder: Path) -> None:
    opened.goto((folder / "search.html").as_uri())
    opened.locator("#pw-off-words").fill(asked)
    if first:
        assert opened.locator("#pw-off-found a").first.inner_text().startswith(first)
    assert opened.locator("#pw-off-said img, #pw-off-found img").count() == 0


def test_nothing_found_is_said(opened: Page, folder: Path) -> None:
    opened.goto((folder / "search.html").as_uri() + "#q=zzzz")
    assert opened.locator("#pw-off-said").inner_text().startswith("Nothing found for “zzzz”")


def test_without_scripts_the_list_of_pages_leads_everywhere(folder: Path, new_page: NewPage) -> None:
    with new_page(java_script_enabled=False) as page:
        page.goto((folder / "search.html").as_uri())
        assert not page.locator("#pw-off-words").is_visible()
        page.get_by_role("link", name="Risks and side effects", exact=True).last.click()
        assert page.url.endswith("/risks/index.html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_as_online(name: str, folder: Path, built: Path) -> None:
    here, there = read_article(folder / name), read_article(built / name)
    assert (here.title, here.stamp, [part.text for part in here.parts]) == (
        there.title,
        there.stamp,
        [part.text for part in there.parts],
    )
