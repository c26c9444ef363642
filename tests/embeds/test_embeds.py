"""What stands in the built embeds: nothing loaded, everything said, small enough, low enough."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from plainwords.embeds import selectors
from plainwords.embeds.options import load_options
from plainwords.embeds.pins import load_pins
from tests.embeds.conftest import open_to_all
from tests.site.axe import violations
from tests.site.conftest import ADDRESS, ROOT, attribute

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Built, NewPage

LIMIT = 20_000  # bytes of any embed, compressed
TYPICAL = 14_000  # bytes of all but one of a hundred
FRAGMENT, ANSWER = 16_000, 600  # bytes of any fragment and any oEmbed answer, compressed
BUDGETS = {"embed.js": 2_000, "prolotherapy-page.js": 4_000}
NEVER = load_options(ROOT).never_embedded


@pytest.fixture(scope="module")
def embeds(site: Built) -> dict[str, str]:
    """The moving embeds of the built site, by the address of their page."""
    start = site.folder / "embed"
    paths = [path for path in sorted(start.rglob("index.html")) if path.relative_to(start).parts[0] != "v"]
    return {
        path.parent.relative_to(start).as_posix().strip(".") + ("/" if path.parent != start else ""): path.read_text(
            encoding="utf-8"
        )
        for path in paths
    }


@pytest.fixture(scope="module")
def soups(embeds: dict[str, str]) -> dict[str, BeautifulSoup]:
    """The same, parsed."""
    return {address: BeautifulSoup(text, "lxml") for address, text in embeds.items()}


def packed(data: bytes) -> int:
    return len(gzip.compress(data, 9))


def test_every_page_has_its_embed_and_its_fragment(site: Built, embeds: dict[str, str]) -> None:
    wanted = set(site.texts) - set(NEVER)
    assert set(embeds) == wanted
    assert {address for address in wanted if not (site.folder / address / "fragment.html").exists()} == set()


def test_embeds_are_small(embeds: dict[str, str]) -> None:
    sizes = sorted((packed(text.encode()), address) for address, text in embeds.items())
    assert sizes[-1][0] <= LIMIT, sizes[-1]
    assert sizes[int(len(sizes) * 0.99) - 1][0] <= TYPICAL


def test_fixed_versions_fragments_and_oembed_answers_are_small(addressed: Built) -> None:
    """A fragment is what the web component loads; an oEmbed answer is what WordPress asks for."""
    for name, limit in (("embed/v/**/index.html", LIMIT), ("**/fragment.html", FRAGMENT), ("**/oembed.json", ANSWER)):
        sizes = sorted((packed(path.read_bytes()), str(path)) for path in addressed.folder.glob(name))
        assert sizes[-1][0] <= limit, sizes[-1]


@pytest.mark.parametrize(("name", "limit"), BUDGETS.items())
def test_scripts_are_small_and_listed_with_their_integrity(site: Built, name: str, limit: int) -> None:
    folder = site.folder / "assets/embed"
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))[name]
    data = (folder / name).read_bytes()
    assert packed(data) <= limit
    assert (folder / listed["file"]).read_bytes() == data
    assert listed["integrity"] == "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()
    assert hashlib.sha256(data).hexdigest()[:12] in listed["file"]


def test_nothing_is_loaded_and_the_policy_names_the_only_script_and_style(soups: dict[str, BeautifulSoup]) -> None:
    for address, soup in soups.items():
        policy = attribute(soup.select_one('meta[http-equiv="Content-Security-Policy"]'), "content")
        (style,), (script,) = soup.select("style"), soup.select("script")
        for text, kind in ((style.string, "style"), (script.string, "script")):
            digest = base64.b64encode(hashlib.sha256(str(text).encode()).digest()).decode()
            assert f"{kind}-src 'sha256-{digest}'" in policy, address
        assert policy.startswith("default-src 'none'")
        assert not soup.select("[style], link[rel=stylesheet], script[src], iframe, object, form, button"), address
        assert not [tag for tag in soup.select("*") if any(name.startswith("on") for name in tag.attrs)], address


def test_title_dates_review_version_source_and_licence_are_always_inside(soups: dict[str, BeautifulSoup]) -> None:
    for address, soup in soups.items():
        text = " ".join(soup.get_text(" ").split())
        assert attribute(soup.html, "lang") == "en"
        assert soup.select_one('meta[name="robots"][content="noindex"]'), address
        assert soup.select_one("h1.pe-title a[href='./']"), address
        assert soup.select_one(".pe-review").get_text(strip=True), address  # type: ignore[union-attr]
        assert re.search(r"\d{4}|No day of checking", soup.select_one(".pe-stamp").get_text()), address  # type: ignore[union-attr]
        assert soup.select_one("a.pe-source[href='./']"), address
        assert soup.select_one('a[rel="license"][href^="https://creativecommons.org/licenses/by/4.0"]'), address
        assert re.search(r"Version [0-9a-f]{12}\.", text), address


def test_the_version_is_the_digest_of_the_text(embeds: dict[str, str]) -> None:
    for address, page in embeds.items():
        found = re.search(r"<!-- pw:text -->\n(.*)<!-- /pw:text -->", page, re.DOTALL)
        assert found, address
        assert f"Version {hashlib.sha256(found[1].encode()).hexdigest()[:12]}." in page, address


def test_no_word_of_a_page_is_missing_in_its_embed(site: Built, soups: dict[str, BeautifulSoup]) -> None:
    """Side notes and the ways back from a source stand in the page alone; a long list of sources is shortened."""
    dropped = ", ".join((*selectors.TAGS_DROPPED, *(f".{name}" for name in selectors.CLASSES_DROPPED)))
    apart = f"{dropped}, .pw-sources, .pw-cite, h1, .pw-stamp, .{selectors.HEAD}, svg"
    for address in (
        "risks/",
        "evidence/knee-osteoarthritis/",
        "get-help/",
        "faq/does-it-hurt/",
        "glossary/dextrose/",
    ):
        article = BeautifulSoup(str(site.pages[address].select_one("article")), "lxml")
        for part in article.select(apart):
            part.decompose()
        embed = " ".join(soups[address].get_text(" ").split())
        said = [" ".join(one.get_text(" ").split()) for one in article.select("p, li, td, th, h2, h3")]
        words = re.compile(r"\w+")
        shown = set(words.findall(embed))
        lost = [one for one in said if not set(words.findall(one)) <= shown]
        assert lost == [], address


def test_what_is_never_folded_is_not(soups: dict[str, BeautifulSoup]) -> None:
    for address, soup in soups.items():
        assert not soup.select("details .pe-message, details .pe-head, details .pe-foot"), address
        cards = soup.select(".pw-care--emergency")
        assert not cards or [one for one in cards if not one.find_parent("details")], address
    risks = soups["risks/"]
    (card,) = [one for one in risks.select(".pw-care--emergency") if not one.find_parent("details")]
    assert {"911", "999", "112", "000", "111"} <= set(re.findall(r"\d{3}", card.get_text()))
    items = soups["risks/serious-harms/"].select(".pe-harms li")
    harms = {one.get_text() for one in items if not one.find_parent("details")}
    assert {"A death", "A collapsed lung", "Nerve damage"} <= harms


def test_on_a_small_telephone_no_embed_is_taller_than_wordpress_shows(
    addressed: Built, embeds: dict[str, str], new_page: NewPage
) -> None:
    tall, wide = {}, {}
    with open_to_all(addressed.folder, "/") as root, new_page(width=320, height=600) as page:
        for address in embeds:
            if address.startswith(("sources/", "glossary/")) and len(address) % 5:
                continue  # made alike from records: every fifth will do
            page.goto(f"{root}embed/{address}")
            height = page.evaluate("Math.ceil(document.querySelector('.pe').getBoundingClientRect().height)")
            if height > 1000:
                tall[address] = height
            if page.evaluate("document.documentElement.scrollWidth") > 320:
                wide[address] = True
    assert (tall, wide) == ({}, {})


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("address", ["risks/", "evidence/knee-osteoarthritis/", "faq/does-it-hurt/", "get-help/"])
def test_axe_finds_nothing_in_an_embed_with_every_part_open(
    addressed: Built, new_page: NewPage, address: str, theme: str
) -> None:
    with open_to_all(addressed.folder, "/") as root, new_page(width=360) as page:
        page.goto(f"{root}embed/{address}?theme={theme}&accent=plum")
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert violations(page, colours_alone=theme == "dark") == []


# ---- oEmbed


def test_each_page_names_its_oembed_answer_early_and_the_404_page_names_none(addressed: Built) -> None:
    for address, soup in addressed.texts.items():
        found = soup.select('head link[type="application/json+oembed"]')
        if address in NEVER:
            assert not found
            continue
        (link,) = found
        assert attribute(link, "href") == f"{ADDRESS}{address}oembed.json"
        text = (addressed.folder / address / "index.html").read_bytes()
        assert 0 < text.find(b"json+oembed") < 150_000, address
    assert "json+oembed" not in (addressed.folder / "404.html").read_text(encoding="utf-8")


def test_an_oembed_answer_is_what_wordpress_needs(addressed: Built) -> None:
    for address in ("", "risks/", "faq/does-it-hurt/", "glossary/dextrose/", "get-help/emergency/"):
        data = json.loads((addressed.folder / address / "oembed.json").read_text(encoding="utf-8"))
        assert (data["version"], data["type"], data["width"]) == ("1.0", "rich", 600)
        assert 200 <= data["height"] <= 1000
        assert data["html"].startswith("<blockquote><a href=")
        soup = BeautifulSoup(data["html"], "lxml")
        (frame,), (link,) = soup.select("iframe"), soup.select("a")
        assert frame["src"] == f"{ADDRESS}embed/{address}"
        assert link["href"] == ADDRESS + address
        assert (frame["width"], frame["frameborder"], frame.get("scrolling")) == ("100%", "0", None)
        assert frame["title"] == f"{data['title']} - {data['provider_name']}"


def faults(site: Built, schema: str, data: object) -> list[str]:
    """What a published schema finds wrong."""
    found = json.loads((site.folder / f"api/v1/schemas/{schema}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(found)
    return [error.message for error in Draft202012Validator(found).iter_errors(data)]


def test_every_oembed_answer_follows_its_published_schema(addressed: Built) -> None:
    answers = sorted(addressed.folder.rglob("oembed.json"))
    assert len(answers) == len(addressed.texts) - len(NEVER) + len(load_pins(ROOT))
    found = {str(one): faults(addressed, "oembed", json.loads(one.read_text(encoding="utf-8"))) for one in answers}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("schema", "file", "wrong"),
    [
        ("scripts", "assets/embed/manifest.json", {"other.js": {}}),
        ("offline", "offline/size.json", {"sha256": "no digest"}),
        ("oembed", "risks/oembed.json", {"html": "<iframe src='x'></iframe>"}),
        ("oembed", "risks/oembed.json", {"height": 1001}),
    ],
)
def test_a_schema_accepts_what_is_published_and_refuses_what_is_wrong(
    addressed: Built, schema: str, file: str, wrong: dict[str, object]
) -> None:
    data = json.loads((addressed.folder / file).read_text(encoding="utf-8"))
    assert faults(addressed, schema, data) == []
    assert faults(addressed, schema, data | wrong)


def test_a_frame_names_the_same_answer_as_its_page(addressed: Built) -> None:
    """An author may well paste the frame's address; a fixed version has an answer of its own."""
    for frame, answer in (
        ("embed/risks/", "risks/"),
        *((f"embed/v/{one.date}/{one.pin.page}",) * 2 for one in load_pins(ROOT)),
    ):
        link = parsed(addressed.folder / frame / "index.html").select_one('head link[type="application/json+oembed"]')
        assert attribute(link, "href") == f"{ADDRESS}{answer}oembed.json"


def test_without_an_address_nothing_absolute_is_written(unaddressed: Built) -> None:
    assert not list(unaddressed.folder.rglob("oembed.json"))
    assert all(not soup.select('link[type="application/json+oembed"]') for soup in unaddressed.texts.values())


def test_with_an_address_fragments_have_absolute_links_and_embeds_a_canonical_one(addressed: Built) -> None:
    soup = parsed(addressed.folder / "risks/fragment.html")
    links = [attribute(link, "href") for link in soup.select("a[href]")]
    assert [link for link in links if not link.startswith(("#", "https://", "http://", "tel:"))] == []
    assert ADDRESS + "glossary/injection/" in links
    embed = parsed(addressed.folder / "embed/risks/index.html")
    assert attribute(embed.select_one('link[rel="canonical"]'), "href") == ADDRESS + "risks/"


def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


# ---- Stored versions


def test_every_stored_version_is_built_with_its_very_bytes(site: Built) -> None:
    for one in load_pins(ROOT):
        folder = site.folder / "embed/v" / one.date / one.pin.page
        assert (folder / "text.html").read_bytes() == one.text.encode()
        assert f"<!-- pw:text -->\n{one.text}<!-- /pw:text -->" in (folder / "index.html").read_text(encoding="utf-8")
