"""Markup and scripts in every field of a record, a term and the front matter come out as the text they are."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from bs4 import BeautifulSoup
from pydantic import TypeAdapter, ValidationError

from plainwords import build as building
from plainwords import generate
from plainwords.records import Source, Term
from tests.site.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.xdist_group("escaping")
EVIL = (
    '<script>alert(1)</script><img src=x onerror="alert(2)"><i class="evil">x</i></style></title>'
    "\"' onclick='alert(3)' {{ 7 * 7 }} {: .evil onclick=a } [l](javascript:alert(4)) <!-- pw:review --> &lt;"
)
CONFIG = """\
INHERIT: {root}/mkdocs.yml
site_url: https://example.org/
docs_dir: docs
theme: {{custom_dir: {root}/overrides}}
watch: []
nav: [index.md, faq/index.md, help.md]
"""
FRONT = """\
---
title: {title}
description: {description}
audience: patient
checked: 2026-11-23
due: 2027-11-23
{more}---

"""
TEXT = """\
In a made-up trial, the score rose more.[^example2020-trial.score]
{: .verdict }

Half got better with sugar water, and that is one of the trials.
It was so.[^example2020-trial.responders][^example2022-review.trials]

/// people | example2020-trial.responders
Who got better.
///

/// bars | example2020-trial.score
How the score changed.
///

/// evidence | example2020-trial.score
How it came out.
///
"""
MUST_BE_SPOILED = {
    "did", "sure", "reference.title", "reference.container-title", "reference.author.0.family", "trial.population",
    "trial.arms.0.label", "trial.arms.0.gets", "read.0.visible", "doubts.0", "findings.score.says",
    "findings.score.where", "retraction.where",
}  # fmt: skip


@dataclass(frozen=True)
class Spoiled:
    """The built pages by address, and the search's data."""

    pages: dict[str, BeautifulSoup]
    data: str


