"""The options of embeds: closed lists, colours that can be read, short signs that say nothing new."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwords.embeds.content import Content, block_of, read_content
from plainwords.embeds.fold import BUDGET, fold
from plainwords.embeds.options import FILE, Options, leaves_out, load_options, option_problems
from plainwords.tree import parse_part
from tests.conftest import REAL

if TYPE_CHECKING:
    from pathlib import Path

PAPERS = ("#fdfcf9", "#0f1412")
ENOUGH = 7.0  # contrast of text, as elsewhere on the site


def luminance(colour: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_every_accent_can_be_read_on_both_papers() -> None:
    for name, colours in load_options(REAL).accents.items():
        for colour, paper in zip(colours, PAPERS, strict=True):
            assert contrast(colour, paper) >= ENOUGH, f"{name}: {colour} on {paper}"


@pytest.mark.parametrize(
    ("short", "whole", "right"),
    [
        ("Breathing is hard", "Breathing is hard, or brings a sudden sharp pain.", True),
        ("Breathing brings pain", "Breathing is hard, or brings a sudden sharp pain.", True),
        ("Breathing is easy", "Breathing is hard, or brings a sudden sharp pain.", False),
        ("Pain is hard", "Breathing is hard, or brings a sudden sharp pain.", False),
    ],
)
def test_a_short_sign_only_leaves_words_out(short: str, whole: str, right: bool) -> None:  # noqa: FBT001
    assert leaves_out(short, whole) is right


def test_wrong_options_are_named_with_their_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / FILE).write_text(
        "themes: [pink]\naccents: {green: ['#00513d', red]}\nheadings: [1]\n", encoding="utf-8"
    )
    said = [str(one) for one in option_problems(tmp_path, [])]
    assert len(said) == 2
    assert all(one.startswith(f"{FILE}:") and ": record: " in one for one in said)


def test_a_card_and_its_short_signs_go_together(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    text = "themes: [light]\naccents: {green: ['#00513d', '#8fdcbe']}\nheadings: [1]\nemergency: [You faint]\n"
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    (found,) = option_problems(tmp_path, [])
    assert str(found).startswith(f"{FILE}:4: embed: 1 short signs, but the card in docs/get-help/emergency.md has 0")


# ---- Reading and folding

PAGE = """<head><meta name="description" content="A sentence."></head><article class="pw-page">
<header class="pw-head"><h1>Title</h1><p class="verdict">The message.</p>
<div class="pw-stamp"><p>Checked 1 May 2026</p><p class="pw-stamp__review"><strong>Nobody</strong></p></div></header>
<p onclick="x()" style="color: red" class="advice other">Lead<sup class="pw-cite"><a aria-label="Source 1: A 2020"
 data-findings="a.b" href="#source-1" id="cite-1-1">1</a></sup>.</p>
<script>x</script><ul class="pw-notes"><li>A</li></ul>
<h2 id="one">One?</h2><p>Text one.</p>
<section class="pw-care pw-care--emergency"><p class="pw-care__level">Emergency</p><p><strong>Call if:</strong></p>
<ul><li>You faint. Lie down.</li></ul></section>
<section class="pw-sources"><h2 id="sources">Sources</h2><ol><li id="source-1">A</li></ol></section></article>"""
PLAIN = Options(themes=("light",), accents={"green": ("#00513d", "#8fdcbe")}, headings=(1,))


def content() -> Content:
    found = read_content(PAGE, "a/")
    assert found
    return found


def test_a_page_is_read_without_what_only_the_page_needs() -> None:
    found = content()
    assert (found.title, found.message, found.checked) == ("Title", "The message.", "Checked 1 May 2026")
    assert found.review == "<strong>Nobody</strong>"
    assert [block.kind for block in found.blocks] == ["lead", "part", "sources"]
    lead = found.blocks[0].body.strip()
    assert (
        lead
        == '<p class="advice">Lead<sup class="pw-cite"><a aria-label="Source 1" href="#source-1">1</a></sup>.</p>'
    )


def test_a_page_without_an_article_has_no_embed() -> None:
    assert read_content("<html><body><h1>x</h1></body></html>", "x/") is None


def test_the_digest_of_the_words_does_not_see_markup() -> None:
    other = read_content(PAGE.replace("<p>Text one.</p>", "<p><em>Text</em> one.</p>"), "a/")
    changed = read_content(PAGE.replace("Text one.", "Text two."), "a/")
    assert other
    assert changed
    assert other.digest == content().digest != changed.digest


def test_a_short_page_is_not_folded_and_its_card_stands_first() -> None:
    folded = fold(content(), PLAIN)
    assert "<details" not in folded.html
    assert folded.html.index("You faint<") < folded.html.index("Lead")
    assert folded.narrow < BUDGET


def test_a_long_page_folds_and_keeps_every_word() -> None:
    texts = (parse_part(f"<p>{'word ' * 200}{n}.</p>") for n in range(40))
    parts = tuple(block_of("part", f"n{n}", f"Part {n}?", [text], whole=False) for n, text in enumerate(texts))
    long = Content("a/", "Title", "", "The message.", "", "", parts)
    folded = fold(long, PLAIN)
    assert folded.narrow <= BUDGET
    assert folded.html.count("<details") == 41
    assert all(f"{n}.</p>" in folded.html for n in range(40))
    assert "more parts</summary>" in folded.html
