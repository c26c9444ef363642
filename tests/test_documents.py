"""What README and CONTRIBUTING tell is so: commands, rules, keys and examples are those of the code."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from pydantic import BaseModel

from plainwords.pages import Meta, Theme
from plainwords.plain import WordRule
from plainwords.prose import BLOCKS, MARKS
from plainwords.records import Change, Reviewer, Search, SecondLook, Source, Term
from plainwords.yamltext import PlainLoader

if TYPE_CHECKING:
    from collections.abc import Iterator

PROJECT = Path(__file__).parents[1]
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "LICENSE-words.md")
CONTRIBUTING = (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
UNUSED_BLOCKS = {"split"}  # known to the check for pages to come


def fields(model: type[BaseModel]) -> Iterator[str]:
    """Yield every key of a record, those of the records inside it included."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in inside(field.annotation):
            yield from fields(inner)


def inside(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from inside(argument)


def rules() -> set[str]:
    """Return the name of every rule that the code can print."""
    found = set(get_args(WordRule))
    for path in (PROJECT / "scripts/plainwords").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Problem", "Fault")
            ):
                texts = [one.value for one in node.args if isinstance(one, ast.Constant)]
                found |= {str(one) for one in texts if re.fullmatch(r"[a-z][a-z0-9-]+", str(one))}
    return found - {"settings"}  # scripts/deployable's own


def example(name: str) -> object:
    """Return the YAML that follows a mark in CONTRIBUTING.md."""
    found = re.search(rf"<!-- example: {name} -->\s+```yaml\n(.*?)```", CONTRIBUTING, re.DOTALL)
    assert found
    return yaml.load(found[1], PlainLoader)  # noqa: S506  (a safe loader)


def test_every_rule_has_a_remedy() -> None:
    table = CONTRIBUTING.partition("### What each message asks of you")[2].partition("\n## ")[0]
    first_cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("|")]
    told = {name for cell in first_cells for name in re.findall(r"`([a-z0-9-]+)`", cell)}
    assert told == rules()


@pytest.mark.parametrize("model", [Source, Term, Meta, Reviewer, Search, SecondLook, Change])
def test_every_key_is_told(model: type[BaseModel]) -> None:
    known = {key for key in fields(model) if key != "title"}
    assert not {key for key in known if not re.search(rf"(?:`|\b){re.escape(key)}(?:`|:)", CONTRIBUTING)}


def test_every_mark_block_and_theme_is_told() -> None:
    told = [f"{{: .{mark} }}" for mark in MARKS] + [f"/// {block}" for block in set(BLOCKS) - UNUSED_BLOCKS]
    assert not [one for one in [*told, *get_args(Theme)] if one not in CONTRIBUTING]


def test_the_examples_are_good_records() -> None:
    source = Source.model_validate(example("source"))
    terms = example("term")
    assert isinstance(terms, list)
    assert (PROJECT / f"data/sources/{source.key}.yml").exists()
    assert [Term.model_validate(term).slug for term in terms] == ["dextrose"]


def test_the_example_of_front_matter_is_whole_and_in_order() -> None:
    found = re.search(r"```yaml\n   ---\n(.*?)   ---\n", CONTRIBUTING, re.DOTALL)
    assert found
    meta = yaml.load(re.sub("(?m)^   ", "", found[1]), PlainLoader)  # noqa: S506  (a safe loader)
    assert list(meta) == list(Meta.model_fields)
    Meta.model_validate(meta)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_and_files_exist(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    commands = set(re.findall(r"\bscripts/[a-z]+\b(?!/)", text)) - {"scripts/plainwords"}
    links = {target.partition("#")[0] for target in re.findall(r"\]\((?!https?:)([^)]+)\)", text)} - {""}
    outside = {"../risks/index.md", "tel:1800022222"}  # examples of links on a page
    assert not [one for one in commands | (links - outside) if not (PROJECT / one).exists()]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_within_a_document_lead_to_a_heading(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    headings = {heading.lower().replace(" ", "-") for heading in re.findall(r"(?m)^#+ (.+)$", text)}
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings


def test_the_readme_is_one_screen_but_for_the_figures_that_a_command_writes() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    written = re.sub(r"<!-- bench -->.*?<!-- /bench -->", "", text, flags=re.DOTALL)
    assert len(written.splitlines()) <= 64
