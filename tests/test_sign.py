"""A small site of two pages: what its packet shows, how it is signed, and what refuses a signature."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from plainwords.check import load_site
from plainwords.sign import ReviewError, Signature, find_page, main, packet_of, sign, status

PROJECT = Path(__file__).parents[1]
TODAY = date(2026, 11, 23)
FILES = {
    "docs/risks/index.md": """\
---
title: Risks
description: What one small trial tells about pain after these injections.
cites: [example2020-knee.pain]
audience: patient
checked: 2026-11-23
due: 2027-11-23
---

Pain fell by 15 points with sugar water.[^example2020-knee.pain]
Ten people left early.[^example2020-knee.left]
{: .verdict }

## What can I ask?

Ask how often it was done.
{: .advice }

| Group | Fall in pain |
| --- | --- |
| Sugar water | 15 points |

/// table-caption
Pain, counted in points.[^example2020-knee.pain]
///

--8<-- "get-help.md:card"
""",
    "docs/get-help.md": """\
---
title: When to get help
description: Whom to call when something goes wrong after an injection.
audience: patient
checked: 2026-11-23
due: 2027-11-23
---

This line is not in the card.
{: .navigation }

<!-- --8<-- [start:card] -->

Call a doctor.
{: .advice }

<!-- --8<-- [end:card] -->
""",
    "data/sources/example2020-knee.yml": """\
