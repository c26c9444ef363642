"""Markdown beside the HTML that our extensions make of it."""

from __future__ import annotations

import time
from textwrap import dedent
from typing import TYPE_CHECKING

import markdown
import pytest
from bs4 import BeautifulSoup
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from plainwords.extensions import shared
from plainwords.extensions.citations import UnknownCitationError
from plainwords.extensions.shared import LOOK_AGAIN, labels_of, library_of

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

T = "example2020-trial"


def render(root: Path, text: str) -> BeautifulSoup:
    names = [f"plainwords.extensions.{name}" for name in ("boxes", "citations", "glossary")]
    extensions = ["attr_list", "tables", *names]
    configs = {name: {"root": str(root)} for name in names}
    html = markdown.markdown(dedent(text), extensions=extensions, extension_configs=configs)
    return BeautifulSoup(html, "lxml")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    (found,) = soup.select(selector)
    return found


# ---- Citations


def test_each_source_has_one_number_and_one_entry(faultless_tree: Path) -> None:
    text = f"A.[^{T}.score]\nB.[^example2022-review.harm]\nC.[^{T}.pain][^{T}.design]\n"
    soup = render(faultless_tree, text)
    assert [mark.text for mark in soup.select("p > sup.pw-cite")] == ["1", "2", "1"]
    assert [entry["data-source"] for entry in soup.select(".pw-sources > ol > li")] == [T, "example2022-review"]
    assert [link["data-findings"] for link in soup.select("sup a")] == [
        f"{T}.score", "example2022-review.harm", f"{T}.pain {T}.design",
    ]  # fmt: skip


def test_a_run_over_two_sources_has_two_numbers(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"A.[^{T}.score][^example2022-review.harm]\n")
    assert [link.text for link in one(soup, "sup.pw-cite").select("a")] == ["1", "2"]


def test_numbers_and_entries_lead_to_each_other(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"A.[^{T}.score]\nB.[^example2022-review.harm]\nC.[^{T}.pain]\n")
    for link in soup.select("sup a"):
        entry = one(soup, str(link["href"]))
        assert f"#{link['id']}" in [back["href"] for back in entry.select(".pw-sources__back a")]
    assert [back.text for back in soup.select("#source-1 .pw-sources__back a")] == ["a", "b"]
    names = [link["aria-label"] for link in soup.select("sup a")]
    assert names == ["Source 1", "Source 2", "Source 1"]


def test_an_entry_says_what_how_far_and_where(faultless_tree: Path) -> None:
    entry = one(render(faultless_tree, f"A.[^{T}.score][^{T}.pain]\n"), "#source-1")
    text = " ".join(entry.text.split())
    assert "Example EA, Sample S. An example trial. J Examples. 2020 May;11(3):229-37." in text
    assert "We read the summary, not the whole paper." in text
    assert "Where in it: Abstract, Results; Table 4." in text
    assert [link["href"] for link in entry.select("a[rel=noreferrer]")] == ["https://doi.org/10.9999/example.1"]
    assert f"/sources/{T}.md" in [link["href"] for link in entry.select("a")]


def test_an_entry_says_nothing_twice_and_stops_once(project: Path) -> None:
    """A second reading of the same kind adds no words, a further part few, and a question ends as one."""
    file = project / f"data/sources/{T}.yml"
    text = file.read_text(encoding="utf-8")
    more = "".join(
        f"  - {{id: {name}, part: {part}, visible: {seen}, date: '2026-11-24', copy: 'https://example.org/{name}'}}\n"
        for name, part, seen in (
            ("again", "abstract", "all"),
            ("first", "excerpt", "page 1"),
            ("last", "excerpt", "page 9"),
        )
    )
    text = text.replace("doubts:\n", f"{more}doubts:\n", 1)
    for name, reading in (("score", "again"), ("responders", "first"), ("pain", "last")):
        head, rest = text.split(f"  {name}:\n", 1)
        text = f"{head}  {name}:\n" + rest.replace("read: abstract", f"read: {reading}", 1)
    file.write_text(text.replace("where: Table 4", "where: What was found?"), encoding="utf-8")
    entry = one(render(project, f"A.[^{T}.design][^{T}.score][^{T}.responders][^{T}.pain]\n"), "#source-1")
    said = " ".join(entry.text.split())
    assert said.count("We read the summary, not the whole paper.") == 1
    assert "We also read this part: page 1. We also read this part: page 9." in said
    assert "What was found? What this source did and found." in said


