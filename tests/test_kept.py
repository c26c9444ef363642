"""What was made of a text the last time is used again, and only for that text and the same code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords import check, kept
from plainwords.extensions import shared
from plainwords.extensions.shared import library_of
from plainwords.kept import Kept

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.problems import Problem
    from tests.conftest import Workbench


class Maker:
    """Makes capitals of a text, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, text: str) -> str:
        self.times += 1
        return text.upper()


def again(file: Path, make: Maker, *texts: str) -> list[str]:
    """Ask for the texts, each under a name of its own, as one run of the check does."""
    memory = Kept(file)
    made = [memory.of(f"name {index}", text, lambda text=text: make(text)) for index, text in enumerate(texts)]  # type: ignore[misc]
    memory.save()
    return made


def test_a_text_that_did_not_change_is_read_once(tmp_path: Path) -> None:
    make = Maker()
    assert again(tmp_path / "kept", make, "one", "two") == ["ONE", "TWO"]
    assert again(tmp_path / "kept", make, "one", "other") == ["ONE", "OTHER"]
    assert make.times == 3
    assert again(tmp_path / "kept", make, "one") == ["ONE"]
    assert again(tmp_path / "kept", make, "one", "other") == ["ONE", "OTHER"]
    assert make.times == 4


@pytest.mark.parametrize("rest", [b"", b"no pickle", b"\x80"])
def test_a_file_that_cannot_be_used_is_made_anew(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "kept").write_bytes(rest)
    assert again(tmp_path / "kept", Maker(), "one") == ["ONE"]
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_other_code_makes_all_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = tmp_path / "code"
    code.mkdir()
    (code / "rules.py").write_text("A = 1\n", encoding="utf-8")
    monkeypatch.setattr(kept, "CODE", code)
    make = Maker()
    again(tmp_path / "kept", make, "one")
    again(tmp_path / "kept", make, "one")
    assert make.times == 1
    (code / "rules.py").write_text("A = 22\n", encoding="utf-8")
    again(tmp_path / "kept", make, "one")
    assert make.times == 2


def test_the_check_says_the_same_the_second_time(bench: Workbench) -> None:
    bench.write("docs/example.md", "No front matter.\n")
    bench.write("data/sources/example2020-trial.yml", "key: [\n")
    first, second = (check.check_site(check.load_site(bench.root)) for _ in range(2))
    assert (bench.root / check.KEPT).exists()
    assert {"front-matter", "yaml"} <= {problem.rule for problem in first}
    assert first == second


def test_the_check_sees_what_changed_since(bench: Workbench) -> None:
    before = check.load_site(bench.root)
    bench.replace("data/glossary.yml", "A form of sugar", "A kind of sugar")
    after = check.load_site(bench.root)
    assert before.library.terms[0].meaning.startswith("A form of sugar")
    assert after.library.terms[0].meaning.startswith("A kind of sugar")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("docs/example.md", "rose by 15 points", "rose by 16 points"),
        ("data/sources/example2020-trial.yml", ", {say: half, how: fraction}", ""),
        ("data/wording.yml", "    - pattern: breakthrough\n", "    - pattern: shots\n"),
        ("data/units.yml", "  points: [points, point]\n", "  points: [point]\n  other: [points]\n"),
    ],
)
def test_a_page_is_checked_again_when_what_it_rests_on_changed(
    bench: Workbench, name: str, old: str, new: str
) -> None:
    assert bench.problems() == []
    text = (bench.root / name).read_text(encoding="utf-8")
    bench.replace(name, old, new)
    assert any(said.startswith("docs/example.md:") for said in bench.problems())
    bench.write(name, text)
    assert bench.problems() == []


def test_a_page_is_not_checked_again_when_nothing_changed(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.problems()
    traced: list[str] = []

    def trace(page: Page, _: Library) -> list[Problem]:
        traced.append(page.path)
        return []

    monkeypatch.setattr(check, "trace_page", trace)
    bench.problems()
    assert traced == []
    bench.replace("docs/example.md", "checked: 2026-11-23", "checked: 2026-11-24")
    bench.problems()
    assert traced == ["docs/example.md"]


def test_the_preview_reads_only_the_record_that_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = library_of(str(project)).sources
    key = next(iter(before))
    path = project / "data/sources" / f"{key}.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    monkeypatch.setattr(shared, "LOOK_AGAIN", 0)
    after = library_of(str(project)).sources
    assert after[key] == before[key]
    assert [one for one in before if after[one] is not before[one]] == [key]
