"""The content API: every file follows its schema, says what the page says, and is the same each time."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

import citeproc.types  # type: ignore[import-untyped]
import feedparser  # type: ignore[import-untyped]
import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped]
from jsonschema import Draft7Validator, Draft202012Validator  # type: ignore[import-untyped]
from lxml import etree

from plainwords.api import write as api
from plainwords.api.addresses import Addresses
from plainwords.api.content import Shelf, Subject, content_of, depths, subject_of_page
from plainwords.api.feed import ATOM, NEWEST, feed
from plainwords.api.models import Person
from plainwords.embeds.pins import Pin, Stored, load_pins
from plainwords.extensions.shared import labels_of
from plainwords.imports import read_export
from plainwords.records import Review, Reviewer
from plainwords.references import links
from plainwords.reviews import SignOff, page_digest
from tests.outputs.conftest import NOT_SET, ROOT, SET, addresses_of, copy_pages

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.check import Site
    from plainwords.finish import Settings

CSL_TYPES = {value for name, value in vars(citeproc.types).items() if name.isupper()}
BUDGETS = {  # bytes of any such file, compressed as hosts do
    "api/v1/glossary.json": 8_000, "api/v1/versions.json": 10_000, "api/v1/schemas/*.json": 2_000,
    "feed.xml": 5_000, "**/content.json": 9_000,
}  # fmt: skip
PER_ENTRY = {"index": 125, "sources": 175}  # bytes of a list for each page or source in it; a digest alone takes 35
TYPICAL = 5_000  # bytes of half of the pages that people write; those of words are far smaller
FIRST_PAGES = "urn:uuid:84710bd4-6bae-5249-bc9c-19f5b08ef9b3"  # the published name of the entry "first-pages"
PLACES = ("content", "index", "glossary", "sources", "versions")


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def written(folder: Path, built: Path, content: Site, settings: Settings) -> Path:
    """Write the API anew beside copies of the built pages."""
    copy_pages(built, folder, addresses_of(content))
    api.write(ROOT, folder, content.pages, content.library, settings)
    return folder


@pytest.fixture(scope="session")
def addressed(built: Path, content: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("addressed"), built, content, SET)


@pytest.fixture(scope="session")
def pages(built: Path, content: Site) -> dict[str, Any]:
    return {address: load(built / address / "content.json") for address in addresses_of(content)}


@cache
def validator(path: Path) -> Draft202012Validator:
    schema = load(path)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def valid(folder: Path, name: str, value: Any) -> list[str]:
    errors = validator(folder / f"api/v1/schemas/{name}.schema.json").iter_errors(value)
    return [f"{list(error.path)}: {error.message}" for error in errors]


# ---- Schemas


@pytest.mark.parametrize("place", ["built", "addressed"])
def test_every_file_follows_its_schema(place: str, content: Site, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(place)
    files = {f"{address}content.json": "content" for address in addresses_of(content)}
    files |= {f"api/v1/{name}.json": name for name in PLACES[1:]}
    found = {path: valid(folder, name, load(folder / path)) for path, name in files.items()}
    assert len(found) == len(content.pages) + len(content.library.terms) + len(PLACES) - 1
    assert {path: told for path, told in found.items() if told} == {}


SCHEMA_OF = {
    "content.json": "content", "oembed.json": "oembed", "manifest.json": "scripts", "size.json": "offline",
    "handouts.json": "handouts", "uses.json": "uses", **{f"{name}.json": name for name in PLACES[1:]},
}  # fmt: skip


def test_every_published_json_file_has_a_schema_and_follows_it(built: Path) -> None:
    files = [path for path in sorted(built.rglob("*.json")) if not path.name.endswith(".schema.json")]
    assert {path.name for path in files} >= set(SCHEMA_OF) - {"oembed.json", "handouts.json"}
    found = {str(path): valid(built, SCHEMA_OF[path.name], load(path)) for path in files}
    assert {path: told for path, told in found.items() if told} == {}


@pytest.mark.parametrize(
    ("key", "value"),
    [("sha256", "no digest"), ("url", "two words"), ("lastReviewed", "yesterday"), ("rating", 5), ("@type", "Page")],
)
def test_a_schema_refuses_what_is_wrong(key: str, value: object, built: Path) -> None:
    page = load(built / "risks/content.json")
    assert valid(built, "content", page) == []
    assert valid(built, "content", page | {key: value})


# ---- Pages


def test_a_page_says_what_its_front_matter_and_its_records_say(content: Site, pages: dict[str, Any]) -> None:
    for page in content.pages:
        data = pages[page.address]
        assert (data["name"], data["description"]) == (page.meta.title, page.meta.description), page.path
        assert data["dateModified"] == page.meta.checked
        cited = {key for unit in page.prose.units for key in (one.partition(".")[0] for one in unit.citations)}
        if page.meta.audience == "patient":
            assert cited <= {one["identifier"] for one in data.get("citation", ())}, page.path
        assert {key for part in data["hasPart"] for key in part.get("citation", ())} == {
            one["identifier"] for one in data.get("citation", ())
        }


def test_how_far_a_source_was_read_is_said_once_with_every_day(content: Site) -> None:
    source = next(iter(content.library.sources.values()))
    first = source.read[0].model_copy(update={"part": "abstract", "via": None, "date": "2026-11-23"})
    later = first.model_copy(update={"id": "again", "date": "2026-11-26"})
    twice = source.model_copy(update={"read": (first, later, later)})
    said = list(depths(twice, content.library, labels_of(str(ROOT))))
    assert said == ["We read the summary, not the whole paper (2026-11-23, 2026-11-26)."]


LEFT_OUT = (
    ".pw-cite, .pw-notes, .pw-sources, .pw-section-sources, .pw-stamp, .pw-dates, .pw-contact, .pf-list, "
    ".pw-feedback, .pw-handout, p.navigation, h1, dialog, nav, aside, button, script, style, svg, [popover], [hidden]"
)


def test_every_word_of_a_page_is_there_in_its_order_and_none_is_added(
    built: Path, content: Site, pages: dict[str, Any]
) -> None:
    """But for marks and lists of sources, stamp, dates, and pointers to other pages."""
    for address in addresses_of(content)[: len(content.pages) + 5]:  # all that people wrote, and some words
        data = pages[address]
        soup = BeautifulSoup((built / address / "index.html").read_text(encoding="utf-8"), "lxml")
        article = soup.select_one("article.pw-page, article.md-content__inner")
        assert article
        for one in article.select(LEFT_OUT):
            one.decompose()
        for heading in [one for one in article.select("h2") if pointer_alone(one)]:
            heading.decompose()
        assert words(data) == letters(article.get_text(" ")), address


def pointer_alone(heading: Tag) -> bool:
    """Whether nothing stands below a heading, because only pointers did."""
    after = heading.find_next_sibling()
    return after is None or after.name == "h2"


def words(data: Any) -> list[str]:
    """The words of all parts in their order; a name that goes on counts once, also where a card began with it."""
    found: list[str] = []
    names: list[str] = []
    for part in data["hasPart"]:
        name = part.get("name", "")
        text = re.sub(r"(?m)^ *\d+\. ", "", re.sub(r"\[Picture: [^]]*\]", "", part["text"]))
        goes_on = part["genre"] == "section" and name and any(one.startswith(name) for one in names)
        found += letters(("" if goes_on else name) + " " + text)
        names.append(name)
    return found


def letters(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_marks_of_sources_do_not_stand_in_the_text(pages: dict[str, Any]) -> None:
    texts = {address: [part["text"] for part in page["hasPart"]] for address, page in pages.items()}
    glued = {address for address, found in texts.items() if any(re.search(r"[a-z]{2}\.\d+\b", one) for one in found)}
    assert glued == set()


def test_parts_say_what_they_are(pages: dict[str, Any]) -> None:
    kinds = [part["genre"] for part in pages["get-help/"]["hasPart"]]
    assert kinds[:4] == ["main message", "emergency", "urgent", "tell-the-clinic"]
    assert "911" in pages["get-help/"]["hasPart"][1]["text"]
    knee = [part["genre"] for part in pages["evidence/knee-osteoarthritis/"]["hasPart"]]
    assert knee[:4] == ["main message", "known", "unknown", "section"]


def test_the_digest_is_that_of_the_words_alone(pages: dict[str, Any]) -> None:
    for data in pages.values():
        texts = [data["name"], data["description"]]
        for part in data["hasPart"]:
            texts += [part.get("name", ""), part["text"]]
        digest = hashlib.sha256("".join(f"{text}\n" for text in texts).encode()).hexdigest()
        assert data["sha256"] == digest
        assert data["version"].endswith(digest[:12])


def test_a_page_without_a_current_signature_has_no_review(content: Site, pages: dict[str, Any]) -> None:
    if content.library.reviews:
        pytest.skip("the project has reviews; test_a_signed_page_names_its_reviewer covers them")
    assert not [address for address, page in pages.items() if {"lastReviewed", "reviewedBy"} & set(page)]
    assert all("No clinician has reviewed this page yet." in page["creativeWorkStatus"] for page in pages.values())


def test_a_signed_page_names_its_reviewer(built: Path, content: Site) -> None:
    page = next(one for one in content.pages if one.address == "risks/")
    reviewer = Reviewer(key="example", name="Example Reviewer", qualification="Physiotherapist", interests="none")
    review = Review(page="risks/index.md", digest="0" * 64, reviewer="example", date="2026-11-24", scope="All of it.")
    subject = Subject(page.address, page.meta.description, page, SignOff(review, reviewer, current=True))
    data = content_of(built, subject, Shelf(content.library, labels_of(str(ROOT)), Addresses(SET)))
    assert data.last_reviewed == "2026-11-24"
    assert data.reviewed_by == Person(name="Example Reviewer", job_title="Physiotherapist")


@pytest.mark.parametrize(("current", "told"), [(True, True), (False, False)])
def test_only_a_signature_of_this_very_text_counts(
    current: bool,  # noqa: FBT001
    told: bool,  # noqa: FBT001
    content: Site,
) -> None:
    page = next(one for one in content.pages if one.address == "risks/")
    digest = page_digest(ROOT, page, content.library) if current else "0" * 64
    reviewer = Reviewer(key="example", name="Example Reviewer", qualification="Physiotherapist", interests="none")
    review = Review(page="risks/index.md", digest=digest, reviewer="example", date="2026-11-24", scope="All of it.")
    library = replace(content.library, reviewers={"example": reviewer}, reviews={"one": review})
    assert (subject_of_page(ROOT, page, library).review is not None) is told


# ---- Index, words, sources


def test_the_index_names_every_file_with_the_digest_of_its_bytes(addressed: Path, content: Site) -> None:
    index = load(addressed / "api/v1/index.json")
    files = [*index["encoding"], *(page["encoding"] for page in index["hasPart"])]
    assert len(index["hasPart"]) == len(addresses_of(content))
    for one in files:
        path = addressed / one["contentUrl"].removeprefix(SET.address)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == one["sha256"]
        if "schemaVersion" in one:
            assert (addressed / one["schemaVersion"].removeprefix(SET.address)).is_file()


def test_addresses_are_absolute_only_if_the_site_has_one(
    addressed: Path, built: Path, content: Site, tmp_path: Path
) -> None:
    bare = written(tmp_path, built, content, NOT_SET)
    for path in ("risks/content.json", "api/v1/index.json", "api/v1/glossary.json", "feed.xml"):
        assert SET.address in (addressed / path).read_text(encoding="utf-8")
        assert ".invalid" not in (bare / path).read_text(encoding="utf-8")
    assert load(bare / "risks/content.json")["url"] == "risks/"
    assert load(addressed / "risks/content.json")["url"] == "https://example.org/prolo/risks/"
    assert load(addressed / "content.json")["url"] == "https://example.org/prolo/"


def test_the_glossary_holds_every_word(built: Path, content: Site) -> None:
    words = load(built / "api/v1/glossary.json")["hasDefinedTerm"]
    assert [(one["name"], one["description"]) for one in words] == [
        (term.term, " ".join(term.meaning.split())) for term in content.library.terms
    ]


def test_sources_are_read_by_a_citation_processor(built: Path, content: Site) -> None:
    items = load(built / "api/v1/sources.json")
    assert {item["type"] for item in items} <= CSL_TYPES
    read = CiteProcJSON(items)
    assert set(read) == set(content.library.sources)
    for key, source in content.library.sources.items():
        assert str(read[key].title) == source.reference.title
        assert len(read[key].get("author", ())) == len(source.reference.author)
        if source.reference.year:
            assert read[key]["issued"].year == source.reference.year


def test_sources_follow_the_schema_of_csl_itself(built: Path) -> None:
    """It is csl-data.json of https://github.com/citation-style-language/schema; its licence stands beside it."""
    schema = load(ROOT / "tests/outputs/csl-data.schema.json")
    items = load(built / "api/v1/sources.json")
    Draft7Validator.check_schema(schema)
    assert [error.message for error in Draft7Validator(schema).iter_errors(items)] == []
    assert list(Draft7Validator(schema).iter_errors([items[0] | {"issued": "2013"}]))


