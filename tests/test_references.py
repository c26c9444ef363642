"""References beside what a reader sees of them, in NLM style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwords.records import Reference
from plainwords.references import links, nlm, short_name

if TYPE_CHECKING:
    from plainwords.library import Library

ARTICLE: dict[str, Any] = {
    "type": "article-journal",
    "title": "An example trial",
    "container-title": "Annals of Examples",
    "container-title-short": "Ann Ex",
    "PMID": "99999999",
}
BODY = [{"literal": "Example Body"}]
PAGE: dict[str, Any] = {"type": "webpage", "title": "An example", "URL": "https://www.example.org/a/b"}


def authors(*names: str) -> list[dict[str, str]]:
    return [dict(zip(("family", "given"), name.split("|"), strict=False)) for name in names]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # as PubMed prints it: "Ann Fam Med. 2013 May;11(3):229-37." (where it says May-Jun, our field has one month)
        (
            {**ARTICLE, "issued": "2013-05", "volume": "11", "issue": "3", "page": "229-237"},
            "An example trial. Ann Ex. 2013 May;11(3):229-37.",
        ),
        ({**ARTICLE, "issued": "2013-05-08", "volume": "11"}, "An example trial. Ann Ex. 2013 May 8;11."),
        ({**ARTICLE, "issued": "2013", "volume": "11", "page": "e12"}, "An example trial. Ann Ex. 2013;11:e12."),
        ({**ARTICLE, "issued": "2013", "page": "199\u2013201"}, "An example trial. Ann Ex. 2013:199-201."),
        ({**ARTICLE, "issued": "2013", "page": "1098-1105"}, "An example trial. Ann Ex. 2013:1098-105."),
        ({**ARTICLE, "issued": "2013", "page": "98-105"}, "An example trial. Ann Ex. 2013:98-105."),
        ({**ARTICLE, "volume": "48", "issue": "S1", "page": "A172"}, "An example trial. Ann Ex. 48(S1):A172."),
        ({**ARTICLE, "page": "A172"}, "An example trial. Ann Ex. A172."),
        ({**ARTICLE, "container-title-short": None}, "An example trial. Annals of Examples."),
        ({**ARTICLE, "title": "Is it an example?"}, "Is it an example? Ann Ex."),
        (
            {**ARTICLE, "author": authors("Example|Erin A.", "Sample|Jean-Luc", "Only")},
            "Example EA, Sample JL, Only. An example trial. Ann Ex.",
        ),
        (
            {**ARTICLE, "author": authors(*(f"A{index}|B" for index in range(7)))},
            "A0 B, A1 B, A2 B, et al. An example trial. Ann Ex.",
        ),
        (
            {**PAGE, "author": BODY, "publisher": "Example Body", "issued": "2022", "accessed": "2026-11-23"},
            "Example Body. An example [Internet]. Example Body; 2022 [cited 2026 Nov 23].",
        ),
        ({**PAGE, "publisher": "Example Body"}, "An example [Internet]. Example Body."),
        (PAGE, "An example [Internet]."),
    ],
)  # fmt: skip
def test_nlm(data: dict[str, Any], expected: str) -> None:
    assert nlm(Reference.model_validate(data)) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {**ARTICLE, "DOI": "10.9999/a.b(c)", "PMCID": "PMC1", "URL": "https://example.org"},
            [
                ("doi: 10.9999/a.b(c)", "https://doi.org/10.9999/a.b(c)"),
                ("PMID: 99999999", "https://pubmed.ncbi.nlm.nih.gov/99999999/"),
                ("PMC1", "https://pmc.ncbi.nlm.nih.gov/articles/PMC1/"),
            ],
        ),
        (PAGE, [("example.org", "https://www.example.org/a/b")]),
    ],
)
def test_links(data: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert links(Reference.model_validate(data)) == expected


def test_short_names(library: Library) -> None:
    names = [short_name(source) for source in library.sources.values()]
    assert names == ["Example 2020", "Unseen 2021", "Example Organisation 2022"]


def test_a_source_without_author_goes_by_its_publisher_or_title(library: Library) -> None:
    source = library.sources["example2022-review"]
    bare = source.reference.model_copy(update={"author": (), "issued": None})
    assert short_name(source.model_copy(update={"reference": bare})) == "Example Organisation"
    bare = bare.model_copy(update={"publisher": None})
    assert short_name(source.model_copy(update={"reference": bare})) == "An example review"
