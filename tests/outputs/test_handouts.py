"""Handouts: tagged, readable without sight, two sides at most, the same bytes each time."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from pypdf import PdfReader

from plainwords.article import read_article
from plainwords.extensions.shared import labels_of
from plainwords.handouts.render import LINE, PAPERS, TEMPLATE, Studio, pdf_of
from plainwords.handouts.sheet import JOINER, Sheet, chosen, load_list, sheet_of
from plainwords.handouts.write import PLACE, write
from tests.outputs.conftest import NAME, NOT_SET, ROOT, SET, copy_pages
from tests.site.conftest import CONFIG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from plainwords.check import Site
    from plainwords.finish import Settings

ANSWER, RISKS = "faq/does-it-hurt/", "risks/"
AIDS = ("deciding/decision-aid-knee/", "deciding/decision-aid-tennis-elbow/")
FILLED_IN = ("What is good about each, and what is bad?", "What matters to you?", "Where do I stand now?")
MOST_BYTES = 45_000  # two printed sides with their typefaces
SIZES = {"a4": (595, 842), "letter": (612, 792)}  # points
LISTED = load_list(ROOT)


@pytest.fixture(scope="session")
def made(built: Path, content: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sheets of an answer and of the risks, made with an address."""
    folder = tmp_path_factory.mktemp("handouts")
    site = copy_pages(built, folder / "site", ("", ANSWER, RISKS))
    page = site / ANSWER / "index.html"
    text = PLACE.sub("", page.read_text(encoding="utf-8"))
    page.write_text(text.replace("</main>", "<!-- pw:handout --><!-- /pw:handout --></main>"), encoding="utf-8")
    assert write(site, content, SET, folder / "cache", [ANSWER, RISKS]) == (4, 4)
    return folder


@pytest.fixture(params=[f"{name}-{paper}" for name in ("faq-does-it-hurt", "risks") for paper in PAPERS])
def reader(request: pytest.FixtureRequest, made: Path) -> PdfReader:
    return PdfReader(made / f"site/handouts/{request.param}.pdf")


