"""oEmbed (https://oembed.com): what lets a page's pasted address turn into its embed."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainwords.finish import Settings

WIDTH = 600
CACHE_SECONDS = 86400
CANONICAL = re.compile(r'<link rel="canonical"[^>]*>')


def answer(settings: Settings, address: str, title: str, sentence: str, height: int, folder: str = "") -> str:
    """Return the oEmbed answer of a page as JSON; the blockquote comes first, or WordPress loads no script."""
    name = f"{title} - {settings.name}"
    quote = (
        f'<blockquote><a href="{settings.url(address)}">{html.escape(title)}</a> {html.escape(sentence)}</blockquote>'
    )
    frame = (
        f'<iframe src="{settings.url(folder or "embed/" + address)}" width="100%" height="{height}" frameborder="0" '
        f'title="{html.escape(name)}"></iframe>'
    )
    data = {
        "version": "1.0", "type": "rich", "title": title, "provider_name": settings.name,
        "provider_url": settings.url(""), "cache_age": CACHE_SECONDS, "width": WIDTH, "height": height,
        "html": quote + frame,
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def linked(page: str, settings: Settings, address: str, title: str) -> str:
    """Return a page with the link to its oEmbed answer, beside its canonical link; raises where there is none."""
    target = settings.url(address) + "oembed.json"
    link = f'<link rel="alternate" type="application/json+oembed" href="{target}" title="{html.escape(title)}">'
    text, count = CANONICAL.subn(lambda found: f"{found[0]}\n  {link}", page, count=1)
    if not count:
        raise ValueError(f"{address or 'the home page'}: no canonical link, beside which the oEmbed link belongs")
    return text