def test_sources_come_back_as_the_records_they_were_made_from(built: Path, content: Site) -> None:
    tables = yaml.safe_load((ROOT / "data/templates/imports.yml").read_text(encoding="utf-8"))
    text = (built / "api/v1/sources.json").read_text(encoding="utf-8")
    keys = sorted(content.library.sources)
    wanted = ("title", "issued", "volume", "issue", "DOI", "PMID", "PMCID", "author")
    for key, back in zip(keys, read_export(text, "json", tables), strict=True):
        record = content.library.sources[key].reference.model_dump(by_alias=True, exclude_none=True, mode="json")
        assert {name: back.reference.get(name) or None for name in wanted} == {
            name: record.get(name) or None for name in wanted
        }, key


def test_sources_never_tell_where_a_copy_was_read(built: Path, content: Site) -> None:
    files = [built / "api/v1/sources.json", *(built / one / "content.json" for one in addresses_of(content))]
    told = set(re.findall(r'https?://[^\s"]+', "".join(path.read_text(encoding="utf-8") for path in files)))
    sources = content.library.sources.values()
    public = {way for source in sources for _, way in links(source.reference)}
    public |= {source.reference.URL or "" for source in sources}
    copies = {reading.copy_ for source in sources for reading in source.read if reading.copy_} - public
    assert len(copies) > 20
    assert told & copies == set()


