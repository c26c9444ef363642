"""The Nu HTML checker (https://validator.github.io) over every built page: it reports nothing."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from plainwords.pictures import served
from tests.site.conftest import ROOT

if TYPE_CHECKING:
    from tests.site.conftest import Built

pytestmark = pytest.mark.xdist_group("markup")
CHECKER = ROOT / "tests/tools/node_modules/vnu-jar/build/dist/vnu.jar"
# The pages are fetched from a server on this machine, so that "our own origin" in their policy has a meaning.
JAVA = ("java", "-Xss8m", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", str(CHECKER))

# What the checker may say: (part of its message) -> why. Empty: nothing.
EXCEPTIONS: dict[str, str] = {}


def messages(*targets: str) -> list[dict[str, Any]]:
    """What the checker says of pages at these addresses or paths."""
    assert CHECKER.exists(), f"{CHECKER} is missing; scripts/test installs it"
    done = subprocess.run(
        [*JAVA, "--stdout", "--format", "json", *targets], capture_output=True, text=True, check=False
    )
    assert done.stdout.startswith("{"), done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [one for one in found if not any(part in one["message"] for part in EXCEPTIONS)]


@cache
def checked(folder: str, prefix: str, addresses: tuple[str, ...]) -> tuple[str, ...]:
    with served(ROOT / folder, prefix) as start:
        found = messages(*(start + address for address in addresses))
        late = [one["url"] for one in found if "TimeoutException" in one["message"]]  # a busy machine: ask again
        if late:
            found = [one for one in found if one["url"] not in late] + messages(*late)
    return tuple(f"{one.get('url')}:{one.get('lastLine')}: {one['message']}" for one in found)


def test_it_finds_what_is_wrong(tmp_path: Any) -> None:
    """A checker that cannot start, or reads nothing, finds nothing too."""
    page = tmp_path / "wrong.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>", encoding="utf-8")
    assert [one["type"] for one in messages(str(page))]


def test_it_reports_nothing_on_any_page(site: Built) -> None:
    addresses = tuple(address for address in site.pages if address != "404.html")
    assert len(addresses) > 300
    assert checked(str(site.folder), site.prefix, addresses) == ()


def test_it_reports_nothing_on_the_page_for_lost_readers(site: Built) -> None:
    assert [one["message"] for one in messages(str(site.folder / "404.html"))
            if "Content Security Policy" not in one["message"]] == []  # fmt: skip
