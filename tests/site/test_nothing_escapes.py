"""The check reads every text that a reader gets: no text of a built page is unknown to it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup, Tag

from plainwords.check import load_site
from plainwords.prose import CITATION

if TYPE_CHECKING:
    from plainwords.pages import Page

ROOT = Path(__file__).resolve().parents[2]
SITE = load_site(ROOT)
MADE_BY_TEMPLATES = (
    ".pw-stamp, .pw-doors, .pw-dates, .pw-contact, .pw-feedback, .pw-part, .pw-sources, .pw-section-sources, "
    ".pw-notes, "
    ".pw-care__level, .pw-strip, .pw-figure__note, .pw-figure__arm, .pw-search, .pw-results, .pw-az, .pw-entries, "
    "#a-to-z, [id^=letter-], .pw-handout, .pf, .pf-list, .pf-policy, p:has(> a[download]), pre, sup"
)
BLOCK_TITLES = {"What we know", "What nobody knows"}  # data/labels.yml


def flat(text: str) -> str:
    """Return a text without spaces, marks of emphasis and a caption's number, to compare across dialects."""
    bare = CITATION.sub("", text).replace("\u201c", '"').replace("\u201d", '"')
    return re.sub(r"[\s*_`\\|]", "", re.sub(r"^Table \d+\.\s*", "", bare))


def read_texts() -> dict[str, str]:
    """Return for each page all that the check reads of it and of what it includes, as one flat text."""
    texts = {page.source: "".join(flat(unit.text) for unit in page.prose.units) for page in SITE.pages}
    for page in SITE.pages:
        for snippet, _ in page.prose.snippets:
            texts[page.source] += texts[snippet.partition(":")[0]]
    return texts


READ = read_texts()


@pytest.mark.parametrize("page", SITE.pages, ids=lambda page: page.source)
def test_every_text_of_the_page_was_read_by_the_check(page: Page) -> None:
    html = (ROOT / "site" / page.address / "index.html").read_text(encoding="utf-8")
    article = BeautifulSoup(html, "lxml").select_one("article")
    assert isinstance(article, Tag)
    for part in article.select(MADE_BY_TEMPLATES):
        part.decompose()
    blocks = article.select("p, li, td, th, figcaption, h2, h3, h4")
    unread = [
        text
        for block in blocks
        if not block.find(["p", "ul", "ol"])
        for text in [block.get_text()]
        if text.strip() not in BLOCK_TITLES and flat(text) not in READ[page.source]
    ]
    assert unread == []