def test_every_fixed_version_is_listed_with_the_digest_of_its_text(addressed: Path, built: Path) -> None:
    listed = load(addressed / "api/v1/versions.json")["hasPart"]
    assert [(one["version"], one["name"]) for one in listed] == [(one.date, one.pin.title) for one in load_pins(ROOT)]
    for one in listed:
        text = (built / one["url"].removeprefix(SET.address) / "text.html").read_bytes()
        assert hashlib.sha256(text).hexdigest() == one["sha256"]
        assert one["isBasedOn"].startswith(SET.address)


def test_what_became_of_a_fixed_version_is_told() -> None:
    notice = {"date": "2026-11-26", "kind": "withdrawn", "because": "A count was wrong"}
    pin = Pin(page="risks/", title="Risks", stamp="Checked", words="0" * 64, sha256="1" * 64, note="First",
              notices=(notice,))  # fmt: skip
    (one,) = api.versions([Stored("2026-11-25", pin, "")], Addresses(SET)).has_part
    assert [(each.genre, each.date_created, each.text) for each in one.correction] == [
        tuple(map(notice.get, ("kind", "date", "because")))
    ]


# ---- Feed


def test_a_feed_reader_reads_the_feed(addressed: Path, content: Site) -> None:
    found = feedparser.parse((addressed / "feed.xml").read_bytes())
    assert not found.bozo
    assert found.version == "atom10"
    assert len(content.library.changes) > NEWEST
    assert [entry.title for entry in found.entries] == [change.title for change in content.library.changes[:NEWEST]]
    assert all(entry.link.startswith(SET.address) for entry in found.entries)
    assert found.feed.updated[:10] == max(change.date for change in content.library.changes)


