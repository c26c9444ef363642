"""The build of the small project: what is added to the built pages, and that a failed build changes nothing."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from plainwords import finish
from plainwords.build import build, main, settings_of
from plainwords.finish import LINKED_DATA, Finished, Settings, Use, fill_review, label_tables, linked_data, uses_html
from plainwords.library import load_library
from plainwords.reviews import sign_offs
from tests.test_reviews import sign

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.reviews import SignOff
    from tests.conftest import Workbench

ANSWER = """\
---
title: Does it hurt?
description: What the made-up trial says of pain after shots.
audience: patient
checked: 2026-11-23
due: 2027-11-23
theme: Risks
---

<!-- --8<-- [start:answer] -->

The trial had 90 adults.[^example2020-trial.design]

More: [Help](../help.md).
{: .navigation }

<!-- --8<-- [end:answer] -->
"""
FAQ = """\
---
title: Questions
description: All the questions of the example.
audience: trust
checked: 2026-11-23
due: 2027-11-23
---

See [the question](does-it-hurt.md).
"""
SLOT = "<p><!-- pw:review --><strong>No clinician has reviewed this page yet</strong><!-- /pw:review --></p>"
SETTINGS = Settings("An example site", "https://example.org/plain/")


@pytest.fixture(scope="module")
def built(faultless_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with a question, built."""
    root = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(faultless_tree, root)
    (root / "docs/faq").mkdir()
    (root / "docs/faq/does-it-hurt.md").write_text(ANSWER, encoding="utf-8")
    (root / "docs/faq/index.md").write_text(FAQ, encoding="utf-8")
    lines = ["/faq/", "/faq/does-it-hurt/", "/old/ -> /help/", "/a/b/ -> /faq/does-it-hurt/", "/bad/ withdrawn"]
    with (root / "data/addresses.txt").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    assert build(root, root / "mkdocs.yml", root / "site", pages_only=True) == 0
    return root


def page(root: Path, address: str) -> BeautifulSoup:
    return BeautifulSoup((root / "site" / address / "index.html").read_text(encoding="utf-8"), "lxml")


def data_of(soup: BeautifulSoup | str) -> list[dict[str, Any]]:
    """Return the JSON-LD graph of a page."""
    soup = BeautifulSoup(soup, "lxml") if isinstance(soup, str) else soup
    (script,) = soup.select('script[type="application/ld+json"]')
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


# ---- A failed build


def spoil_text(bench: Workbench) -> None:
    bench.replace("docs/example.md", "had 90 adults", "had 91 adults")


