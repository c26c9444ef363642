"""Exports from other programs: the text of each format, and the fields that come out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plainwords.imports import ExportError, Imported, partial_date, read_export, whole_pages

HERE = Path(__file__).parent
TABLES: dict[str, Any] = yaml.safe_load((HERE.parent / "data/templates/imports.yml").read_text(encoding="utf-8"))


def read(name: str) -> list[Imported]:
    path = HERE / "imports" / name
    return read_export(path.read_text(encoding="utf-8"), path.suffix.removeprefix("."), TABLES)


def test_pubmed() -> None:
    (found,) = read("one.nbib")
    assert found.reference == {
        "type": "article-journal",
        "title": "Sugar water for the sore example knee: a made-up trial with a title so long that it breaks over "
        "two lines",
        "author": [
            {"family": "Example", "given": "Erin A"},
            {"family": "van der Sample", "given": "Sam"},
            {"literal": "Example Group for Very Long Names of Organisations that Break over Two Lines"},
        ],
        "container-title": "Journal of examples",
        "container-title-short": "J Examples",
        "issued": "2021-05",
        "volume": "11",
        "issue": "3",
        "page": "229-237",
        "DOI": "10.9999/example.2021.7",
        "PMID": "99999901",
        "PMCID": "PMC9999901",
    }
    assert found.kind == "Journal Article; Randomized Controlled Trial"
    assert found.errata == ("A correction was printed in J Examples. 2021 Sep;11(5):480. PMID: 99999902",)
    assert (found.status, found.remarks) == (None, ())


def test_pubmed_old_names_and_retraction() -> None:
    shots, advice = read("retracted.txt")
    assert shots.reference == {
        "type": "article-journal",
        "title": "Shots in the example back",
        "author": [{"family": "Sample", "given": "S"}],
        "container-title-short": "J Examples",
        "issued": "1999",
        "page": "e12",
        "PMID": "99999904",
    }
    assert shots.status == "retracted"
    assert advice.reference["title"] == "Advice on examples?"
    assert advice.reference["author"] == [{"literal": "Society of Examples"}]
    assert advice.reference["issued"] == "2003"
    assert "container-title-short" not in advice.reference
    assert advice.status is None


def test_ris() -> None:
    article, report, thesis = read("several.ris")
    assert article.reference == {
        "type": "article-journal",
        "title": "Sugar water in example elbows & wrists",
        "author": [{"family": "Example", "given": "Erin"}, {"family": "Sample", "given": "Sam"}],
        "container-title": "Journal of Examples",
        "container-title-short": "J Examples",
        "issued": "2019-04",
        "volume": "7",
        "issue": "2",
        "page": "101-109",
        "DOI": "10.9999/example.2019.2",
        "PMID": "99999910",
        "PMCID": "PMC9999910",
        "URL": "https://papers.example.org/2019/2",
    }
    assert article.remarks == ('left out "Jr." of Sam Sample',)
    assert report.reference == {
        "type": "report",
        "title": "Examples: a report",
        "author": [{"literal": "National Agency for Made-up Examples"}],
        "publisher": "National Agency for Made-up Examples",
        "issued": "2020",
        "number": "17",
        "URL": "https://agency.example.org/report",
    }
    assert "type" not in thesis.reference
    assert thesis.remarks == ('the export calls it "THES"; say under type: which of ours it is',)


def test_bibtex() -> None:
    article, page = read("one.bib")
    assert article.reference == {
        "type": "article-journal",
        "title": "Sugar water & salt water in Achilles tendons: 5% or more",
        "author": [
            {"family": "Exámple", "given": "Erin A."},
            {"family": "van der Sample", "given": "Jan"},
            {"literal": "Group of Examples"},
            {"family": "Sample", "given": "John"},
        ],
        "container-title": "Journal of Examples",
        "issued": "2013-05",
        "volume": "11",
        "issue": "3",
        "page": "e229-e237",
        "DOI": "10.9999/a_b%c",
        "PMID": "99999920",
    }
    others = 'the export leaves out authors ("and others"); add those whom the source names'
    assert article.remarks == (others, 'left out "Jr" of John Sample')
    assert page.reference == {
        "type": "webpage",
        "title": "What examples are",
        "author": [{"literal": "Agency of Examples"}],
        "publisher": "Agency of Examples",
        "issued": "2020-02",
        "URL": "https://agency.example.org/a_b%20c",
        "accessed": "2026-11-20",
    }


def test_csl_json() -> None:
    (found,) = read("one.json")
    assert found.reference == {
        "type": "article-journal",
        "title": "The example neck: 13C sugar",
        "author": [
            {"family": "van der Sample", "given": "Jan"},
            {"family": "Example", "given": "Erin"},
            {"literal": "Group of Examples"},
        ],
        "container-title": "Journal of Examples",
        "container-title-short": "J Examples",
        "issued": "2024-02-09",
        "volume": "12",
        "issue": "4",
        "page": "12-19",
        "DOI": "10.9999/EXAMPLE.2024.1",
        "PMID": "99999930",
        "PMCID": "PMC9999930",
        "URL": "https://papers.example.org/neck",
    }
    assert found.kind == "Comparative Study"


def test_identifiers_of_other_papers_in_notes_are_not_taken() -> None:
    text = "TY  - JOUR\nTI  - A title\nN1  - Comment in: doi:10.9999/other. PMID: 5\nER  - \n"
    (found,) = read_export(text, "ris", TABLES)
    assert found.reference == {"type": "article-journal", "title": "A title"}


@pytest.mark.parametrize(
    ("suffix", "text", "said"),
    [
        ("bib", "@article{a, title={No end", "line 1: this entry is no whole BibTeX; export it again"),
        ("bib", "", "holds no reference that can be read as BibTeX; export it again"),
        ("ris", "TY  - JOUR\nTI  - No end\n", 'holds a reference without its last line, "ER  - "; export it again'),
        ("nbib", "<html></html>", "holds no reference that can be read as PubMed's format; export it again"),
        ("json", "[", "is no JSON"),
        ("json", '[{"name": "no title"}]', "is JSON, but no CSL-JSON (a list of references, each with a title)"),
        ("json", "[]", "holds no reference that can be read as CSL-JSON; export it again"),
        ("txt", "12345", "is no export that can be read; export as PubMed (.nbib), RIS, BibTeX or CSL-JSON"),
    ],
)
def test_what_cannot_be_read(suffix: str, text: str, said: str) -> None:
    with pytest.raises(ExportError) as raised:
        read_export(text, suffix, TABLES)
    assert str(raised.value).startswith(said)


def test_text_files_are_known_by_what_they_hold() -> None:
    ris = "TY  - JOUR\nTI  - A title\nER  - \n"
    assert [one.reference["title"] for one in read_export(ris, "txt", TABLES)] == ["A title"]


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("2013", "2013"),
        ("2013 May-Jun", "2013-05"),
        ("2013 May 3", "2013-05-03"),
        ("2013/05/13/", "2013-05-13"),
        ("2013-13", "2013"),
        ("2013-02-30", "2013-02"),
        ("May 2013", "2013-05"),
        ("2013 Winter", "2013"),
        ("2013-2014", "2013"),
        ("in press", ""),
    ],
)
def test_dates(said: str, date: str) -> None:
    assert partial_date(said) == date


@pytest.mark.parametrize(
    ("said", "pages"),
    [
        ("229-37", "229-237"),
        ("229--237", "229-237"),
        ("229 – 37", "229-237"),
        ("99-101", "99-101"),
        ("S12-S19", "S12-S19"),
        ("e12", "e12"),
        ("5-5", "5"),
        ("12-19, 23", "12-19, 23"),
    ],
)
def test_pages(said: str, pages: str) -> None:
    assert whole_pages(said) == pages
