"""What an editor gets to fill in: it loads, the check names what is left, and nothing is overwritten."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
import yaml

from plainwords.new import main
from plainwords.new_source import proposed_key
from plainwords.pages import Meta, Theme
from plainwords.placing import QUESTIONS, in_questions
from plainwords.records import Direction, Kind, Part, Reference, Retraction, Source
from plainwords.yamltext import Document, read_yaml

if TYPE_CHECKING:
    from tests.conftest import Workbench

HERE = Path(__file__).parent
PROJECT = HERE.parent
TODAY = date(2026, 11, 23)
EXPORT = HERE / "imports/one.nbib"
RECORD = "data/sources/example2021-knee.yml"
LEFT = [
    *("kind", "did", "sure", "retraction.status", "retraction.looked", "retraction.where"),
    *("read.1.id", "read.1.part", "read.1.visible", "read.1.date"),
    *("findings.NAME-THIS", "findings.NAME-THIS.says", "findings.NAME-THIS.where"),
    *("findings.NAME-THIS.read", "findings.NAME-THIS.direction"),
]
FILLED = {
    "kind:": "randomised trial",
    "did:": "Tested sugar water.",
    "sure:": "A made-up trial.",
    "  status:": "none seen",
    "  looked:": "2026-11-23",
    "  where:": "the page of the paper",
    "  - id:": "abstract",
    "    part:": "abstract",
    "    visible:": "the whole abstract",
    "    date:": "2026-11-23",
    "    says:": "The score rose with sugar water.",
    "    where:": "Abstract, Results",
    "    read:": "abstract",
    "    direction:": "better",
}


class Desk:
    """The small project with the templates, the command, and what it said."""

    def __init__(self, bench: Workbench, capsys: pytest.CaptureFixture[str]) -> None:
        self.bench, self.root, self.capsys = bench, bench.root, capsys
        shutil.copytree(HERE.parent / "data/templates", self.root / "data/templates")

    def new(self, *words: str | Path) -> tuple[int, str]:
        """Run the command and return its exit status and all it printed."""
        try:
            status = main(["--root", str(self.root), *map(str, words)], TODAY)
        except SystemExit as ended:
            status = int(str(ended.code))
        said = self.capsys.readouterr()
        return status, said.out + said.err

    def text(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def files(self) -> dict[str, str]:
        """Return the project's files with their texts; what the check keeps for itself is none of them."""
        paths = (path for path in self.root.rglob("*.*") if path.is_file() and ".cache" not in path.parts)
        return {path.relative_to(self.root).as_posix(): path.read_text(encoding="utf-8") for path in paths}

    def problems(self, name: str) -> list[str]:
        """Return what the check says of one file, made files left as they are."""
        return [one for one in self.bench.problems(made=False) if one.startswith(f"{name}:")]