key: example2020-knee
kind: randomised trial
reference: {type: article-journal, title: A small trial, issued: '2020', DOI: 10.1000/example.1, PMID: '1'}
did: Tested sugar water.
sure: One small trial.
retraction: {status: none seen, looked: 2026-11-20, where: the publisher's page}
read: [{id: abstract, part: abstract, visible: the whole abstract, date: 2026-11-21}]
doubts: [The groups were not alike.]
findings:
  pain:
    says: Pain fell by 15 points with sugar water.
    where: Abstract, Results
    read: abstract
    direction: better
    doubts: [The <spread> is not labelled.]
    numbers: [{id: fall, value: 15, unit: points}]
  left:
    says: Ten people left early.
    where: Abstract, Methods
    read: abstract
    direction: descriptive
    numbers: [{id: left, value: 10, unit: people}]
""",
    "data/reviewers.yml": """\
- {key: example, name: Example Reviewer, qualification: Example qualification, interests: none}
- {key: other, name: Other Example Reviewer, qualification: Example qualification, interests: none}
""",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("wording", "units", "labels"):
        shutil.copy(PROJECT / f"data/{name}.yml", tmp_path / "data")
    return tmp_path


def edit(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def signed(root: Path, **changes: str) -> Path:
    given = {"page": "risks/", "reviewer": "example", "date": "2026-11-22", "scope": "all statements"}
    return sign(load_site(root), Signature(**{**given, **changes}), TODAY)


def refused(root: Path, **changes: str) -> str:
    """Return why a signature is refused; nothing may be written."""
    before = sorted((root / "data").rglob("*"))
    with pytest.raises(ReviewError) as caught:
        signed(root, **changes)
    assert sorted((root / "data").rglob("*")) == before
    return str(caught.value)


def tables(root: Path, page: str = "risks/") -> list[list[list[str]]]:
    """Return the cells of a packet's tables, each cell as flat text."""
    soup = BeautifulSoup(packet_of(load_site(root), page), "lxml")
    return [
        [[" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in table.select("tbody tr")]
        for table in soup.select("table")
    ]


# ---- Which page is meant


@pytest.mark.parametrize(
    "name", ["docs/risks/index.md", "risks/index.md", "risks/", "risks", "/risks/", "./docs/risks/"]
)
def test_a_page_goes_by_its_file_or_its_address(root: Path, name: str) -> None:
    assert find_page(load_site(root), name).path == "docs/risks/index.md"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("docs/riks/index.md", '"docs/riks/index.md" is no page; pages like it: docs/risks/index.md'),
        ("glossary/dextrose/", '"glossary/dextrose/" is made from data/; review the pages that rest on it'),
        ("docs/broken.md", '"docs/broken.md" cannot be read; scripts/check says why'),
    ],
)
def test_another_name_is_refused(root: Path, name: str, message: str) -> None:
    (root / "docs/broken.md").write_text("no front matter\n", encoding="utf-8")
    with pytest.raises(ReviewError) as caught:
        find_page(load_site(root), name)
    assert str(caught.value).startswith(message)


# ---- The packet


def test_cited_texts_stand_in_order_beside_what_they_rest_on(root: Path) -> None:
    says = "Pain fell by 15 points with sugar water."
    read = (
        "We read the summary, not the whole paper. Seen: the whole abstract. Read on 2026-11-21. "
        "https://doi.org/10.1000/example.1"
    )
    pain = f"{says} A small trial 2020 , Abstract, Results. {read} Doubt: The <spread> is not labelled."
    left = f"Ten people left early. A small trial 2020 , Abstract, Methods. {read}"
    again = f"{says} A small trial 2020 , Abstract, Results; the rest stands at number 1."
    cited = [row[1:3] for row in tables(root)[0]]
    assert cited == [
        ["Title and description Risks: What one small trial tells about pain after these injections.", pain],
        [f"First words {says}", "The same as number 1."],
        ["First words Ten people left early.", left],
        ["What can I ask? Group: Sugar water; Fall in pain: 15 points", again],
        ["What can I ask? Under the table: Pain, counted in points.", "The same as number 4."],
    ]


def test_other_texts_stand_with_the_reason_why_they_rest_on_nothing(root: Path) -> None:
    assert [row[1:3] for row in tables(root)[1]] == [
        ["What can I ask?", "A heading"],
        ["What can I ask? Ask how often it was done.", "Marked: advice"],
        ["What can I ask? (from get-help.md) Call a doctor.", "Marked: advice"],
    ]


def test_a_text_that_both_cites_and_is_marked_shows_both(root: Path) -> None:
    edit(root, "docs/risks/index.md", "it was done.\n", "it was done.[^example2020-knee.left]\n")
    cells = tables(root)[0][3]
    assert cells[1] == "What can I ask? Ask how often it was done. Marked: advice"
    assert cells[2] == "The same as number 3."


def test_a_page_about_the_site_needs_no_marks(root: Path) -> None:
    edit(root, "docs/get-help.md", "audience: patient", "audience: trust")
    edit(root, "docs/get-help.md", "{: .navigation }\n", "")
    reasons = {row[1]: row[2] for row in tables(root, "get-help/")[1]}
    assert reasons["First words This line is not in the card."] == "A page about the site itself"
    assert reasons["First words Call a doctor."] == "Marked: advice"


def cite_both_at_once(root: Path) -> None:
    edit(root, "docs/risks/index.md", "cites: [example2020-knee.pain]\n", "")
    edit(root, "docs/risks/index.md", "sugar water.[^example2020-knee.pain]", "sugar water.")
    edit(root, "docs/risks/index.md", ".left]", ".left][^example2020-knee.pain]")


def opening(root: Path) -> str:
    soup = BeautifulSoup(packet_of(load_site(root), "risks/"), "lxml")
    return " ".join(" ".join(one.get_text(" ").split()) for one in soup.select("h1 ~ p"))


def test_the_packet_begins_with_how_far_it_can_be_trusted(root: Path) -> None:
    said = opening(root)
    assert "It was drafted with the help of software. Nobody has reviewed it yet." in said
    assert "texts that rest on 1 source, and" in said
    assert "Of the sources, 0 were read to the end" in said


def test_the_packet_says_who_reviewed_the_page_before(root: Path) -> None:
    signed(root)
    assert "Example Reviewer reviewed this text on 2026-11-22." in opening(root)
    edit(root, "docs/risks/index.md", "Ask how", "Ask them how")
    assert "Example Reviewer reviewed an earlier text on 2026-11-22." in opening(root)


def test_a_source_without_an_address_says_so(root: Path) -> None:
    edit(root, "data/sources/example2020-knee.yml", ", DOI: 10.1000/example.1, PMID: '1'", "")
    assert "No address of it was seen." in tables(root)[0][0][2]


def test_findings_of_one_reading_are_followed_once_by_how_far_it_was_read(root: Path) -> None:
    cite_both_at_once(root)
    cell = tables(root)[0][0][2]
    assert cell.count("Read on 2026-11-21") == 1
    assert cell.index("Abstract, Methods") < cell.index("Abstract, Results") < cell.index("Read on")


def test_findings_of_two_readings_each_say_how_far_they_were_read(root: Path) -> None:
    cite_both_at_once(root)
    record = "data/sources/example2020-knee.yml"
    edit(root, record, "2026-11-21}]", "2026-11-21}, {id: part, part: excerpt, visible: one line, date: 2026-11-20}]")
    edit(root, record, "Methods\n    read: abstract", "Methods\n    read: part")
    assert re.findall(r"We read .*? Read on \S+", tables(root)[0][0][2]) == [
        "We read a part of it, not the whole: one line. Read on 2026-11-20.",
        "We read the summary, not the whole paper. Seen: the whole abstract. Read on 2026-11-21.",
    ]


def test_each_source_stands_once_with_what_is_doubtful_about_it(root: Path) -> None:
    soup = BeautifulSoup(packet_of(load_site(root), "risks/"), "lxml")
    assert [term["id"] for term in soup.select("dt")] == ["example2020-knee"]
    text = " ".join(soup.select("dl")[0].get_text(" ").split())
    for expected in (
        "One small trial.",
        "Doubt: The groups were not alike.",
        "Retraction: none seen (looked on 2026-11-20: the publisher's page).",
        "Read on 2026-11-21: abstract (the whole abstract).",
    ):
        assert expected in text
    assert {link["href"] for link in soup.select("td a[href^='#']")} == {"#example2020-knee"}


def test_the_packet_ends_with_a_command_that_signs_what_it_shows(root: Path) -> None:
    soup = BeautifulSoup(packet_of(load_site(root), "risks/"), "lxml")
    command = soup.select("pre")[-1].get_text().replace("KEY", "example").replace("YYYY-MM-DD", "2026-11-22")
    words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', command)]
    assert words[0] == "scripts/review"
    assert main(["--root", str(root), *words[1:]], TODAY) == 0
    assert list(status(load_site(root)))[1].startswith("docs/risks/index.md: signed and current")


def test_a_packet_goes_to_a_file_or_is_printed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "--from", str(root), "packet", "risks/", "--out", "packet.html"]) == 0
    assert capsys.readouterr().out == "packet.html is written; open it in a browser, or print it\n"
    assert main(["--root", str(root), "packet", "risks/"]) == 0
    assert capsys.readouterr().out == (root / "packet.html").read_text(encoding="utf-8")


