"""What is made from records: the same each time, nothing else beside it, and harmless whatever a record holds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, get_args

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from plainwords import generate
from plainwords.extensions.shared import labels_of
from plainwords.library import load_library
from plainwords.records import Kind
from plainwords.schemas import FOLDER, schema_files
from plainwords.source_lists import list_names, list_pages
from tests.conftest import REAL

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.library import Library
    from tests.conftest import Workbench

EVIL = (
    'x <script>alert(1)</script> <b onclick="a()">b</b> **bold** [l](javascript:a) `c` {{ y }} {: .z } '
    '[^no.source] &copy; --8<-- "a.md"'
)
REMEDY = "run scripts/generate and commit what it writes"
TRIAL = "data/sources/example2020-trial.yml"
PLACES = (
    "did", "sure", "reference.title", "reference.container-title-short", "trial.population", "trial.arms.0.label",
    "trial.arms.0.gets", "retraction.where", "read.0.visible", "doubts.0", "errata.0", "findings.design.says",
    "findings.design.where", "findings.design.doubts.0",
)  # fmt: skip


LISTS = ("reviews", "studies", "advice")


def test_a_second_run_changes_nothing(project: Path) -> None:
    assert generate.write(project) == []


@pytest.mark.parametrize("name", ["docs/glossary/trial.md", "docs/sources/index.md"])
def test_a_file_edited_by_hand_is_found_and_mended(bench: Workbench, name: str) -> None:
    path = bench.root / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    assert bench.problems(made=False) == [
        f"{name}:0: generated: differs from what data/ says (edited by hand?); {REMEDY}"
    ]
    assert generate.write(bench.root) == [name]
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [(TRIAL, "kind: randomised trial", "kind: RCT"), ("data/glossary.yml", "- term: trial\n", "- term trial\n")],
)
def test_nothing_is_written_or_deleted_while_a_record_is_broken(
    bench: Workbench, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str
) -> None:
    bench.replace(name, old, new)
    before = {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()}
    assert generate.main(["--root", str(bench.root)]) == 1
    said = capsys.readouterr().out
    assert said.startswith(f"{name}:")
    assert said.endswith("Nothing is written. Mend these lines first, then run scripts/generate again.\n")
    assert {path: path.read_bytes() for path in bench.root.rglob("*") if path.is_file()} == before


def test_a_missing_file_is_found(bench: Workbench) -> None:
    (bench.root / "docs/glossary/trial.md").unlink()
    (told,) = bench.problems(made=False)
    assert told == f"docs/glossary/trial.md:0: generated: is missing; {REMEDY}"


@pytest.mark.parametrize("name", ["docs/glossary/notes.md", "docs/sources/old.md"])
def test_a_stray_file_is_found_and_deleted(bench: Workbench, name: str) -> None:
    bench.write(name, "Stray.\n")
    told = [one for one in bench.problems(made=False) if "generated" in one]
    assert told == [f"{name}:0: generated: nothing in data/ makes this file; {REMEDY}, which deletes it"]
    assert generate.write(bench.root) == [name]
    assert not (bench.root / name).exists()


def test_a_new_page_gets_its_address(bench: Workbench) -> None:
    bench.write("docs/faq/new.md", "---\n---\n")
    assert generate.write(bench.root) == ["data/addresses.txt"]
    assert (bench.root / "data/addresses.txt").read_text(encoding="utf-8").endswith("\n/faq/new/\n")


def test_a_page_edited_changes_nothing_that_is_made(bench: Workbench) -> None:
    bench.replace("docs/example.md", "Ask what the shot holds.", "Ask what it holds.")
    assert generate.write(bench.root) == []


def put(record: object, place: str, value: str) -> None:
    """Set a value of a record by its place, for instance `read.0.visible`; a list grows by one."""
    *way, last = place.split(".")
    for part in way:
        if isinstance(record, list):
            record = record[int(part)]
        else:
            assert isinstance(record, dict)
            record = record.setdefault(part, [] if last == "0" else {})
    if isinstance(record, list):
        record[int(last) :] = [value]
    else:
        assert isinstance(record, dict)
        record[last] = value


@pytest.mark.parametrize("place", PLACES)
def test_markup_in_a_source_is_shown_as_it_is(bench: Workbench, place: str) -> None:
    path = bench.root / TRIAL
    record = yaml.safe_load(path.read_text(encoding="utf-8"))
    put(record, place, EVIL)
    path.write_text(yaml.safe_dump(record), encoding="utf-8")
    generate.write(bench.root)
    shows_as_written((bench.root / "docs/sources/example2020-trial.md").read_text(encoding="utf-8"))
    if place == "reference.title":
        shows_as_written((bench.root / "docs/sources/studies.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", ["meaning", "say", "also.0", "term"])
def test_markup_in_a_term_is_shown_as_it_is(bench: Workbench, place: str) -> None:
    path = bench.root / "data/glossary.yml"
    terms = yaml.safe_load(path.read_text(encoding="utf-8"))
    put(terms[0], place, EVIL)
    path.write_text(yaml.safe_dump(terms), encoding="utf-8")
    generate.write(bench.root)
    name = "index" if place == "term" else "dextrose"
    shows_as_written((bench.root / f"docs/glossary/{name}.md").read_text(encoding="utf-8"))


def shows_as_written(text: str) -> None:
    """Assert that a page shows the evil text as it was typed, and does nothing of what it asks."""
    assert load_front(text)
    body = re.sub(r"^---\n.*?\n---\n", "", text, flags=re.DOTALL)
    html = markdown.markdown(re.sub(r"\[\^example[^\]]*\]", "", body), extensions=["attr_list", "tables"])
    soup = BeautifulSoup(html, "lxml")
    assert not soup.select("script, b, strong, code, [onclick], .z, a[href^=javascript]")
    assert EVIL in " ".join(soup.get_text().split())
    assert not re.search(r"^--8<--", body, re.MULTILINE)


def load_front(text: str) -> dict[str, str]:
    """Return the front matter of a made page."""
    found: dict[str, str] = yaml.safe_load(text.split("---\n")[1])
    return found


def test_a_description_is_cut_at_a_word(bench: Workbench) -> None:
    bench.replace("data/glossary.yml", "meaning: A form of sugar that can be", "meaning: A form " + "of sugar " * 40)
    generate.write(bench.root)
    front = load_front((bench.root / "docs/glossary/dextrose.md").read_text(encoding="utf-8"))
    assert len(front["description"]) <= 200
    assert front["description"].endswith(("of…", "sugar…"))


def test_what_a_source_page_tells(project: Path) -> None:
    text = (project / "docs/sources/example2021-told.md").read_text(encoding="utf-8")
    for part in (
        "We did not see it. We read of it in Example Organisation 2022.",
        "We have not looked for a retraction.",
    ):
        assert part in text
    assert "https://example.org/copy" not in (project / "docs/sources/example2020-trial.md").read_text(
        encoding="utf-8"
    )


def test_the_names_of_the_lists_are_those_of_their_pages(library: Library) -> None:
    labels = labels_of(str(REAL))
    assert {f"docs/sources/{name}.md" for name in list_names(library, labels)} == set(list_pages(library, labels))


def test_each_kind_of_source_stands_in_one_list() -> None:
    kinds = [kind for one in labels_of(str(REAL))["source_lists"]["lists"] for kind in one["kinds"]]
    assert sorted(kinds) == sorted(get_args(Kind))


def test_the_lists_hold_each_source_once_and_are_counted(project: Path) -> None:
    texts = [(project / f"docs/sources/{name}.md").read_text(encoding="utf-8") for name in LISTS]
    keys = sorted(path.stem for path in (project / "data/sources").glob("*.yml"))
    assert sorted(re.findall(r"^- \[.*\]\(([a-z0-9-]+)\.md\): ", "".join(texts), re.MULTILINE)) == keys
    index = (project / "docs/sources/index.md").read_text(encoding="utf-8")
    counts = [int(count) for count in re.findall(r"\.md\) \((\d+)\)", index)]
    assert counts == [len(re.findall(r"^- \[", text, re.MULTILINE)) for text in texts]


def test_ten_searches_stand_on_a_page_and_each_is_named_on_the_first(bench: Workbench) -> None:
    entry = "- date: 2026-11-{day}\n  about: 'Subject {day}'\n  words: 'some words'\n  left_out: ['A paper: why']\n"
    bench.write("data/searches.yml", "".join(entry.format(day=day) for day in range(10, 21)))
    generate.write(bench.root)
    folder = bench.root / "docs/sources"
    index = (folder / "how-we-looked.md").read_text(encoding="utf-8")
    line = r"^- \[Subject (\d+)\]\((how-we-looked-\d)\.md#(search-\d+)\): kept 0, left out 1$"
    ways = re.findall(line, index, re.MULTILINE)
    assert [int(day) for day, _, _ in ways] == list(range(20, 9, -1))
    for day, page, place in ways:
        assert f"## Subject {day} {{: #{place} }}" in (folder / f"{page}.md").read_text(encoding="utf-8")
    assert {page for _, page, _ in ways} == {"how-we-looked-1", "how-we-looked-2"}
    assert bench.problems(made=False) == []


def test_the_list_of_trials_tells_who_got_what_and_what_was_found(project: Path) -> None:
    text = (project / "docs/sources/trials.md").read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if "example2020-trial.md" in line)
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[0] == "Knee"
    assert cells[2] == "90"
    assert cells[3] == "Sugar-water shots; salt-water shots; home exercise"
    assert "After 52 weeks" in cells[4]
    assert text.count("example2020-trial.md") == 1


def test_the_committed_schemas_are_those_of_the_records() -> None:
    committed = {path.relative_to(REAL).as_posix(): path.read_text("utf-8") for path in (REAL / FOLDER).iterdir()}
    assert committed == schema_files()


def test_a_schema_edited_by_hand_is_mended_and_a_stray_one_goes(bench: Workbench) -> None:
    edited, stray = f"{FOLDER}/source.schema.json", f"{FOLDER}/old.json"
    for name in (edited, stray):
        bench.write(name, "{}\n")
    assert generate.write(bench.root) == [edited, stray]
    assert (bench.root / edited).read_text("utf-8") == schema_files()[edited]
    assert not (bench.root / stray).exists()


def test_schemas_accept_the_records_and_refuse_a_typing_mistake(project: Path) -> None:
    schema = json.loads((project / "data/schemas/source.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    for path in (project / "data/sources").glob("*.yml"):
        record = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert list(validator.iter_errors(record)) == []
        assert list(validator.iter_errors({**record, "knid": "survey"})) != []


def test_made_files_follow_from_records_alone(project: Path) -> None:
    labels = labels_of(str(project))
    assert generate.made_files(load_library(project), labels) == generate.made_files(load_library(project), labels)


@pytest.mark.parametrize(("name", "wrong"), [("embeds", {"theme": ["light"]}), ("pin", {"sha256": "no digest"})])
def test_schemas_accept_the_options_of_embeds_and_the_stored_versions(name: str, wrong: dict[str, object]) -> None:
    """Each file names its schema in its first line, by a path that leads there."""
    files = [REAL / "data/embeds.yml"] if name == "embeds" else sorted((REAL / "data/pins").rglob("pin.yml"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        schema = path.parent / text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        assert schema.resolve() == REAL / f"data/schemas/{name}.schema.json"
        validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
        assert list(validator.iter_errors(yaml.safe_load(text))) == []
        assert list(validator.iter_errors(yaml.safe_load(text) | wrong)) != []