def leaves(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every text in a record."""
    if isinstance(data, str):
        yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from leaves(value, (*path, index))


def spoil(data: Any, model: Any) -> set[str]:
    """Add markup to every text of a record that may hold free text; return which those are.

    The other names of a term stay, so that pages still use it.
    """
    spoiled = set()
    for path in [one for one in leaves(data) if "also" not in one]:
        *way, last = path
        place = data
        for step in way:
            place = place[step]
        before, place[last] = place[last], f"{place[last]} {EVIL}"
        try:
            TypeAdapter(model).validate_python(data)
            spoiled.add(".".join(map(str, path)))
        except ValidationError:
            place[last] = before
    return spoiled


def front(title: str, more: str = "") -> str:
    description = f"A made-up description {EVIL}"[:215]
    return FRONT.format(title=json.dumps(title), description=json.dumps(description), more=more)


@pytest.fixture(scope="module")
def spoiled(faultless_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Spoiled:
    """The pages of a small project, spoiled and built with the real templates."""
    root = Path(shutil.copytree(faultless_tree, tmp_path_factory.mktemp("spoiled") / "project"))
    for path in (root / "data/sources").glob("*.yml"):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        fields = spoil(record, Source)
        assert path.stem != "example2020-trial" or fields >= MUST_BE_SPOILED, MUST_BE_SPOILED - fields
        path.write_text(yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8")
    terms = yaml.safe_load((root / "data/glossary.yml").read_text(encoding="utf-8"))
    assert spoil(terms, list[Term]) >= {"0.meaning", "0.say", "1.note"}
    (root / "data/glossary.yml").write_text(yaml.safe_dump(terms, allow_unicode=True), encoding="utf-8")
    pages = {"index.md": front(f"Home {EVIL}"), "faq/index.md": front(f"All {EVIL}"),
             "faq/one.md": front(f"One {EVIL}", "theme: Risks\n")}  # fmt: skip
    for name, head in pages.items():
        (root / "docs" / name).parent.mkdir(exist_ok=True)
        (root / "docs" / name).write_text(head + TEXT, encoding="utf-8")
    shutil.copy(ROOT / "docs/search.md", root / "docs/search.md")
    generate.write(root)
    return built(root)


def built(root: Path) -> Spoiled:
    """Build without the check, which refuses such texts; what is asked here is what happens if it ever did not."""
    (root / "all.yml").write_text(CONFIG.format(root=ROOT), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "check_site", lambda _: [])
        assert building.build(root, root / "all.yml", root / "site") == 0
    files = {path.relative_to(root / "site").as_posix(): path for path in (root / "site").rglob("*.html")}
    pages = {
        name.removesuffix("index.html"): BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")
        for name, path in files.items()
    }
    data = next((root / "site/assets/js").glob("search-data*.js")).read_text(encoding="utf-8")
    return Spoiled(pages, data)


def test_no_element_or_attribute_comes_out_of_a_record(spoiled: Spoiled) -> None:
    pages = spoiled.pages
    assert {"", "faq/", "faq/one/", "sources/example2020-trial/", "glossary/dextrose/", "search/"} <= set(pages)
    for address, soup in pages.items():
        assert soup.select(".evil, img[src=x], i.evil, b[onclick]") == [], address
        handlers = [tag.name for tag in soup.select("*") for name in tag.attrs if name.startswith("on")]
        assert handlers == [], address
        assert soup.select('[href^="javascript:"]') == [], address
        for script in soup.select("script:not([type])"):
            assert "alert" not in script.get_text(), address
        assert len(soup.select("title")) == 1, address
        assert len(soup.select("main")) == 1, address


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("", "h1"),
        ("faq/one/", "h1"),
        ("", ".pw-sources__reference"),
        ("", ".pw-sources__place"),
        ("", ".pw-notes li"),
        ("", ".pw-figure--people .pw-figure__arm p"),
        ("sources/example2020-trial/", "h1"),
        ("sources/example2020-trial/", ".verdict"),
        ("sources/example2020-trial/", ".pw-where"),
        ("glossary/dextrose/", ".verdict"),
    ],
)
def test_the_text_is_shown_as_it_was_typed(spoiled: Spoiled, address: str, place: str) -> None:
    found = spoiled.pages[address].select(place)
    assert found
    assert any("<script>alert(1)</script>" in one.get_text() for one in found)


def test_a_meaning_stays_inside_its_attribute(spoiled: Spoiled) -> None:
    (term, *_) = spoiled.pages[""].select("a.pw-term[data-meaning]")
    assert EVIL.removesuffix(" &lt;") in term["data-meaning"]
    assert set(term.attrs) == {"class", "data-meaning", "href"}


def test_descriptions_stay_inside_the_head(spoiled: Spoiled) -> None:
    for address in ("", "faq/one/", "glossary/dextrose/", "sources/example2020-trial/"):
        (one,) = spoiled.pages[address].select('head meta[name="description"]')
        assert "<script>" in one["content"] or "…" in one["content"], address
        assert set(one.attrs) == {"name", "content"}, address


def test_linked_data_holds_the_text_and_cannot_end_its_script(spoiled: Spoiled) -> None:
    for address in ("", "faq/", "glossary/", "glossary/dextrose/"):
        (script,) = spoiled.pages[address].select('script[type="application/ld+json"]')
        nodes = json.loads(script.get_text())["@graph"]
        assert "<" not in script.get_text(), address
        assert "alert(1)" in json.dumps(nodes), address


def test_the_search_holds_the_text_as_data(spoiled: Spoiled) -> None:
    found = re.fullmatch(r"pwSearchData=(\[.*\]);?", spoiled.data, re.DOTALL)
    assert found
    titles = [row[0] for row in json.loads(found[1])]
    assert any("<script>alert(1)</script>" in title for title in titles)


def test_the_list_from_a_to_z_shows_titles_as_text(spoiled: Spoiled) -> None:
    assert any("<script>" in link.get_text() for link in spoiled.pages["search/"].select(".pw-entries a"))