def elements(node: Any) -> Iterator[Any]:
    """Every element of the tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from elements(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def root_of(reader: PdfReader) -> Any:
    return reader.root_object


def roles(reader: PdfReader) -> list[str]:
    return [str(one["/S"]).lstrip("/") for one in elements(root_of(reader)["/StructTreeRoot"])]


def text_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


# ---- For readers who do not see it


def test_it_is_tagged_and_has_a_language_and_a_title(reader: PdfReader) -> None:
    root = root_of(reader)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata
    assert str(reader.metadata.title).endswith(f" - {NAME}")


def test_its_headings_lists_and_tables_are_marked(reader: PdfReader) -> None:
    found = roles(reader)
    levels = [int(one[1:]) for one in found if re.fullmatch(r"H\d", one)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert "P" in found
    assert found.count("LI") >= 2


def test_every_picture_says_what_it_shows(reader: PdfReader) -> None:
    figures = [one for one in elements(root_of(reader)["/StructTreeRoot"]) if one["/S"] == "/Figure"]
    assert len(figures) == 1
    assert str(figures[0]["/Alt"]).startswith(f"QR code that leads to {SET.address}")


def test_every_typeface_is_inside(reader: PdfReader) -> None:
    pages: list[Any] = list(reader.pages)
    fonts = {font.get_object()["/BaseFont"]: font for page in pages for font in page["/Resources"]["/Font"].values()}
    assert any("Source" in name for name in fonts)
    for name, font in fonts.items():
        (inner,) = font.get_object()["/DescendantFonts"]
        described = inner.get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(described), name


# ---- On paper


def test_it_has_two_sides_of_the_right_size_at_most_and_few_bytes(made: Path) -> None:
    for path in sorted((made / "site/handouts").glob("*.pdf")):
        assert path.stat().st_size <= MOST_BYTES, path.name
        reader = PdfReader(path)
        assert 1 <= len(reader.pages) <= 2, path.name
        paper = path.stem.rpartition("-")[2]
        assert {tuple(round(float(one)) for one in page.mediabox[2:]) for page in reader.pages} == {SIZES[paper]}


def test_it_says_what_it_is_and_how_sure(reader: PdfReader) -> None:
    text = text_of(reader)
    assert "Checked against its sources" in text
    assert "No clinician has reviewed this page yet" in text
    assert "My notes and questions" in text
    assert "Sources" in text
    assert "CC BY 4.0" in text
    assert SET.address in text.replace(" ", "")
    assert "PDF/UA" not in text


@pytest.mark.parametrize("paper", PAPERS)
def test_warnings_and_serious_harms_are_never_left_out(paper: str, made: Path) -> None:
    text = text_of(PdfReader(made / f"site/handouts/risks-{paper}.pdf"))
    assert "911 in the US and Canada" in text
    assert "What serious harm has been reported?" in text.partition("More on the page")[0]
    assert "What nobody knows" in text


# ---- The command


def test_two_runs_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    """Another process, elsewhere on the clock, with other hashes."""
    config = tmp_path / "mkdocs.yml"
    text = CONFIG.format(root=ROOT, address=SET.address, repository='""', contact="")
    config.write_text(text, encoding="utf-8")
    program = [
        sys.executable,
        "-m",
        "plainwords.handouts.write",
        "--site",
        str(made / "site"),
        "--config",
        str(config),
    ]
    names = [f"faq-does-it-hurt-{paper}.pdf" for paper in PAPERS]
    before = [(made / "site/handouts" / name).read_bytes() for name in names]
    done = subprocess.run(
        [*program, "--cache", str(tmp_path), ANSWER],
        env={**os.environ, "TZ": "Pacific/Auckland", "PYTHONHASHSEED": "11"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == f"handouts: 2 in {made / 'site/handouts'}, 2 of them made anew\n", done.stderr
    assert [(made / "site/handouts" / name).read_bytes() for name in names] == before


def test_what_did_not_change_comes_from_the_cache(made: Path, content: Site) -> None:
    assert write(made / "site", content, SET, made / "cache", [ANSWER]) == (2, 0)


def test_the_page_leads_to_its_sheet_and_a_list_says_where_they_are(made: Path, content: Site) -> None:
    write(made / "site", content, SET, made / "cache", [ANSWER])
    files = json.loads((made / "site/handouts/handouts.json").read_text(encoding="utf-8"))[ANSWER]
    for one in files.values():
        assert (made / "site" / one["file"]).stat().st_size == one["bytes"]
    soup = BeautifulSoup((made / "site" / ANSWER / "index.html").read_text(encoding="utf-8"), "lxml")
    found = [(str(link["href"]), link.get_text()) for link in soup.select(".pw-handout a")]
    assert found == [(f"../../{files['a4']['file']}", "A4"), (f"../../{files['letter']['file']}", "US Letter")]


def test_the_list_follows_its_published_schema(made: Path, built: Path) -> None:
    schema = json.loads((built / "api/v1/schemas/handouts.schema.json").read_text(encoding="utf-8"))
    files = json.loads((made / "site/handouts/handouts.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(files)) == []
    assert list(Draft202012Validator(schema).iter_errors(files | {ANSWER: {"a3": files[ANSWER]["a4"]}}))


def test_without_a_site_it_says_what_to_do(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "plainwords.handouts.write", "--site", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"handouts: {tmp_path} holds no site; run scripts/build first\n")


# ---- What stands on it


def sheet(built: Path, content: Site, address: str, settings: Settings) -> Sheet:
    page = next(one for one in content.pages if one.address == address)
    return sheet_of(built, page, content.library, LISTED, labels_of(str(ROOT))["depth"], settings)


def test_each_main_page_and_each_answer_has_a_sheet(content: Site) -> None:
    found = {page.source for page in chosen(content.pages, LISTED)}
    wanted = ("evidence/", "risks/", "get-help/", "visit/", "deciding/")
    missing = {page.source for page in content.pages if page.source.startswith(wanted) or page.meta.theme} - found
    assert missing == set()
    assert "faq/index.md" not in found
    assert not [source for source in found if source.startswith("about/")]


def letters(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def test_a_sheet_says_nothing_that_its_page_does_not(built: Path, content: Site) -> None:
    for page in chosen(content.pages, LISTED):
        one = sheet(built, content, page.address, NOT_SET)
        article = read_article(built / page.address / "index.html")
        said = {word for part in article.parts for word in letters(f"{part.name} {part.text}")}
        for block in (*one.head, *one.sides, *one.cards, *one.sections):
            soup = BeautifulSoup(block.html, "lxml")
            for mark in soup.select("sup"):
                assert re.fullmatch(JOINER + r"\d+(,\d+)*", mark.get_text()), page.path
                mark.decompose()
            assert not soup.select("a, img, svg, [id], [class], [style]")
            assert set(letters(soup.get_text(" "))) <= said, page.path
        assert set(one.sources) == set(article.sources)


def test_each_decision_aid_is_tried(content: Site) -> None:
    found = [page.address for page in content.pages if page.address.startswith("deciding/decision-aid-")]
    assert tuple(sorted(found)) == AIDS


@pytest.mark.parametrize("aid", AIDS)
def test_the_sheet_of_a_decision_aid_can_be_filled_in_and_no_row_of_it_is_torn(
    aid: str, built: Path, content: Site
) -> None:
    """A row that goes on in the next column would stand there without the name of its choice."""
    one = sheet(built, content, aid, NOT_SET)
    tables = [block for block in one.sections if block.name in FILLED_IN]
    assert [block.name for block in tables] == list(FILLED_IN)
    for paper in PAPERS:
        reader = PdfReader(BytesIO(pdf_of(one, paper, Studio(ROOT / "overrides", NAME, LISTED["words"]))))
        tags = list(elements(root_of(reader)["/StructTreeRoot"]))
        rows = [tag for tag in tags if tag["/S"] == "/TR" and row_cells(tag).count("/TD")]
        soup = BeautifulSoup("".join(block.html for block in tables), "lxml")
        assert len(rows) == len(soup.select("tbody tr"))
        assert all(name in text_of(reader).partition("More on the page")[0] for name in FILLED_IN)


def row_cells(row: Any) -> list[str]:
    return [str(one["/S"]) for one in elements(row["/K"])]


def test_without_an_address_it_says_so_and_has_no_code(built: Path, content: Site) -> None:
    one = sheet(built, content, ANSWER, NOT_SET)
    assert one.target == ""
    reader = PdfReader(BytesIO(pdf_of(one, "a4", Studio(ROOT / "overrides", NAME, LISTED["words"]))))
    assert "The address of this page is not set yet." in text_of(reader)
    assert "Figure" not in roles(reader)


def test_it_leads_to_the_newest_pinned_text_where_there_is_one(built: Path, content: Site, tmp_path: Path) -> None:
    site = copy_pages(built, tmp_path, (RISKS,))
    assert sheet(site, content, RISKS, SET).target == f"{SET.address}risks/"
    for day in ("2026-11-24", "2026-11-25"):
        (site / f"embed/v/{day}/risks").mkdir(parents=True)
        (site / f"embed/v/{day}/risks/index.html").write_text("", encoding="utf-8")
    found = sheet(site, content, RISKS, SET)
    assert (found.target, found.pinned) == (f"{SET.address}embed/v/2026-11-25/risks/", True)


def test_what_cannot_fit_is_an_error_not_a_third_side(built: Path, content: Site) -> None:
    one = sheet(built, content, ANSWER, NOT_SET)
    long = replace(one.sections[0], kind="main message", html="<p>word</p>" * 300)
    with pytest.raises(ValueError, match="faq/does-it-hurt/: does not fit on 2 sides of A4"):
        pdf_of(replace(one, head=(long,), sections=()), "a4", Studio(ROOT / "overrides", NAME, LISTED["words"]))


def test_the_lines_for_notes_are_as_far_apart_as_the_sum_takes_them_to_be() -> None:
    template = (ROOT / "overrides" / TEMPLATE).read_text(encoding="utf-8")
    assert re.findall(r"\.notes div \{ height: (\d+)mm", template) == [f"{LINE:.0f}"]
