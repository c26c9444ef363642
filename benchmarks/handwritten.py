"""A page of ours as somebody would write it by hand: the same text, a few lines of style, no script."""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Any

from lxml import etree, html
from lxml.cssselect import CSSSelector

HERE = Path(__file__).parent
LEFT_OUT: Any = CSSSelector(
    "svg, script, style, link, ul.pw-notes, button, .pw-stamp, .pw-feedback", translator="html"
)


def handwritten(page: str) -> str:
    """Return the text of a built page in plain HTML."""
    tree: Any = html.document_fromstring(page)
    article = next(tree.iter("article"))
    for part in LEFT_OUT(article):
        part.drop_tree()
    for element in article.iter(etree.Element):
        for name in set(element.attrib) - {"href", "id"}:
            del element.attrib[name]
    text = str(html.tostring(article, encoding="unicode"))
    template = Template((HERE / "handwritten.html.template").read_text(encoding="utf-8"))
    return template.substitute(title=str(tree.findtext(".//title")), text=text)
