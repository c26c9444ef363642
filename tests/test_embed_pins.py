"""Stored versions: what is stored, what never changes, what is said above them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from plainwords import deployable
from plainwords.build import build
from plainwords.check import load_site
from plainwords.embeds import pin as pinning
from plainwords.embeds.pin import PinError, store
from plainwords.embeds.pins import LEDGER, load_pins, pin_problems
from tests.conftest import REAL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Workbench

OPTIONS = """\
themes: [light, dark, auto]
accents: {green: ['#00513d', '#8fdcbe'], blue: ['#0b4a83', '#9dc8f5']}
headings: [1, 2]
"""
START = """\
---
title: An example site
description: The start page of the small project.
audience: trust
checked: 2026-11-23
due: 2027-11-23
---

See [help](help.md).
"""
FOLDER = "data/pins/2026-11-25/example"


@pytest.fixture(scope="module")
def built(faultless_tree: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project with embeds and a version of its example page, built."""
    root = tmp_path_factory.mktemp("pins") / "project"
    shutil.copytree(faultless_tree, root)
    for name in ("overrides/embed", "overrides/assets/embed"):
        shutil.copytree(REAL / name, root / name)
    shutil.copy(REAL / "overrides/assets/embed.css", root / "overrides/assets/embed.css")
    (root / "data/embeds.yml").write_text(OPTIONS, encoding="utf-8")
    (root / "docs/index.md").write_text(START, encoding="utf-8")
    with (root / "data/addresses.txt").open("a", encoding="utf-8") as file:
        file.write("/\n")
    assert build(root, root / "mkdocs.yml", root / "site") == 0
    assert store(load_site(root), root / "site", "2026-11-25", ["example/"], None) == ["example/"]
    return root


@pytest.fixture
def kept(built: Path, tmp_path: Path) -> Workbench:
    """A copy of it, to be changed."""
    from tests.conftest import Workbench as Bench  # noqa: PLC0415  (a class, not a fixture)

    return Bench(shutil.copytree(built, tmp_path / "kept"))


def rebuild(kept: Workbench) -> None:
    assert build(kept.root, kept.root / "mkdocs.yml", kept.root / "site") == 0


def notice(kept: Workbench, day: str = "2026-11-25") -> str:
    """What the built version says above its text."""
    page = (kept.root / f"site/embed/v/{day}/example/index.html").read_text(encoding="utf-8")
    found = BeautifulSoup(page, "lxml").select_one(".pe-notice")
    return " ".join(found.get_text("").split()) if found else ""


def change(kept: Workbench) -> None:
    kept.replace("docs/example.md", "Ask what the shot holds.", "Ask what it holds.")


def problems(kept: Workbench) -> list[str]:
    return [str(one) for one in pin_problems(kept.root)]


def test_what_is_stored_is_what_the_embed_shows(kept: Workbench) -> None:
    (one,) = load_pins(kept.root)
    embed = (kept.root / "site/embed/example/index.html").read_text(encoding="utf-8")
    assert one.text in embed
    assert f"Version {one.pin.sha256[:12]}." in embed
    assert problems(kept) == []


def test_a_version_that_is_the_pages_text_says_nothing(kept: Workbench) -> None:
    rebuild(kept)
    assert notice(kept) == ""


def test_an_unchanged_page_is_not_stored_again(kept: Workbench) -> None:
    assert store(load_site(kept.root), kept.root / "site", "2026-12-25", ["example/"], "Nothing") == []


def test_a_changed_page_needs_a_note_and_then_the_old_version_names_it(kept: Workbench) -> None:
    before = (kept.root / FOLDER / "text.html").read_bytes()
    change(kept)
    rebuild(kept)
    assert notice(kept) == "The page has changed since this version. Read it as it is now."
    site = load_site(kept.root)
    with pytest.raises(PinError, match="say what changed, with --note, in: example/"):
        store(site, kept.root / "site", "2026-12-25", ["example/"], None)
    assert store(site, kept.root / "site", "2026-12-25", ["example/"], "A <b>question</b> is shorter.") == [
        "example/"
    ]
    rebuild(kept)
    said = notice(kept)
    assert said.startswith("A newer version of 25 December 2026 exists. What changed: A <b>question</b> is shorter.")
    assert notice(kept, "2026-12-25") == ""
    assert (kept.root / FOLDER / "text.html").read_bytes() == before
    assert (kept.root / "site/embed/v/2026-11-25/example/text.html").read_bytes() == before


def test_the_link_to_a_newer_version_leads_there(kept: Workbench) -> None:
    change(kept)
    rebuild(kept)
    store(load_site(kept.root), kept.root / "site", "2026-12-25", ["example/"], "Shorter.")
    rebuild(kept)
    page = BeautifulSoup((kept.root / "site/embed/v/2026-11-25/example/index.html").read_text("utf-8"), "lxml")
    base, link = page.select_one("base"), page.select_one(".pe-notice a")
    assert base
    assert link
    folder = kept.root / "site/embed/v/2026-11-25/example" / str(base["href"]) / str(link["href"])
    assert folder.resolve() == (kept.root / "site/embed/v/2026-12-25/example").resolve()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("corrected", "Corrected on 1 December 2026, because a number was wrong."),
        ("withdrawn", "Withdrawn on 1 December 2026, because a number was wrong. Please do not rely on it."),
    ],
)
def test_a_notice_of_the_record_stands_above_the_text(kept: Workbench, kind: str, said: str) -> None:
    with (kept.root / FOLDER / "pin.yml").open("a", encoding="utf-8") as file:
        file.write(f"notices:\n- {{date: 2026-12-01, kind: {kind}, because: a number was wrong}}\n")
    rebuild(kept)
    assert notice(kept) == said
    assert problems(kept) == []