def spoil_configuration(bench: Workbench) -> None:
    bench.replace("mkdocs.yml", "plugins: []", "plugins: [no-such-plugin]")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [(spoil_text, "build: 1 problems in the content; site/ is left"), (spoil_configuration, "build: MkDocs stopped")],
)
def test_a_failed_build_leaves_the_old_site(
    bench: Workbench, spoil: Any, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.write("site/index.html", "the old site")
    spoil(bench)
    assert main(["--root", str(bench.root)]) == 1
    assert said in capsys.readouterr().out
    assert [path.name for path in (bench.root / "site").iterdir()] == ["index.html"]
    assert (bench.root / "site/index.html").read_text(encoding="utf-8") == "the old site"


def test_a_failed_last_step_leaves_the_old_site(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("site/index.html", "the old site")

    def fail(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("plainwords.build.finish", fail)
    with pytest.raises(OSError, match="full"):
        build(bench.root, bench.root / "mkdocs.yml", bench.root / "site", pages_only=True)
    assert (bench.root / "site/index.html").read_text(encoding="utf-8") == "the old site"


def test_a_failed_move_brings_the_old_site_back(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("site/index.html", "the old site")

    def fail(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("plainwords.build.shutil.move", fail)
    with pytest.raises(OSError, match="full"):
        build(bench.root, bench.root / "mkdocs.yml", bench.root / "site", pages_only=True)
    assert (bench.root / "site/index.html").read_text(encoding="utf-8") == "the old site"


def test_a_first_build_that_fails_says_that_nothing_was_made(
    bench: Workbench, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil_text(bench)
    assert main(["--root", str(bench.root)]) == 1
    assert "site/ was not made" in capsys.readouterr().out
    assert not (bench.root / "site").exists()


# ---- A build


def test_a_new_site_takes_the_place_of_the_old(bench: Workbench) -> None:
    bench.write("site/old.html", "the old site")
    assert build(bench.root, bench.root / "mkdocs.yml", bench.root / "site", pages_only=True) == 0
    assert not (bench.root / "site/old.html").exists()
    assert (bench.root / "site/example/index.html").exists()
    assert sorted(one.name for one in (bench.root / ".cache").iterdir()) == ["read.pickle", "templates"]


@pytest.mark.parametrize(("address", "target"), [("old/", "../help/"), ("a/b/", "../../faq/does-it-hurt/")])
def test_an_address_that_moved_leads_on(built: Path, address: str, target: str) -> None:
    soup = page(built, address)
    assert [link["href"] for link in soup.select("a")] == [target]
    assert (built / "site" / address / target / "index.html").exists()
    (refresh,) = soup.select("meta[http-equiv=refresh]")
    assert refresh["content"] == f"0; url={target}"


def test_an_address_that_was_withdrawn_says_so(built: Path) -> None:
    soup = page(built, "bad/")
    assert "This page was withdrawn" in soup.text
    assert [meta["content"] for meta in soup.select("meta[name=robots]")] == ["noindex"]


def test_no_marked_place_is_left(built: Path) -> None:
    for path in (built / "site").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert LINKED_DATA not in text
        assert "data-finding=" not in text


def test_settings(project: Path) -> None:
    settings = settings_of(project / "mkdocs.yml")
    assert (settings.name, settings.is_set) == ("An example site", False)
    assert SETTINGS.is_set
    assert SETTINGS.url("help/") == "https://example.org/plain/help/"


# ---- Sign-offs


def signed(bench: Workbench) -> list[SignOff]:
    return sign_offs(bench.root, bench.page("docs/example.md"), load_library(bench.root))


def test_without_a_sign_off_the_page_says_so(built: Path) -> None:
    assert fill_review(SLOT, []) == SLOT
    assert "No clinician has reviewed this page yet" in page(built, "example/").text


def test_a_sign_off_names_who_when_and_what(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-04")
    text = BeautifulSoup(fill_review(SLOT, signed(bench)), "lxml").text
    assert text == "Reviewed by Example Reviewer, Example Nurse on 4 November 2026: the whole text. Interests: None."


def test_an_outdated_sign_off_says_that_the_text_has_changed(bench: Workbench) -> None:
    sign(bench, "first", "2026-11-24")
    bench.replace("docs/example.md", "Ask what the shot holds.", "Ask what it holds.")
    text = BeautifulSoup(fill_review(SLOT, signed(bench)), "lxml").text
    assert text.startswith("No clinician has reviewed the present text.")
    assert "Reviewed by" not in text


def test_a_reviewer_is_shown_as_written(bench: Workbench) -> None:
    bench.replace("data/reviewers.yml", "interests: None.", "interests: <script>a</script> \\1")
    sign(bench, "first", "2026-11-24")
    soup = BeautifulSoup(fill_review(SLOT, signed(bench)), "lxml")
    assert not soup.select("script")
    assert soup.text.endswith("Interests: <script>a</script> \\1")


# ---- Uses


def test_a_finding_lists_the_sentences_that_rest_on_it(built: Path) -> None:
    soup = page(built, "sources/example2020-trial/")
    uses = [fold for fold in soup.select("details.pw-uses") if "does-it-hurt" in str(fold)]
    (fold,) = uses
    (link,) = [link for link in fold.select("a") if "does-it-hurt" in str(link["href"])]
    assert link["href"] == "../../faq/does-it-hurt/#cite-1-1"
    assert link.parent is not None
    assert link.parent.text == "Does it hurt?: The trial had 90 adults."
    assert page(built, "faq/does-it-hurt/").select("#cite-1-1")


def test_all_uses_are_written_down(built: Path) -> None:
    uses = json.loads((built / "site/uses.json").read_text(encoding="utf-8"))
    assert uses["example2021-told.result"] == [
        {
            "page": "/example/",
            "place": "cite-2-1",
            "sentence": "As told in a review, 6 of 40 people in a trial of 2021 got better.",
        }
    ]


def test_a_finding_that_nothing_rests_on_says_so() -> None:
    assert "No sentence of this site rests on this finding" in uses_html([], "sources/a/")


def test_uses_are_shown_as_written() -> None:
    soup = BeautifulSoup(uses_html([Use("a/", "<b>", "cite-1-1", "<i>")], "sources/a/"), "lxml")
    assert not soup.select("b, i")
    assert soup.li is not None
    assert soup.li.text == "<b>: <i>"


# ---- Tables


def test_cells_carry_the_name_of_their_column(built: Path) -> None:
    soup = page(built, "example/")
    assert [cell["data-label"] for cell in soup.select("tbody td")] == ["Sugar water", "Salt water"]
    assert [head["scope"] for head in soup.select("tbody th")] == ["row"]
    assert {head["scope"] for head in soup.select("thead th")} == {"col"}


# ---- Linked data


def test_every_page_for_patients_is_a_medical_page(built: Path) -> None:
    (data,) = data_of(page(built, "example/"))
    assert data["@type"] == "MedicalWebPage"
    assert data["name"] == "Does sugar water help a sore knee?"
    assert data["dateModified"] == "2026-11-23"
    assert not {"reviewedBy", "lastReviewed", "url"} & set(data)


def test_a_page_about_the_site_is_none(built: Path) -> None:
    assert [data["@type"] for data in data_of(page(built, "faq/"))] == ["WebPage"]


def ld(bench: Workbench) -> dict[str, Any]:
    found = bench.page("docs/example.md")
    library = load_library(bench.root)
    known = Finished(bench.root, {"example/": found}, library, SETTINGS)
    (data,) = data_of(linked_data("example/", known, sign_offs(bench.root, found, library), ""))
    return data


def test_reviewed_by_stands_only_while_the_signed_text_does(bench: Workbench) -> None:
    assert not {"reviewedBy", "lastReviewed"} & set(ld(bench))
    sign(bench, "first", "2026-11-24")
    assert ld(bench)["lastReviewed"] == "2026-11-24"
    assert ld(bench)["reviewedBy"] == {"@type": "Person", "name": "Example Reviewer", "jobTitle": "Example Nurse"}
    bench.replace("docs/example.md", "Ask what the shot holds.", "Ask what it holds.")
    assert not {"reviewedBy", "lastReviewed"} & set(ld(bench))


def test_an_address_that_is_set_is_told(bench: Workbench) -> None:
    assert ld(bench)["url"] == "https://example.org/plain/example/"


def test_linked_data_cannot_end_its_script(bench: Workbench) -> None:
    bench.replace("docs/example.md", "title: Does sugar", "title: '</script><b>Does' # sugar")
    assert ld(bench)["name"] == "</script><b>Does"


def test_questions_carry_their_answers(built: Path) -> None:
    (faq, _) = data_of(page(built, "faq/does-it-hurt/"))
    (question,) = faq["mainEntity"]
    assert question["name"] == "Does it hurt?"
    assert question["acceptedAnswer"]["text"] == "The trial had 90 adults."
    assert "More" not in question["acceptedAnswer"]["text"]


def test_the_glossary_is_a_set_of_terms(built: Path) -> None:
    (data,) = data_of(page(built, "glossary/"))
    assert data["@type"] == "DefinedTermSet"
    assert [term["termCode"] for term in data["hasDefinedTerm"]] == ["dextrose", "trial"]
    (term,) = data_of(page(built, "glossary/dextrose/"))
    assert (term["@type"], term["alternateName"]) == ("DefinedTerm", ["sugar water"])


def test_an_address_of_a_term_needs_a_site(bench: Workbench) -> None:
    term = load_library(bench.root).terms[0]
    assert finish.defined_term(term, SETTINGS)["url"] == "https://example.org/plain/glossary/dextrose/"
    assert "url" not in finish.defined_term(term, Settings("x", "https://address-not-set.invalid/"))


@pytest.mark.parametrize(
    ("start", "classes"), [("<table>", "pw-table"), ('<table class="pw-wide">', "pw-table pw-wide")]
)
def test_every_table_is_labelled_for_narrow_screens(start: str, classes: str) -> None:
    head = "<thead><tr><th>What</th><th>Count</th></tr></thead>"
    text = label_tables(f"{start}{head}<tbody><tr><td>Beds</td><td>7</td></tr></tbody></table>")
    assert f'<table class="{classes}">' in text
    assert '<th scope="row">Beds</th><td data-label="Count">7</td>' in text


@pytest.mark.parametrize(("long", "wide"), [(0, 0), (1, 1), (2, 6), (6, 6)])
def test_a_column_that_is_mostly_long_takes_the_whole_width_in_each_row(long: int, wide: int) -> None:
    """A single long cell does not stretch the others; of six, two do."""
    words = ["A cell of more than thirty letters"] * long + ["Short"] * (6 - long)
    rows = "".join(f"<tr><td>Row</td><td>Met</td><td>{one}</td></tr>" for one in words)
    text = label_tables(f"<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody>{rows}</tbody></table>")
    assert [str(cell["data-label"]) for cell in BeautifulSoup(text, "lxml").select(".pw-table__long")] == ["C"] * wide
