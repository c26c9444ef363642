"""Configurations beside what keeps each from being published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.deployable import main, missing_settings

if TYPE_CHECKING:
    from pathlib import Path

SET = """\
site_name: Example
site_url: https://example.github.io/words/
repo_url: https://github.com/example/words
markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji ''}
extra:
  contact: words@example.org
"""


def missing(text: str) -> list[str]:
    return [str(problem) for problem in missing_settings(text)]


def test_a_complete_configuration_may_be_published() -> None:
    assert missing(SET) == []


@pytest.mark.parametrize(
    ("old", "new", "begins"),
    [
        ("https://example.github.io/words/", "https://address-not-set.invalid/",
         'mkdocs.yml:2: site_url: "https://address-not-set.invalid/" is a placeholder or no address; expected the'),
        ("https://example.github.io/words/", "https://sub.INVALID:80/x/", 'mkdocs.yml:2: site_url: "https://sub.'),
        ("https://example.github.io/words/", "example.github.io", 'mkdocs.yml:2: site_url: "example.github.io" is'),
        ("https://example.github.io/words/", "", "mkdocs.yml:2: site_url: is empty; expected the site's address"),
        ("site_url: https://example.github.io/words/\n", "", "mkdocs.yml:1: site_url: is empty; expected"),
        ("https://github.com/example/words", '""', "mkdocs.yml:3: repo_url: is empty; expected the rep"),
        ("https://github.com/example/words", "null", "mkdocs.yml:3: repo_url: is empty; expected the rep"),
        ("words@example.org", '"  "', "mkdocs.yml:7: extra.contact: is empty; expected an e-mail address, or a"),
        ("words@example.org", "ask us", 'mkdocs.yml:7: extra.contact: "ask us" is a placeholder or no address'),
        ("words@example.org", "http://example.org/form", 'mkdocs.yml:7: extra.contact: "http://example.org/form" is'),
    ],
)  # fmt: skip
def test_one_missing_setting_is_one_line(old: str, new: str, begins: str) -> None:
    found = missing(SET.replace(old, new))
    assert [line[: len(begins)] for line in found] == [begins]


def test_a_form_is_a_contact() -> None:
    assert missing(SET.replace("words@example.org", "https://example.org/form")) == []


def test_an_address_elsewhere_in_the_configuration_is_not_the_setting() -> None:
    text = SET.replace("extra:\n", "extra:\n  site_url: https://example.org/\n").replace("site_url", "url", 1)
    assert [line.partition(": ")[2][:8] for line in missing(text)] == ["site_url"]


def test_every_missing_setting_is_named_at_once_and_the_command_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_url: https://x.invalid/\nrepo_url: ''\nextra: {contact: ''}\n")
    assert main(["--root", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines] == ["site_url", "repo_url", "extra.contact"]


def test_the_command_passes_a_complete_configuration(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(SET)
    assert main(["--root", str(tmp_path)]) == 0


def test_broken_yaml_is_one_problem() -> None:
    assert [line[:40] for line in missing("site_url: [\n")] == ["mkdocs.yml:1: settings: this is not reada"[:40]]