@pytest.fixture
def desk(bench: Workbench, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(bench, capsys)


# ---- Sources


def test_a_record_holds_what_the_export_knows(desk: Desk) -> None:
    status, said = desk.new("source", EXPORT)
    text = desk.text(RECORD)
    reference = yaml.safe_load(text)["reference"]
    assert status == 0
    assert f"{RECORD} is written" in said
    assert text.startswith("# yaml-language-server: $schema=../schemas/source.schema.json\n")
    assert reference["title"].startswith("Sugar water for the sore example knee")
    assert reference["PMID"] == "99999901"
    assert Reference.model_validate(reference).page == "229-237"
    assert yaml.safe_load(text)["errata"][0].startswith("A correction was printed in J Examples")
    assert "# the export says: Journal Article; Randomized Controlled Trial. Type one of: " in text
    assert "URL:" not in text


def test_the_check_names_what_is_left_and_so_does_the_command(desk: Desk) -> None:
    _, said = desk.new("source", EXPORT)
    problems = desk.problems(RECORD)
    assert [one.split(": ")[2] for one in problems] == LEFT
    printed = re.findall(r"([\w.-]+) \(line (\d+)\)", said)
    assert [line for _, line in printed] == [one.split(":")[1] for one in problems]
    assert [name for name, _ in printed] == [one.replace(".1", "") for one in LEFT]


def test_a_record_filled_in_is_faultless_once_cited(desk: Desk) -> None:
    desk.new("source", EXPORT)
    text = desk.text(RECORD).replace("NAME-THIS", "score")
    for label, value in FILLED.items():
        assert text.count(f"\n{label}") == 1, label
        text = text.replace(f"\n{label}", f"\n{label} {value}")
    desk.bench.write(RECORD, text)
    assert [one.split(": ")[1] for one in desk.problems(RECORD)] == ["unused-source"]
    desk.bench.replace("docs/help.md", "audience: patient", "cites: [example2021-knee.score]\naudience: patient")
    assert desk.problems(RECORD) == []


def test_the_trial_of_a_record_holds_no_example_for_a_fact(desk: Desk) -> None:
    desk.new("source", EXPORT)
    head, block, tail = re.split(r"(?s)(# trial:.*?weeks: \[\][^\n]*\n)", desk.text(RECORD))
    desk.bench.write(RECORD, head + re.sub(r"(?m)^# ", "", block) + tail)
    named = [one.split(": ")[2] for one in desk.problems(RECORD)]
    assert {"trial.population", "trial.arms.1.id", "trial.arms.1.label", "trial.arms.1.names"} <= set(named)
    trial = yaml.safe_load(re.sub(r"(?m)^# ", "", block))["trial"]
    assert (trial["outcomes"], trial["weeks"], trial["people"]) == ([], [], None)


def test_an_export_with_several_references(desk: Desk) -> None:
    status, said = desk.new("source", HERE / "imports/several.ris")
    assert status == 0
    assert said.startswith("3 references: 3 new records, 0 passed over.\n")
    made = ["example2019-elbow", "name2020-examples", "example2018-thesis"]
    assert all(f"data/sources/{key}.yml is written" in said for key in made)
    assert "note: left out https://papers.example.org/2019/2: data/link-hosts.txt does not list its host" in said
    assert "reference.type (line 6)" in said
    assert yaml.safe_load(desk.text("data/sources/name2020-examples.yml"))["reference"]["URL"].endswith("/report")


def test_a_known_paper_gets_no_second_record(desk: Desk) -> None:
    desk.new("source", EXPORT, "--key", "other2021-key")
    before = desk.files()
    assert desk.new("source", EXPORT) == (2, (
        'new: "Sugar water for the sore example knee: a made-up trial with a title so long that it breaks over two '
        'lines" is already data/sources/other2021-key.yml\n'
    ))  # fmt: skip
    assert desk.files() == before


def test_references_of_one_key_are_numbered(desk: Desk, tmp_path: Path) -> None:
    entry = "TY  - JOUR\nAU  - Example, E\nPY  - 2020\nTI  - A sore knee\nDO  - 10.9999/x.{}\nER  - \n\n"
    (tmp_path / "two.ris").write_text(entry.format(1) + entry.format(2), encoding="utf-8")
    desk.new("source", tmp_path / "two.ris")
    keys = [
        yaml.safe_load(desk.text(f"data/sources/{key}.yml"))["key"]
        for key in ("example2020-knee", "example2020-knee-2")
    ]
    assert keys == ["example2020-knee", "example2020-knee-2"]


def test_a_retracted_paper_is_told(desk: Desk) -> None:
    _, said = desk.new("source", HERE / "imports/retracted.txt")
    assert "note: THE EXPORT SAYS: retracted. Read the notice before you cite this paper" in said
    assert yaml.safe_load(desk.text("data/sources/sample1999-back.yml"))["retraction"]["status"] == "retracted"


def test_a_value_that_no_record_may_hold_is_left_out(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "odd.bib").write_text("@article{a, title={A title}, pmcid={PMC12x}, url={ftp://example.org/a}}")
    _, said = desk.new("source", tmp_path / "odd.bib", "--key", "odd-one")
    assert 'note: left out URL "ftp://example.org/a": it is not what a record can hold' in said
    assert "URL" not in yaml.safe_load(desk.text("data/sources/odd-one.yml"))["reference"]


@pytest.mark.parametrize(("encoding", "told"), [("utf-8-sig", False), ("utf-16", False), ("cp1252", True)], ids=str)
def test_an_export_of_an_old_program(desk: Desk, tmp_path: Path, encoding: str, told: object) -> None:
    text = "TY  - JOUR\r\nAU  - M\u00fcller, J\u00f6rg\r\nTI  - Elbows \u2013 a trial\r\nPY  - 2020\r\nER  - \r\n"
    (tmp_path / "old.ris").write_bytes(text.encode(encoding))
    status, said = desk.new("source", tmp_path / "old.ris")
    reference = yaml.safe_load(desk.text("data/sources/muller2020-elbow.yml"))["reference"]
    assert status == 0
    assert (reference["author"][0]["family"], reference["title"]) == ("M\u00fcller", "Elbows \u2013 a trial")
    assert ("note: the export is not in UTF-8; compare accents" in said) is told
    assert "note: the export has no DOI, PMID or URL; add the one that you saw" in said


def test_an_export_without_author_and_year(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bare.ris").write_text("TY  - JOUR\nTI  - A sore knee\nDO  - 10.9999/x\nER  - \n", encoding="utf-8")
    _, said = desk.new("source", tmp_path / "bare.ris")
    assert (
        "note: the export has no author; if you saw it, add author:, and rename data/sources/unnamed-knee.yml" in said
    )
    assert "note: the export has no year; if you saw it, add issued:" in said
    assert "no DOI" not in said


def test_an_empty_record(desk: Desk) -> None:
    status, said = desk.new("source", "--key", "example2025-new")
    record = yaml.safe_load(desk.text("data/sources/example2025-new.yml"))
    assert status == 0
    assert record["key"] == "example2025-new"
    assert "[^example2025-new.pain-52w]" in desk.text("data/sources/example2025-new.yml")
    assert list(record["reference"]) == [one.alias or name for name, one in Reference.model_fields.items()]
    assert "reference.type (line 6), reference.title (line 7)" in said


def test_the_template_knows_every_field_and_every_choice() -> None:
    text = (HERE.parent / "data/templates/source.yml").read_text(encoding="utf-8")
    for choices in (Kind, Direction, Part, Retraction.model_fields["status"].annotation):
        assert all(re.search(rf"(?m)type one of: .*\b{choice}\b", text) for choice in get_args(choices)), choices
    types = get_args(Reference.model_fields["type"].annotation)
    assert f"type one of: {', '.join(types)}\n" in text
    assert set(yaml.safe_load(text)) | {"trial"} == set(Source.model_fields)


@pytest.mark.parametrize(
    ("reference", "key"),
    [
        ({"author": [{"family": "Müller-Öz"}], "issued": "2013-05", "title": "The Knee"}, "mulleroz2013-knee"),
        ({"author": [{"literal": "World Health Organization"}], "issued": "2023", "title": "Backs"}, "who2023-back"),
        ({"author": [{"literal": "Cochrane"}], "title": "The effects of zinc"}, "cochrane-zinc"),
        ({"title": "手"}, "unnamed"),
    ],
)
def test_proposed_keys(reference: dict[str, object], key: str) -> None:
    table = yaml.safe_load((HERE.parent / "data/templates/imports.yml").read_text(encoding="utf-8"))
    assert proposed_key(reference, table) == key


# ---- Pages and questions


def test_a_page(desk: Desk) -> None:
    status, said = desk.new(
        "page", "docs/evidence/example.md", "--title", "Elbow: a test", "--searched", "2026-11-20"
    )
    head = desk.text("docs/evidence/example.md").split("---\n")[1]
    document = read_yaml(head, "head")
    assert isinstance(document, Document)
    meta = document.data
    assert status == 0
    assert list(meta) == [key for key in Meta.model_fields if key != "theme"]
    assert (meta["title"], meta["checked"], meta["due"]) == ("Elbow: a test", "2026-11-23", "2027-11-23")
    assert (meta["searched"], meta["audience"]) == ("2026-11-20", "patient")
    assert "      - 'Elbow: a test': evidence/example.md\n" in said
    assert "scripts/check" in said


@pytest.mark.parametrize("audience", ["patient", "trust"])
def test_every_placeholder_of_a_page_is_named_by_the_check(desk: Desk, audience: str) -> None:
    name = "docs/example-page.md"
    desk.new("page", name, "--title", "What is an example?", "--audience", audience)
    assert [one.split(": ")[1:3] for one in desk.problems(name)] == [["record", "description"]]
    assert "searched" not in desk.text(name)
    desk.bench.write(name, re.sub("description: .*", "description: What an example is good for.", desk.text(name)))
    problems = desk.problems(name)
    assert {one.split(": ")[1] for one in problems} == {"unknown-citation"}
    placeholders = [number for number, line in enumerate(desk.text(name).splitlines(), 1) if "[^key.finding]" in line]
    assert placeholders
    assert set(placeholders) <= {int(one.split(":")[1]) for one in problems}


def test_a_question(desk: Desk) -> None:
    name = "docs/faq/is-it-one.md"
    status, said = desk.new(
        "question", "is-it-one", "--title", "Is it one?", "--theme", "Risks", "--checked", "2024-02-29"
    )
    assert status == 0
    assert 'no list of questions has a heading "## Risks"; take the answer in by hand: docs/faq/index.md, ' in said
    assert "due: 2025-02-28\n" in desk.text(name)
    desk.bench.write(name, re.sub("description: .*", "description: An example, and no more.", desk.text(name)))
    assert {one.split(": ")[1] for one in desk.problems(name)} == {"unknown-citation", "link"}


def test_a_page_is_led_to_by_the_menu(desk: Desk) -> None:
    menu = "nav:\n  - Home: index.md\n  - Help:\n      - Knee: evidence/knee.md\n  - Words: glossary/index.md\n"
    desk.bench.write("mkdocs.yml", menu)
    status, said = desk.new("page", "docs/evidence/back.md", "--title", "Back: a test")
    assert status == 0
    assert desk.text("mkdocs.yml") == menu.replace("knee.md\n", "knee.md\n      - 'Back: a test': evidence/back.md\n")
    assert "mkdocs.yml is changed\n  the menu leads to it, as the last page of its folder; " in said
    assert "references" not in said


def test_an_answer_is_taken_in_under_its_theme(desk: Desk) -> None:
    taken = '### [Is it new?](new.md)\n\n--8<-- "faq/new.md:answer"\n'
    first, *_, second = QUESTIONS
    desk.bench.write(first, f"# Head\n\n## Does it work?\n\n{taken}\n## Is it for me?\n\n{taken}")
    desk.bench.write(second, f"# Head\n\n## Cost\n\n{taken}")
    desk.new("question", "is-it-one", "--title", "Is it [one]?", "--theme", "Does it work")
    desk.new("question", "is-it-two", "--title", "Is it two?", "--theme", "Cost")
    one = '### [Is it \\[one\\]?](is-it-one.md)\n\n--8<-- "faq/is-it-one.md:answer"\n'
    two = '### [Is it two?](faq/is-it-two.md)\n\n--8<-- "faq/is-it-two.md:answer"\n'
    assert desk.text(first) == f"# Head\n\n## Does it work?\n\n{taken}\n{one}\n## Is it for me?\n\n{taken}"
    assert desk.text(second) == f"# Head\n\n## Cost\n\n{taken}\n{two}"


@pytest.mark.parametrize("theme", get_args(Theme))
def test_each_theme_has_its_heading_in_one_list(theme: str) -> None:
    lists = {name: (PROJECT / name).read_text(encoding="utf-8") for name in QUESTIONS}
    taken = [in_questions(text, name, theme, "Is it?", "docs/faq/it.md") for name, text in lists.items()]
    assert sum(one is not None for one in taken) == 1


# ---- Terms


@pytest.mark.parametrize(
    ("name", "at"),
    [("aardvark", 1), ("Ligament: a band", 7), ("zinc", 13)],
)
def test_a_term_stands_in_its_place_and_nothing_else_changes(desk: Desk, name: str, at: int) -> None:
    before = desk.text("data/glossary.yml").splitlines()
    status, said = desk.new("term", "new-term", name)
    after = desk.text("data/glossary.yml").splitlines()
    added = len(after) - len(before)
    entry = yaml.safe_load("\n".join(after[at : at + added]))[0]
    assert status == 0
    assert after[:at] + after[at + added :] == before
    assert (entry["term"], entry["slug"]) == (name, "new-term")
    assert f"line {at + 1}: fill in meaning:" in said


def test_a_comment_stays_with_the_term_below_it(desk: Desk) -> None:
    desk.bench.replace("data/glossary.yml", "- term: trial", "# About trials.\n- term: trial")
    desk.new("term", "ligament", "ligament")
    assert "\n# About trials.\n- term: trial\n" in desk.text("data/glossary.yml")


def test_the_check_names_a_term_without_a_meaning(desk: Desk) -> None:
    desk.new("term", "ligament", "ligament")
    desk.bench.problems()
    assert [one.split(": ", 2)[1:] for one in desk.problems("data/glossary.yml")] == [
        ["glossary", "ligament: the meaning must be one sentence of at most 25 words"],
        ["unused-term", 'no page uses "ligament"; use it or leave it out'],
    ]


# ---- Wrong usage


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "the following arguments are required: source, page, question or term"),
        ("source", "give FILE (an export of a reference) or --key KEY (for an empty record)"),
        ("source none.bib", "cannot be read (No such file or directory); give the path of the export"),
        ("source paper.pdf", '"paper.pdf" is no export that can be read; its name ends in one of .bib, .ris'),
        ("source --key Bad_Key", '"Bad_Key" is no key; use a-z, 0-9 and single hyphens'),
        ("source --key example2020-trial", "data/sources/example2020-trial.yml exists, and nothing is overwritten"),
        ("source SEVERAL --key a", "--key goes with one reference, and several.ris holds 3; leave --key out"),
        ("page help.md --title x", '"help.md" is no path of a page; write docs/folder/some-page.md'),
        ("page docs/../x.md --title x", '"docs/../x.md" is no path of a page'),
        ("page docs/help.md --title x", "docs/help.md exists and has the address /help/; nothing is overwritten"),
        ("page docs/help/index.md --title x", "docs/help.md exists and has the address /help/"),
        ("page docs/faq/x.md --title x", "docs/faq/x.md: an answer is made by scripts/new question x"),
        ("page docs/sources/x.md --title x", "docs/sources/x.md: pages there are made from data/"),
        ("page docs/x.md", "the following arguments are required: --title"),
        ("page docs/x.md --title x --checked 2026-02-30", '--checked: "2026-02-30" is no day of the calendar'),
        ("question x --title x --theme Risks", '--title "x" is no question; write it as a reader would ask'),
        ("question x --title x? --theme Harm", "argument --theme: invalid choice: 'Harm'"),
        ("question index --title x? --theme Risks", '"index" cannot be a part of an address'),
        ("term dextrose sugar", '"dextrose" (slug dextrose) is in data/glossary.yml already'),
        ("term x Trials", '"trial" (slug trial) is in data/glossary.yml already'),
        ("term X x", '"X" cannot be a part of an address; use a-z, 0-9 and single hyphens'),
    ],
)
def test_wrong_usage_is_one_clear_line_and_writes_nothing(desk: Desk, words: str, said: str) -> None:
    before = desk.files()
    given = words.replace("SEVERAL", str(HERE / "imports/several.ris")).split()
    status, printed = desk.new(*given)
    assert status == 2
    assert printed.startswith("new: ")
    assert printed.count("\n") == 1
    assert said in printed
    assert desk.files() == before


def test_a_failure_while_writing_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.files()
    honest = Path.write_text

    def full_disk(path: Path, text: str, **how: str) -> int:
        if path.name == "example2018-thesis.yml":
            raise OSError(28, "No space left on device")
        return honest(path, text, **how)

    monkeypatch.setattr(Path, "write_text", full_disk)
    status, said = desk.new("source", HERE / "imports/several.ris")
    assert status == 2
    assert said.startswith("new: data/sources/example2018-thesis.yml cannot be written (No space left on device); ")
    assert desk.files() == before