# ---- Signing


def test_a_signature_is_a_record_bound_to_the_text(root: Path) -> None:
    path = signed(root, scope=" All statements and their sources. ", remarks="Read twice.")
    assert path.relative_to(root).as_posix() == "data/reviews/risks-index-2026-11-22-example.yml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schemas/review.schema.json\npage: risks/index.md\n")
    record = yaml.safe_load(text)
    assert re.fullmatch("[0-9a-f]{64}", record.pop("digest"))
    assert record == {
        "page": "risks/index.md",
        "reviewer": "example",
        "date": "2026-11-22",
        "scope": "All statements and their sources",
        "remarks": "Read twice.",
    }
    assert load_site(root).problems == ()


def test_remarks_may_be_left_out(root: Path) -> None:
    assert "remarks" not in signed(root).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"page": "nowhere/"}, '"nowhere/" is no page; pages like it: docs/'),
        (
            {"reviewer": "nobody"},
            '"nobody" is not in data/reviewers.yml (there: example, other); a reviewer is added',
        ),
        ({"date": "23.11.2026"}, '--date: "23.11.2026" is not a date; write it as 2026-11-23'),
        ({"date": "2026-02-30"}, '--date: "2026-02-30" is no day of the calendar'),
        ({"date": "2026-11-24"}, "--date: 2026-11-24 is after today, 2026-11-23"),
        ({"scope": " . "}, "--scope is empty; say what was looked at"),
        ({"digest": "0" * 64}, "--digest: docs/risks/index.md has changed since its packet was written"),
    ],
)
def test_a_wrong_signature_is_refused(root: Path, changes: dict[str, str], message: str) -> None:
    assert refused(root, **changes).startswith(message)


def test_without_reviewers_nobody_can_sign(root: Path) -> None:
    (root / "data/reviewers.yml").write_text("[]\n", encoding="utf-8")
    assert refused(root).startswith('"example" is not in data/reviewers.yml (there: nobody yet)')