def test_a_version_of_a_page_that_was_taken_back_says_so(kept: Workbench) -> None:
    (kept.root / "docs/example.md").unlink()
    kept.write("data/addresses.txt", (kept.root / "data/addresses.txt").read_text("utf-8").replace(
        "/example/", "/example/ withdrawn"))  # fmt: skip
    page = kept.root / "site/example/index.html"
    page.unlink()
    from plainwords.build import settings_of  # noqa: PLC0415
    from plainwords.embeds.write import write  # noqa: PLC0415

    write(load_site(kept.root), kept.root / "site", settings_of(kept.root / "mkdocs.yml"))
    assert notice(kept) == "This page was taken back. Please do not rely on it."


# ---- What never changes


def test_altered_bytes_are_found(kept: Workbench) -> None:
    path = kept.root / FOLDER / "text.html"
    path.write_text(path.read_text("utf-8") + " ", encoding="utf-8")
    found = problems(kept)
    assert len(found) == 2
    assert f"{FOLDER}/pin.yml:" in found[0]
    assert "has not the bytes that were stored" in found[0]
    assert f"{LEDGER}:0: pin: 2026-11-25/example/ was stored and is gone or broken" in found[1]


def test_bytes_altered_together_with_their_record_are_found(kept: Workbench) -> None:
    from plainwords.embeds.render import sha256  # noqa: PLC0415

    (one,) = load_pins(kept.root)
    kept.write(f"{FOLDER}/text.html", one.text + " ")
    kept.replace(f"{FOLDER}/pin.yml", one.pin.sha256, sha256(one.text + " "))
    (found,) = problems(kept)
    assert "has another digest than its record" in found


def test_a_lost_version_is_found(kept: Workbench) -> None:
    shutil.rmtree(kept.root / FOLDER)
    assert problems(kept) == [f"{LEDGER}:0: pin: 2026-11-25/example/ was stored and is gone or broken; bring it back"]


def test_a_version_without_its_line_is_found(kept: Workbench) -> None:
    (kept.root / LEDGER).unlink()
    (found,) = problems(kept)
    assert "2026-11-25/example/ is not listed" in found


@pytest.mark.parametrize(
    "line", ["2026-11-25/example/", "2026-11-25/example/ 00", "example 2026-11-25", "x " + "0" * 64]
)
def test_a_line_of_the_ledger_that_is_none_is_found(kept: Workbench, line: str) -> None:
    path = kept.root / LEDGER
    number = len(path.read_text(encoding="utf-8").splitlines()) + 1
    path.write_text(f"{path.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")
    found = [(one.line, one.message) for one in pin_problems(kept.root)]
    assert found == [(number, f'"{line}" is no line of it; expected: DATE/PAGE/ and a SHA-256')]


def test_a_moved_version_and_a_wrong_day_are_found(kept: Workbench) -> None:
    (kept.root / FOLDER).rename(kept.root / "data/pins/2026-11-25/other")
    (kept.root / "data/pins/2026-11-25").rename(kept.root / "data/pins/2026-11-31")
    text = " ".join(problems(kept))
    assert "and the folder differ" in text
    assert '"2026-11-31" is no day of the calendar' in text


def test_a_record_is_closed(kept: Workbench) -> None:
    kept.replace(f"{FOLDER}/pin.yml", "note: First stored version", "note: First\nauthor: Example")
    assert "author: is not a known key" in " ".join(problems(kept))


def test_the_same_day_takes_no_second_version(kept: Workbench) -> None:
    change(kept)
    rebuild(kept)
    with pytest.raises(PinError, match="a version never changes, take another --date"):
        store(load_site(kept.root), kept.root / "site", "2026-11-25", ["example/"], "Shorter.")


def test_a_page_that_is_not_there_is_not_stored(kept: Workbench) -> None:
    with pytest.raises(PinError, match='"no/" is no page'):
        store(load_site(kept.root), kept.root / "site", "2026-12-25", ["no/"], None)


def test_the_command_stores_pages_and_scripts(kept: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert pinning.main(["help/", "--date", "2026-11-26", "--root", str(kept.root)]) == 0
    said = capsys.readouterr().out
    assert "pin: data/pins/2026-11-26/help/" in said
    assert said.count("pin: data/pins/scripts/") == 2
    assert problems(kept) == []
    assert list(pinning.script_problems(kept.root)) == []
    script = next((kept.root / "data/pins/scripts").glob("embed.*.js"))
    script.write_text("changed", encoding="utf-8")
    assert "a published script never changes" in " ".join(problems(kept))
    assert pinning.main(["no/", "--date", "2026-11-26", "--root", str(kept.root)]) == 1
    assert "is no page" in capsys.readouterr().err


def test_a_script_that_is_not_kept_may_not_be_published(kept: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(pinning.keep_scripts(kept.root)) != []
    kept.replace("overrides/assets/embed.css", ".pe-foot {", ".pe-foot { border-width: 5px;")
    assert deployable.main(["--root", str(kept.root)]) == 1
    said = [line for line in capsys.readouterr().out.splitlines() if "data/pins/scripts/" in line]
    assert len(said) == 1  # the style stands in the component alone
    assert said[0].startswith("data/pins/scripts/prolotherapy-page.")
    assert said[0].endswith("run scripts/pin, and commit what it writes")


def test_a_kept_script_stays_published(kept: Workbench) -> None:
    kept.write("data/pins/scripts/embed.cba06b5736fa.js", "old")
    rebuild_folder = kept.root / "site/assets/embed"
    rebuild(kept)
    assert (rebuild_folder / "embed.cba06b5736fa.js").read_text("utf-8") == "old"
