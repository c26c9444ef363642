"""The build as a newcomer meets it: the same bytes anywhere, without git, and never half a site."""

from __future__ import annotations

import hashlib
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.site.conftest import ROOT, run_build

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = ("docs", "data", "overrides", "scripts")
FILES = ("mkdocs.yml", "pyproject.toml", "uv.lock")
pytestmark = pytest.mark.xdist_group("build")
LONG_AGO = 1_000_000_000  # a day in 2001


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without .git, elsewhere, with files of another date, and its site built there."""
    root = tmp_path_factory.mktemp("bare")
    for name in FOLDERS:
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, root / name)
    for path in root.rglob("*"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    done = run_build(root, TZ="Pacific/Auckland", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_two_builds_of_one_tree_give_the_same_bytes(bare: Path, tmp_path: Path) -> None:
    done = run_build(ROOT, "--out", tmp_path / "site", TZ="America/Los_Angeles", PYTHONHASHSEED="11")
    assert done.returncode == 0, done.stdout + done.stderr
    here, there = hashes(tmp_path / "site"), hashes(bare / "site")
    assert len(here) > 100
    assert {name for name in {*here, *there} if here.get(name) != there.get(name)} == set()


def test_a_claim_without_a_source_leaves_the_last_site_as_it_was(bare: Path) -> None:
    page, before = bare / "docs/risks/index.md", hashes(bare / "site")
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("\n---\n", "\n---\n\nProlotherapy is safe.\n", 1), encoding="utf-8")
    done = run_build(bare)
    page.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert "docs/risks/index.md:" in done.stdout
    assert "site/ is left as it was" in done.stdout
    assert hashes(bare / "site") == before


def test_a_template_that_fails_leaves_the_last_site_as_it_was(bare: Path) -> None:
    template, before = bare / "overrides/partials/footer.html", hashes(bare / "site")
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{% if %}", encoding="utf-8")
    done = run_build(bare)
    template.write_text(text, encoding="utf-8")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "site/ is left as it was" in done.stdout
    assert hashes(bare / "site") == before


def test_a_build_leaves_nothing_half_made_behind(bare: Path) -> None:
    assert list((bare / ".cache").glob("site-*")) == []
