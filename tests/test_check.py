"""The check as a command: what it prints, what it returns."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING

import pytest

from plainwords.check import check_site, due_problems, load_site, main
from plainwords.problems import Problem, print_problems

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.check import Site
    from tests.conftest import Workbench


def test_nothing_wrong(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "docs/example.md: 8 cited, 5 by what they hang on, 1 advice, 1 navigation, 2 not-known",
        "docs/help.md: 0 cited, 0 by what they hang on, 4 advice",
        "2 pages, 3 sources, 8 findings, 2 terms; texts: 8 cited, 5 by what they hang on, 8 marked.",
    ]


def test_something_wrong(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    bench.replace("docs/example.md", "had 90 adults", "had 91 adults")
    bench.replace("docs/help.md", "Some signs need help at once.", "There are 12 signs.")
    assert main(["--root", str(bench.root)]) == 1
    *told, total = capsys.readouterr().out.splitlines()
    assert [one.partition(": number: ")[0] for one in told] == ["docs/example.md:31", "docs/help.md:9"]
    assert total.startswith("2 problems. ")


def test_what_an_unreadable_page_may_use_is_not_called_unused(bench: Workbench) -> None:
    bench.replace("docs/example.md", "audience: patient", "audience patient")
    assert [one.split(": ")[:2] for one in bench.problems(made=False)] == [["docs/example.md:5", "yaml"]]
    (bench.root / "docs/example.md").unlink()
    assert {"unused-source", "unused-term"} <= {one.split(": ")[1] for one in bench.problems(made=False)}


@pytest.mark.parametrize(
    ("wrong", "closing"),
    [
        ("", "scripts/generate mends 2 of them."),
        ("There are 12 signs.", "scripts/generate mends 2 of them, once the others are mended."),
    ],
)
def test_what_one_command_mends_is_told(
    bench: Workbench, capsys: pytest.CaptureFixture[str], wrong: str, closing: str
) -> None:
    bench.replace("data/addresses.txt", "\n/help/\n", "\n")
    (bench.root / "docs/glossary/trial.md").unlink()
    if wrong:
        bench.replace("docs/help.md", "Some signs need help at once.", wrong)
    assert main(["--root", str(bench.root)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == closing


@pytest.mark.parametrize(
    "arguments",
    [["--loud"], ["--today", "2026-11-23"], ["--due", "--today", "tomorrow"], ["--due", "--today", "2026-02-30"]],
)
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert stop.value.code == 2
    assert "usage: scripts/check" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("today", "status", "last"),
    [
        ("2027-10-23", 0, "0 overdue, 0 due within 30 days, 2 pages."),
        ("2027-10-24", 0, "0 overdue, 2 due within 30 days, 2 pages."),
        ("2027-11-23", 0, "0 overdue, 2 due within 30 days, 2 pages."),
        ("2027-11-24", 1, "2 overdue, 0 due within 30 days, 2 pages."),
    ],
)
def test_due(project: Path, today: str, status: int, last: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(project), "--due", "--today", today]) == status
    assert capsys.readouterr().out.splitlines()[-1] == last


def test_due_says_where_and_what_to_do(site: Site) -> None:
    ((error, problem), _) = due_problems(site.pages, date(2027, 12, 1))
    assert error
    assert str(problem) == (
        "docs/example.md:7: overdue: was due on 2027-11-23, today is 2027-12-01; "
        "read it against its sources again, then set checked: and due:"
    )


def test_the_check_reads_no_clock(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(date):
        @classmethod
        def today(cls) -> NoClock:
            raise AssertionError

    monkeypatch.setattr("plainwords.check.date", NoClock)
    assert check_site(load_site(project)) == []


def test_problems_are_printed_once_and_in_order() -> None:
    second, first = Problem("b.md", 1, "x", "y"), Problem("a.md", 9, "x", "y")
    out = io.StringIO()
    assert print_problems([second, first, second], out) == 2
    assert out.getvalue() == "a.md:9: x: y\nb.md:1: x: y\n"
