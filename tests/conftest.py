"""A small project of its own, with made-up records and faultless pages, for the tests of rules."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from plainwords import generate
from plainwords.check import Site, check_site, load_site
from plainwords.library import Library, load_library
from plainwords.pages import Page, load_page

HERE = Path(__file__).parent
REAL = HERE.parent
WORD_LISTS = ("wording.yml", "units.yml", "labels.yml")


@pytest.fixture(scope="session")
def faultless_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project as it was made once; tests that change it take `project`."""
    root = tmp_path_factory.mktemp("tree") / "project"
    shutil.copytree(HERE / "tree", root)
    shutil.copy(REAL / "overrides/notice.html", root / "overrides/notice.html")
    for name in WORD_LISTS:
        shutil.copy(REAL / "data" / name, root / "data" / name)
    shutil.copy(HERE / "pages/faultless.md", root / "docs/example.md")
    generate.write(root)
    return root


@pytest.fixture
def project(faultless_tree: Path, tmp_path: Path) -> Path:
    """A copy of the small project, to be changed."""
    return Path(shutil.copytree(faultless_tree, tmp_path / "project", ignore=shutil.ignore_patterns(".cache")))


@pytest.fixture(scope="session")
def site(faultless_tree: Path) -> Site:
    """The small project, read."""
    return load_site(faultless_tree)


@pytest.fixture(scope="session")
def library(faultless_tree: Path) -> Library:
    """The records of the small project."""
    return load_library(faultless_tree)


class Workbench:
    """The small project with the means to change it and to ask what the check says of it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def replace(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        path = self.root / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file, with the folders above it."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def problems(self, *, made: bool = True) -> list[str]:
        """Return every problem as printed; with `made`, files made from records are made anew first."""
        if made:
            generate.write(self.root)
        return [str(problem) for problem in sorted(set(check_site(load_site(self.root))))]

    def page(self, name: str) -> Page:
        """Read one page that must be readable."""
        page, problems = load_page(self.root, self.root / name)
        assert page is not None, problems
        return page


@pytest.fixture
def bench(project: Path) -> Workbench:
    return Workbench(project)
