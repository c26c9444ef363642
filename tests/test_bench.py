"""The synthetic projects that the bench builds: sound by our own check, and alike for both builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.synthetic import write_projects
from benchmarks.tables import KINDS, tables
from plainwords.check import check_site, load_site

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 12


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return write_projects(tmp_path_factory.mktemp("bench"), COUNT)


def test_the_check_finds_nothing(projects: tuple[Path, Path]) -> None:
    site = load_site(projects[0])
    assert check_site(site) == []
    assert len(site.pages) == COUNT


def test_pages_have_about_840_words(projects: tuple[Path, Path]) -> None:
    lengths = [len(page.body.split()) for page in load_site(projects[0]).pages]
    assert 800 < sum(lengths) / COUNT < 950


def test_both_projects_have_the_same_markdown(projects: tuple[Path, Path]) -> None:
    texts = [
        {path.relative_to(root): path.read_text(encoding="utf-8") for path in (root / "docs").rglob("*.md")}
        for root in projects
    ]
    assert texts[0] == texts[1]


def _page(*lcp: float) -> dict[str, object]:
    alike = {"bytes": 40000, "requests": 5, "performance": 100, "tbt": 0, "cls": 0}
    return {
        "page": "home",
        "rounds": 5,
        **{kind: {**alike, "lcp": one} for kind, one in zip(KINDS, lcp, strict=True)},
    }


@pytest.mark.parametrize(
    ("lcp", "told"),
    [
        (
            (1000, 2000, 1500, 900),
            ["plain: 0.50 to 0.50 (at most 0.5: kept)", "by hand: 1.11 to 1.11 (at most 1.25: kept)"],
        ),
        (
            (1000, 1900, 1500, 700),
            ["plain: 0.50 to 0.53 (at most 0.5: missed)", "1.11 to 1.43 (at most 1.25: missed)"],
        ),
    ],
)
def test_the_worst_page_tells_whether_a_budget_is_kept(lcp: tuple[float, ...], told: list[str]) -> None:
    text = tables({"pages": [_page(1000, 2000, 1500, 900), _page(*lcp)]})
    assert all(one in text for one in told)
    assert "plain without font it is 0.67 to 0.67" in text
