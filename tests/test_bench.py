"""The synthetic projects that the bench builds: sound by our own check, and alike for both builds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.synthetic import write_projects
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
