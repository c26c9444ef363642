"""Every page's policy, and what it leaves no room for: foreign code, inline handlers, tell-tale links."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import TEMPLATES, attribute, go

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

    from tests.site.conftest import Built, NewPage

pytestmark = pytest.mark.xdist_group("addressed")
DIRECTIVES = {
    "default-src": {"'none'"},
    "style-src": {"'self'"},
    "script-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},  # no page of ours asks for more; a crawler in the page may ask for robots.txt
    "form-action": {"'none'"},
    "base-uri": {"'none'"},
}
FRAMING = {"for-clinics/"}  # it shows how an embed will look
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
         "embed": "src", "object": "data", "use": "href", "image": "href", "form": "action"}  # fmt: skip


def policy(soup: BeautifulSoup) -> dict[str, set[str]]:
    """The directives of a page's one policy, each with its sources."""
    (meta,) = soup.select('head > meta[http-equiv="Content-Security-Policy"]')
    parts = [part.split() for part in attribute(meta, "content").split(";") if part.strip()]
    return {name: set(sources) for name, *sources in parts}


def digests(soup: BeautifulSoup, selector: str) -> set[str]:
    texts = (one.get_text() for one in soup.select(selector))
    return {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}


def test_the_policy_of_every_page_allows_our_own_origin_and_what_it_names_by_digest(site: Built) -> None:
    for address, soup in site.pages.items():
        found = policy(soup)
        assert found["style-src"] - DIRECTIVES["style-src"] == digests(soup, "style"), address
        assert found["script-src"] - DIRECTIVES["script-src"] == digests(soup, "script:not([src])"), address
        bare = {name: {one for one in sources if not one.startswith("'sha256-")} for name, sources in found.items()}
        frames = {"frame-src": {"'self'"}} if address in FRAMING else {}
        assert bare == DIRECTIVES | frames, address


def test_the_policy_comes_before_anything_that_it_governs(site: Built) -> None:
    for address, soup in site.pages.items():
        assert soup.head
        names = [(tag.name, attribute(tag, "http-equiv")) for tag in soup.head.find_all(recursive=False)]
        place = names.index(("meta", "Content-Security-Policy"))
        assert {name for name, _ in names[:place]} <= {"meta"}, address


def test_no_style_attribute_no_handler_no_address_of_script(site: Built) -> None:
    for address, soup in site.pages.items():
        for tag in soup.select("*"):
            assert "style" not in tag.attrs, f"{address}: {tag.name}"
            assert [name for name in tag.attrs if name.lower().startswith("on")] == [], f"{address}: {tag.name}"
            link = attribute(tag, "href").strip().lower()
            assert not link.startswith(("javascript:", "data:", "vbscript:")), f"{address}: {link}"


def test_nothing_is_loaded_from_another_host(site: Built) -> None:
    for address, soup in site.pages.items():
        links = [
            attribute(one, "href") for one in soup.select("link[rel=stylesheet], link[rel=preload], link[rel=icon]")
        ]
        links += [attribute(one, LOADS[one.name]) for one in soup.find_all(list(LOADS))]
        assert [link for link in links if urlsplit(link).netloc] == [], address
        styles = "".join(one.get_text() for one in soup.select("style"))
        assert re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", styles) == [], address


def test_links_to_others_tell_them_nothing_of_the_page(site: Built) -> None:
    found = 0
    for address, soup in site.pages.items():
        for link in soup.select("a[href]"):
            if urlsplit(attribute(link, "href")).scheme in {"http", "https"}:
                assert "noreferrer" in (link.get("rel") or []), f"{address}: {link['href']}"
                assert not link.has_attr("target"), f"{address}: {link['href']}"
                found += 1
        (referrer,) = soup.select('meta[name="referrer"]')
        assert attribute(referrer, "content") in {"strict-origin", "no-referrer", "same-origin"}, address
    assert found > 300


def test_scripts_of_the_site_name_no_other_host(site: Built) -> None:
    for path in (site.folder / "assets").rglob("*.js"):
        if not path.name.startswith(("lunr", "search-data")):
            assert re.findall(r"https?://[\w-]", path.read_text(encoding="utf-8")) == [], path.name


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_script_or_style_slipped_into_a_page_does_not_run(start: str, new_page: NewPage, template: str) -> None:
    """The policy holds in a browser: neither inline code nor another host gets through."""
    with new_page() as page:
        go(page, start + TEMPLATES[template])
        page.evaluate(
            """() => {
              const inline = document.createElement("script");
              inline.textContent = "document.title = 'taken over'";
              const image = document.createElement("img");
              image.setAttribute("onerror", "document.title = 'taken over'");
              image.src = "/nowhere.png";
              document.body.append(inline, image);
              document.body.setAttribute("style", "color: rgb(1, 2, 3)");
            }"""
        )
        page.wait_for_timeout(200)
        assert page.title() != "taken over"
        assert page.evaluate("getComputedStyle(document.body).color") != "rgb(1, 2, 3)"
