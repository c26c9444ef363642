"""The examples on the page "Data and API" run, as they stand there, against the built site on this machine."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from plainwords.pictures import served
from tests.outputs.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plainwords.check import Site

PAGE = (ROOT / "docs/about/data-and-api.md").read_text(encoding="utf-8")
EXAMPLES: list[tuple[str, str]] = re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)
PLACEHOLDER = "https://ADDRESS/"


@pytest.fixture(scope="module")
def start(built: Path) -> Iterator[str]:
    with served(built, "/prolo/") as address:
        yield address


def run(example: tuple[str, str], start: str, folder: Path) -> str:
    """Run an example with the address of the site in place of the placeholder; gives what it prints."""
    kind, text = example
    assert PLACEHOLDER in text
    program = [sys.executable, "-"] if kind == "python" else [shutil.which("bash") or "bash", "-e"]
    script = text.replace(PLACEHOLDER, start)
    done = subprocess.run(program, input=script, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_shows_both_ways() -> None:
    assert {kind for kind, _ in EXAMPLES} == {"sh", "python"}
    assert len(EXAMPLES) == PAGE.count("\n```") // 2


@pytest.mark.parametrize("example", EXAMPLES, ids=range(1, len(EXAMPLES) + 1))
def test_an_example_runs(example: tuple[str, str], start: str, tmp_path: Path) -> None:
    run(example, start, tmp_path)


def example_with(text: str) -> tuple[str, str]:
    (found,) = [one for one in EXAMPLES if text in one[1]]
    return found


def test_what_the_examples_print_is_right(start: str, content: Site, tmp_path: Path) -> None:
    assert (
        json.loads(run(example_with("curl -s https://ADDRESS/risks/content.json"), start, tmp_path))["name"]
        == "Risks and side effects"
    )
    listed = run(example_with('index["hasPart"]'), start, tmp_path)
    assert len(listed.splitlines()) == len(content.pages) + len(content.library.terms)
    assert run(example_with("sha256"), start, tmp_path) == "the same\n"
    assert (
        run(example_with('"dextrose"'), start, tmp_path)
        == "A form of sugar that can be mixed with water for a shot.\n"
    )
    run(example_with("fragment.html"), start, tmp_path)
    assert BeautifulSoup((tmp_path / "risks.html").read_text(encoding="utf-8"), "lxml").select_one("article.pe h1")
    assert "<entry>" in run(example_with("feed.xml"), start, tmp_path)
    run(example_with("sources.json -o"), start, tmp_path)
    assert len(json.loads((tmp_path / "sources.json").read_text(encoding="utf-8"))) == len(content.library.sources)


def test_every_file_that_the_page_names_is_there(built: Path) -> None:
    named = set(re.findall(r"`((?:api/v1/|assets/|feed|offline/|uses)[\w./-]*)`", PAGE))
    assert len(named) >= 9
    assert not [one for one in named if not (built / one).exists()]
    schema = json.loads((built / "api/v1/schemas/content.schema.json").read_text(encoding="utf-8"))
    for key in re.findall(r"`([a-z]+[A-Z]?\w*)`", PAGE.partition("## How do I know")[0].partition("schema.org")[2]):
        assert key in schema["properties"] or key in str(schema["$defs"]["Part"]), key
