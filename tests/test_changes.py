"""What changed: the page that is made from its records, and what the check says of wrong ones."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from plainwords import generate
from plainwords.changes import PAGE, TEMPLATE, changes_page
from plainwords.records import Change
from tests.conftest import REAL

if TYPE_CHECKING:
    from tests.conftest import Workbench

ENTRY = "- {{id: {id}, date: {date}, kind: new, title: Something is new., text: It is. Really., pages: [{page}]}}\n"


def entry(name: str, date: str = "2026-11-23", page: str = "example.md") -> str:
    return ENTRY.format(id=name, date=date, page=page)


def test_the_page_lists_changes_by_day_one_sentence_a_line() -> None:
    days = ("2026-12-01", "2026-12-01", "2026-11-23")
    changes = [
        Change(id=f"c{number}", date=day, kind="new", title=f"Title {number}.", text="One. Two.")
        for number, day in enumerate(days)
    ]
    text = changes_page(REAL, changes)[PAGE]
    listed = text[text.index("## 1 December") : text.index("## How do I")]
    assert listed == (
        "## 1 December 2026\n\n- **Title 0.** One.\n  Two.\n- **Title 1.** One.\n  Two.\n\n"
        "## 23 November 2026\n\n- **Title 2.** One.\n  Two.\n\n"
    )


def test_a_project_without_the_template_has_no_such_page(bench: Workbench) -> None:
    bench.write("data/changes.yml", entry("one"))
    assert bench.problems() == []
    assert not (bench.root / PAGE).exists()


def test_the_page_edited_by_hand_is_found(bench: Workbench) -> None:
    bench.write("data/changes.yml", entry("one"))
    (bench.root / "data/templates").mkdir()
    shutil.copy(REAL / TEMPLATE, bench.root / TEMPLATE)
    generate.write(bench.root)
    bench.replace(PAGE, "Really.", "Not really.")
    assert f"{PAGE}:0: generated: differs from what data/ says" in "\n".join(bench.problems(made=False))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (entry("one") + entry("two", "2026-11-24"), "the newest change must stand first; order the entries by date"),
        (entry("one") + entry("one"), 'the id "one" stands twice; each change has an id of its own'),
        (entry("one", page="none.md"), 'one: "none.md" is no page below docs/'),
    ],
)
def test_a_wrong_entry_is_named(bench: Workbench, text: str, told: str) -> None:
    bench.write("data/changes.yml", text)
    assert bench.problems() == [f"data/changes.yml:1: change: {told}"]