def test_a_second_hand_source_says_whom_we_read(faultless_tree: Path) -> None:
    entry = one(render(faultless_tree, "A.[^example2021-told.result]\n"), "#source-1")
    assert "We read of it in Example Organisation 2022." in entry.text


def test_a_section_names_the_sources_it_rests_on(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f'## Who? {{: cites="{T}.design" }}\n\nAdults.\n')
    line = one(soup, "h2 + p.pw-section-sources")
    assert line.text == "This section rests on: 1"
    assert not soup.select("[cites]")


@pytest.mark.parametrize("citation", ["nobody2020-trial.design", f"{T}.nothing", T])
def test_an_unknown_citation_stops_the_build(faultless_tree: Path, citation: str) -> None:
    with pytest.raises(UnknownCitationError, match="is no known finding; run scripts/check"):
        render(faultless_tree, f"A.[^{citation}]\n")


def test_code_cites_nothing(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"Write `[^{T}.score]` for it.\n")
    assert one(soup, "code").text == f"[^{T}.score]"
    assert not soup.select(".pw-sources, sup")


def test_the_address_of_the_copy_is_never_shown(faultless_tree: Path) -> None:
    assert "example.org/copy" not in str(render(faultless_tree, f"A.[^{T}.score]\n"))


# ---- Glossary


def test_only_the_first_use_of_a_term_is_marked(faultless_tree: Path) -> None:
    soup = render(faultless_tree, "A trial of Sugar water.\n\nTwo trials of dextrose.\n")
    found = [(link.text, link["href"], link["data-meaning"]) for link in soup.select("a.pw-term")]
    assert found == [
        ("trial", "/glossary/trial.md", "A test in which people get different treatments."),
        ("Sugar water", "/glossary/dextrose.md", "A form of sugar that can be mixed with water."),
    ]
    assert soup.text.split() == ["A", "trial", "of", "Sugar", "water.", "Two", "trials", "of", "dextrose."]


@pytest.mark.parametrize(
    "text",
    [
        "## A trial?\n",
        "See [a trial](a.md).\n",
        "Type `trial` here.\n",
        "A trial.\n{: .no-terms }\n",
        "| A trial |\n| --- |\n| b |\n",
        "A retrial.\n",
    ],
)
def test_a_term_is_not_marked_there(faultless_tree: Path, text: str) -> None:
    soup = render(faultless_tree, text + "\nThen *a trial* came.\n")
    assert [link.parent.name for link in soup.select("a.pw-term") if link.parent] == ["em"]


def test_no_term_is_marked_among_the_sources(faultless_tree: Path) -> None:
    soup = render(faultless_tree, f"A.[^{T}.score]\n")
    assert "trial" in one(soup, ".pw-sources").text
    assert not soup.select("a.pw-term")


def test_text_around_and_between_terms_stays(faultless_tree: Path) -> None:
    soup = render(faultless_tree, "One trial, **two** of dextrose, end.\n")
    assert one(soup, "p").text == "One trial, two of dextrose, end."
    assert len(soup.select("a.pw-term")) == 2


# ---- Boxes


def test_known_and_unknown_stand_side_by_side(faultless_tree: Path) -> None:
    soup = render(faultless_tree, "/// known\n\n- a\n\n///\n\n/// unknown\n\n- b\n\n///\n\nText.\n")
    frame = one(soup, "div.pw-split")
    found = [(part["class"], one(part, "h2").text, one(part, "li").text) for part in frame.find_all("section")]
    assert found == [(["pw-known"], "What we know", "a"), (["pw-unknown"], "What nobody knows", "b")]


