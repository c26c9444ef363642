"""How a built page is dressed: the verdict in its head, style and script in place, files by content, its policy."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from plainwords.dress import Sheets, Wardrobe, dress, lift, wardrobe
from plainwords.styles import read_rules

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html>
<html lang="en">
<head>
  <!-- pw:policy -->
  <link rel="icon" href="../assets/favicon.svg">
  <link rel="preload" href="../assets/fonts/source-sans-3.woff2">
  <!-- pw:styles --><link rel="stylesheet" href="../assets/css/a.css"><!-- /pw:styles -->
</head>
<body>
  <header><h1>A page</h1><!-- pw:verdict --><div class="pw-stamp"></div></header>
  <div class="pw-body pw-more">
  <p class="verdict">It is so.</p>
  <p>More.<a data-findings="a.b" href="#source-1">1</a></p>
  </div>
  <!-- pw:scripts --><script src="../assets/js/page.js" defer></script><!-- /pw:scripts -->
</body>
</html>
"""
FIRST = '@font-face { src: url("../fonts/source-sans-3.woff2"); } .pw-popup { top: 0; } .pw-gone { top: 1px; }'
CLOTHES = Wardrobe(
    read_rules([FIRST]),
    read_rules([FIRST, ".pw-body { left: 0; } .pw-gone { left: 1px; }"]),
    "assets/more.0123456789.css",
    {
        "assets/js/page.js": "assets/js/page.1.js",
        "assets/fonts/source-sans-3.woff2": "assets/fonts/source-sans-3.2.woff2",
    },
    {"assets/js/page.js": frozenset({"pw-popup"})},
)


def dressed(text: str = PAGE) -> BeautifulSoup:
    return BeautifulSoup(dress(text, CLOTHES), "lxml")


def digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def test_the_verdict_goes_into_the_head_before_the_stamp() -> None:
    soup = dressed()
    assert [tag.name for tag in soup.select("header > *")] == ["h1", "p", "div"]
    assert soup.select_one("header .verdict")
    assert not soup.select(".pw-body .verdict")


def test_the_rest_of_the_style_comes_before_the_text_that_needs_it() -> None:
    soup = dressed()
    link = soup.select_one('link[href="../assets/more.0123456789.css"]')
    assert link
    assert link.find_next_sibling() == soup.select_one(".pw-body")
    assert "left" not in str(soup.style)


def test_a_page_whose_list_fills_the_screen_has_its_whole_style_itself_and_the_rest_last() -> None:
    text = PAGE.replace('<div class="pw-body', '<!-- pw:whole-style --><div class="pw-body')
    assert text != PAGE
    soup = dressed(text)
    assert soup.select("body > *")[-1]["href"] == "../assets/more.0123456789.css"
    assert "left:0" in str(soup.style)
    assert "1px" not in str(soup.style)
    assert "pw:whole-style" not in str(soup)


def test_a_page_without_a_verdict_stays_in_order() -> None:
    text = PAGE.replace('<p class="verdict">It is so.</p>', "")
    assert "pw:verdict" not in lift(text)
    assert dressed(text).select_one(".pw-body p")


def test_only_a_verdict_at_the_start_of_the_text_is_lifted() -> None:
    text = PAGE.replace('<p class="verdict">It is so.</p>', '<p>First.</p><p class="verdict">It is so.</p>')
    assert dressed(text).select(".pw-body .verdict")


def test_the_style_holds_what_page_and_scripts_use() -> None:
    (style,) = dressed().select("style")
    assert style.get_text() == ('@font-face{src:url("../assets/fonts/source-sans-3.2.woff2")}.pw-popup{top:0}')


def test_files_are_named_by_content_and_the_rest_of_the_style_comes_before_the_text() -> None:
    soup = dressed()
    assert [link["href"] for link in soup.select("link[rel=preload]")] == ["../assets/fonts/source-sans-3.2.woff2"]
    (rest,) = soup.select("link[rel=stylesheet]")
    assert rest["href"] == "../assets/more.0123456789.css"
    following = rest.find_next_sibling()
    assert following
    assert "pw-body" in following["class"]
    assert soup.html
    assert soup.html["data-scripts"] == "../assets/js/page.1.js"
    assert not soup.select("script[src]")


def test_the_policy_names_each_inline_style_and_script() -> None:
    text = PAGE.replace("</body>", '<script type="application/ld+json">{"a": 1}</script></body>')
    soup = dressed(text)
    (meta,) = soup.select("meta[http-equiv]")
    found = re.findall(r"'sha256-[^']+'", str(meta["content"]))
    assert found == [digest(one.get_text()) for one in soup.select("style, script")]
    assert len(found) == 3
    assert "unsafe" not in str(meta["content"])


def test_a_page_with_a_search_box_sends_the_words_behind_a_hash() -> None:
    (plain,) = dressed().select("script")
    (asking,) = dressed(PAGE.replace("More.", '<form role="search"></form>')).select("script")
    assert "submit" not in plain.get_text()
    assert '"#q="+encodeURIComponent' in asking.get_text()


def test_links_to_others_send_no_referrer() -> None:
    links = '<a href="https://a.example">a</a><a rel="license" href="https://b.example">b</a><a href="../c/">c</a>'
    found = {link.get_text(): link.get("rel") for link in dressed(PAGE.replace("More.", links)).select("p a")}
    assert found == {"a": ["noreferrer"], "b": ["license"], "c": None, "1": None}


def test_no_note_to_the_build_is_left() -> None:
    text = dress(PAGE, CLOTHES)
    assert "<!--" not in text
    assert "data-findings" not in text


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder as MkDocs leaves it."""
    files = {
        "assets/css/a.css": ".pw-a { top: 0; }\n",
        "assets/css/b.css": "/* note */ .pw-b { top: 0; }\n",
        "assets/js/page.js": "const a = 'pw-popup';  // note\n",
        "assets/fonts/source-sans-3.woff2": "font",
        "assets/fonts/README.md": "for editors",
        "assets/stylesheets/main.css": "theme",
        "assets/javascripts/deep/er.js": "theme",
        "assets/favicon.svg": "<svg/>",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_what_no_page_asks_for_goes(made: Path) -> None:
    clothes = wardrobe(made, Sheets(("assets/css/a.css",), ("assets/css/b.css",)))
    left = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert left == {clothes.rest, *clothes.names.values(), "assets/favicon.svg"}
    assert not (made / "assets/javascripts").exists()


def test_a_name_follows_from_the_content_alone(made: Path) -> None:
    clothes = wardrobe(made, Sheets(("assets/css/a.css",), ("assets/css/b.css",)))
    for name in (clothes.rest, *clothes.names.values()):
        digest_in_name = name.split(".")[1]
        assert hashlib.sha256((made / name).read_bytes()).hexdigest().startswith(digest_in_name)
    assert (made / clothes.rest).read_text(encoding="utf-8") == ".pw-b{top:0}"
    assert clothes.scripted == {"assets/js/page.js": {"pw-popup"}}


def test_what_only_the_build_reads_is_left_out() -> None:
    marked = '<p class="no-terms">a</p><p class="b no-terms">b</p><p class="no-terms c" data-source="x">no-terms</p>'
    text = str(dressed(PAGE.replace("More.", marked)).select_one(".pw-body"))
    assert '<p>a</p><p class="b">b</p><p class="c">no-terms</p>' in text
