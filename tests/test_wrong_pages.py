"""A page without a fault, and pages that are wrong in every way, each beside the complete list of its problems."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Workbench

PAGES = Path(__file__).parent / "pages"
RULES_OF_A_PAGE = {
    "answer", "arms", "banned-phrase", "block", "code", "direction", "double-key", "fear-word", "figure",
    "front-matter", "heading", "html", "hype-word", "link", "link-host", "list", "lone-frequency",
    "long-answer", "long-list", "long-paragraph", "long-sentence", "mark", "no-source", "number", "one-in-x",
    "percent-frame", "picture", "reading-level", "retracted", "second-hand", "sentence-average", "snippet",
    "unknown-citation", "unseen", "verdict",
}  # fmt: skip


def problems_of(bench: Workbench, name: str, place: str) -> list[str]:
    """Return the problems of a page in tests/pages, put into the small project."""
    (bench.root / place).parent.mkdir(exist_ok=True)
    shutil.copy(PAGES / f"{name}.md", bench.root / place)
    shutil.copy(PAGES / "example1999-retracted.yml", bench.root / "data/sources")
    return [one for one in bench.problems() if one.startswith(place)]


def listed(name: str) -> list[str]:
    """Return the problems that a page in tests/pages must have."""
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8").splitlines()


def test_the_faultless_project_has_no_problem(bench: Workbench) -> None:
    assert bench.problems(made=False) == []


def test_a_page_that_is_wrong_in_every_way(bench: Workbench) -> None:
    found = problems_of(bench, "wrong-in-every-way", "docs/wrong-in-every-way.md")
    assert found == listed("wrong-in-every-way")


def test_an_answer_that_is_wrong_in_every_way(bench: Workbench) -> None:
    assert problems_of(bench, "wrong-answer", "docs/faq/wrong-answer.md") == listed("wrong-answer")


def test_between_them_they_break_every_rule_of_a_page() -> None:
    lines = [*listed("wrong-in-every-way"), *listed("wrong-answer")]
    assert {line.split(": ")[1] for line in lines} == RULES_OF_A_PAGE