def test_one_of_them_alone_has_no_frame(faultless_tree: Path) -> None:
    soup = render(faultless_tree, "/// known\n\n- a\n\n///\n\nText.\n")
    assert soup.select("section.pw-known")
    assert not soup.select(".pw-split")


@pytest.mark.parametrize(
    ("level", "label"), [("emergency", "Emergency"), ("urgent", "Urgent"), ("tell-the-clinic", "Tell the clinic")]
)
def test_a_care_card_says_its_level_in_words(faultless_tree: Path, level: str, label: str) -> None:
    soup = render(faultless_tree, f"/// care | {level}\n\n**Call if:**\n\n- it swells\n\n///\n")
    card = one(soup, f"section.pw-care.pw-care--{level}")
    assert one(card, ".pw-care__level").text == card["aria-label"] == label
    assert one(card, "li").text == "it swells"


def test_captions_stand_under_their_tables_and_number_them(faultless_tree: Path) -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |\n\n"
    text = f"{table}/// table-caption\nThe *first*.[^{T}.score]\n///\n\n{table}{table}/// table-caption\nLast.\n///\n"
    soup = render(faultless_tree, text)
    assert [[part.name for part in figure.find_all(recursive=False)] for figure in soup.select("figure")] == [
        ["table", "figcaption"], ["table", "figcaption"],
    ]  # fmt: skip
    assert [one.text.strip() for one in soup.select("figcaption")] == ["Table 1. The first.1", "Table 2. Last."]
    assert soup.select("figcaption p > em")
    assert len(soup.select("table")) == 3
    assert [one.text.strip() for one in render(faultless_tree, text).select(".caption-prefix")] == [
        "Table 1.",
        "Table 2.",
    ]


def test_a_caption_without_a_table_takes_no_other_text_in(faultless_tree: Path) -> None:
    assert not render(faultless_tree, "Text.\n\n/// table-caption\nText.\n///\n").select("figure")


# ---- What they share


def test_records_are_read_again_when_they_change(project: Path) -> None:
    first, labels = library_of(str(project)), labels_of(str(project))
    assert library_of(str(project)) is first
    assert labels_of(str(project)) is labels
    for name in ("glossary.yml", "labels.yml"):
        path = project / "data" / name
        path.write_text(
            path.read_text(encoding="utf-8").replace("A form of sugar", "A kind of sugar"), encoding="utf-8"
        )
    time.sleep(LOOK_AGAIN)
    assert library_of(str(project)).terms[0].meaning.startswith("A kind of sugar")
    assert labels_of(str(project)) is not labels


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Each look at the records' files; between two of them pass 0.5 seconds without a page."""
    seen: list[Path] = []

    def look(root: Path) -> tuple[()]:
        seen.append(root)
        return ()

    monkeypatch.setattr(shared, "_stamps", look)
    monkeypatch.setattr(shared, "LOOK_AGAIN", 0.5)
    return seen


def test_while_pages_come_one_after_the_other_the_files_are_looked_at_once(project: Path, looks: list[Path]) -> None:
    for _ in range(4):
        library_of(str(project))
        time.sleep(0.25)
    assert len(looks) == 1


class SlowPage(Extension, Preprocessor):
    """A page that takes longer than the files stay unlooked at."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.preprocessors.register(self, "slow", 1)

    def run(self, lines: list[str]) -> list[str]:
        time.sleep(0.6)
        return lines


def test_a_page_that_takes_long_brings_no_second_look(project: Path, looks: list[Path]) -> None:
    name = "plainwords.extensions.ledger"
    for _ in range(2):
        markdown.markdown("Text.", extensions=[SlowPage(), name], extension_configs={name: {"root": str(project)}})
    assert len(looks) == 1