def test_a_signature_is_not_overwritten(root: Path) -> None:
    text = signed(root).read_text(encoding="utf-8")
    edit(root, "docs/risks/index.md", "Ask how", "Ask them how")
    assert refused(root).startswith("data/reviews/risks-index-2026-11-22-example.yml exists")
    assert (root / "data/reviews/risks-index-2026-11-22-example.yml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("docs/risks/index.md", "by 15 points", "by 16 points", "docs/risks/index.md:10: number: "),
        ("docs/get-help.md", "Call a doctor.\n{: .advice }", "Call a doctor.", "docs/get-help.md:14: no-source: "),
        ("data/sources/example2020-knee.yml", "did: Tested", "done: Tested", "data/sources/example2020-knee.yml:"),
    ],
)
def test_a_page_on_which_the_check_finds_something_is_not_signed(
    root: Path, name: str, old: str, new: str, line: str
) -> None:
    edit(root, name, old, new)
    message = refused(root)
    assert any(one.startswith(line) for one in message.splitlines())
    assert message.endswith("mend what scripts/check names before docs/risks/index.md is reviewed")


def test_a_fault_on_another_page_does_not_stop_a_review(root: Path) -> None:
    wrong = FILES["docs/get-help.md"].replace("Call a doctor.", "Pain fell by 99 points.")
    (root / "docs/other.md").write_text(wrong, encoding="utf-8")
    assert "docs/other.md:14: number: " in refused(root, page="other/")
    assert signed(root).exists()


# ---- What is signed


def test_a_page_without_a_signature_is_unsigned(root: Path) -> None:
    assert list(status(load_site(root))) == [
        "docs/get-help.md: unsigned",
        "docs/risks/index.md: unsigned",
        "0 signed and current, 0 signed but changed since, 2 unsigned",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("docs/risks/index.md", "Ask how", "Ask them how"),
        ("docs/risks/index.md", "tells about pain", "tells of pain"),
        ("docs/get-help.md", "Call a doctor.", "Call your doctor."),
        (
            "data/sources/example2020-knee.yml",
            "says: Ten people left early.",
            "says: Ten people left the trial early.",
        ),
    ],
)
def test_a_signature_holds_until_what_was_read_changes(root: Path, name: str, old: str, new: str) -> None:
    signed(root)
    edit(root, "docs/risks/index.md", "checked: 2026-11-23", "checked: 2026-11-24")
    assert list(status(load_site(root)))[1] == (
        "docs/risks/index.md: signed and current (2026-11-22, Example Reviewer)"
    )
    edit(root, name, old, new)
    assert list(status(load_site(root)))[1:] == [
        "docs/risks/index.md: signed but changed since (2026-11-22, Example Reviewer)",
        "0 signed and current, 1 signed but changed since, 1 unsigned",
    ]


def test_a_newer_signature_makes_a_changed_page_current_again(root: Path) -> None:
    signed(root)
    edit(root, "docs/risks/index.md", "Ask how", "Ask them how")
    signed(root, reviewer="other", date="2026-11-23")
    assert list(status(load_site(root)))[1] == (
        "docs/risks/index.md: signed and current (2026-11-23, Other Example Reviewer)"
    )


# ---- The command


def test_a_refusal_is_told_on_stderr_with_status_1(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ["sign", "risks/", "--reviewer", "nobody", "--date", "2026-11-22", "--scope", "all"]
    assert main(["--root", str(root), *wrong], TODAY) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith('review: "nobody" is not in data/reviewers.yml')


def test_a_signature_is_told_with_its_file(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = ["sign", "risks/", "--reviewer", "example", "--date", "2026-11-22", "--scope", "all"]
    assert main(["--root", str(root), *right], TODAY) == 0
    assert capsys.readouterr().out.startswith("data/reviews/risks-index-2026-11-22-example.yml is written; commit it")


@pytest.mark.parametrize("arguments", [[], ["sign", "risks/"], ["approve"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_the_project_names_no_made_up_reviewer() -> None:
    names = yaml.safe_load((PROJECT / "data/reviewers.yml").read_text(encoding="utf-8"))
    assert not [one for one in names if "example" in f"{one['key']} {one['name']}".lower()]
