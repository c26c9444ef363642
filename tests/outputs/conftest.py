"""What the tests of derived outputs share: the built site, its records, and copies of its pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from plainwords.build import settings_of
from plainwords.check import Site, load_site
from plainwords.finish import Settings
from tests.site.conftest import browser, new_page

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["browser", "new_page"]  # fixtures of the tests of the site, used here too

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "site"
NAME = "Prolotherapy in Plain Words"
SET = Settings(NAME, "https://example.org/prolo/")
NOT_SET = Settings(NAME, "https://address-not-set.invalid/")


@pytest.fixture(scope="session")
def built() -> Path:
    """The site as scripts/build left it."""
    if not (BUILT / "index.html").exists():
        pytest.fail(f"{BUILT} holds no site; run scripts/build first")
    return BUILT


@pytest.fixture(scope="session")
def content() -> Site:
    """The project's records and pages."""
    return load_site(ROOT)


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The project's own settings."""
    return settings_of(ROOT / "mkdocs.yml")


def copy_pages(built: Path, out: Path, addresses: Iterable[str]) -> Path:
    """Copy the built pages at `addresses` alone; gives the new folder."""
    for address in addresses:
        (out / address).mkdir(parents=True, exist_ok=True)
        shutil.copy(built / address / "index.html", out / address / "index.html")
    return out


def addresses_of(content: Site) -> list[str]:
    """Return the address of every page with a content.json."""
    return [page.address for page in content.pages] + [f"glossary/{term.slug}/" for term in content.library.terms]