@pytest.mark.parametrize("place", ["", "entry/"])
def test_the_feed_has_what_atom_requires(place: str, addressed: Path) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and updated each; an author for all."""
    root = etree.parse(str(addressed / "feed.xml")).getroot()
    for parent in [root] if not place else root.findall(f"{{{ATOM}}}entry"):
        counts = {name: len(parent.findall(f"{{{ATOM}}}{name}")) for name in ("id", "title", "updated")}
        assert counts == {"id": 1, "title": 1, "updated": 1}
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name") is not None
    ids = [one.text for one in root.iter(f"{{{ATOM}}}id")]
    assert len(ids) == len(set(ids))


def test_names_of_entries_outlive_a_move_of_the_site(addressed: Path, built: Path) -> None:
    assert re.findall(r"<id>.*?</id>", (addressed / "feed.xml").read_text(encoding="utf-8")) == re.findall(
        r"<id>.*?</id>", (built / "feed.xml").read_text(encoding="utf-8")
    )


def test_an_entry_keeps_its_name_whatever_becomes_of_its_words(content: Site) -> None:
    change = next(one for one in content.library.changes if one.id == "first-pages")
    other = change.model_copy(update={"title": "Other", "text": "Other.", "date": "2026-12-01", "pages": ()})
    for one in (change, other):
        entry = etree.fromstring(feed([one], Addresses(SET), "")).find(f"{{{ATOM}}}entry")
        assert entry is not None
        assert entry.findtext(f"{{{ATOM}}}id") == FIRST_PAGES
        assert entry.findtext(f"{{{ATOM}}}updated") == f"{one.date}T00:00:00Z"


# ---- Bytes


@pytest.mark.parametrize(("name", "limit"), BUDGETS.items())
def test_it_holds_to_its_budget(built: Path, name: str, limit: int) -> None:
    sizes = [(len(gzip.compress(path.read_bytes(), 9)), str(path)) for path in built.glob(name)]
    assert max(sizes)[0] <= limit, max(sizes)


def test_lists_hold_to_their_budgets_for_each_entry(built: Path, content: Site) -> None:
    entries = {"index": len(addresses_of(content)), "sources": len(content.library.sources)}
    for name, most in PER_ENTRY.items():
        size = len(gzip.compress((built / f"api/v1/{name}.json").read_bytes(), 9))
        assert size <= most * entries[name], name


def test_a_typical_page_is_smaller_still(built: Path) -> None:
    written = [path for path in built.rglob("content.json") if "glossary" not in path.parts]
    assert median(len(gzip.compress(path.read_bytes(), 9)) for path in written) <= TYPICAL


def test_a_second_run_gives_the_same_bytes(built: Path, content: Site, settings: Settings, tmp_path: Path) -> None:
    again = written(tmp_path, built, content, settings)
    files = [path.relative_to(again) for path in again.rglob("*") if path.suffix in (".json", ".xml")]
    assert len(files) > 100
    assert [str(one) for one in files if (again / one).read_bytes() != (built / one).read_bytes()] == []
