"""Text from records as Markdown that shows it as it is, and the head of a page that is made from records."""

from __future__ import annotations

import html
import json
import re

from plainwords.prose import CITATION
from plainwords.references import shortened

SPECIAL = re.compile(r"([\\`*_\[\]])")
DESCRIPTION_LENGTH = 200


def literal(text: str) -> str:
    """Return text from a record so that Markdown and HTML show it as it is."""
    flat = html.escape(" ".join(text.split()), quote=False)
    return SPECIAL.sub(r"\\\1", flat).replace("{", "&#123;").replace("--8<--", "--8&lt;--")


def cited(text: str) -> str:
    """Return text from a record as `literal` does, but with its citation marks alive."""
    parts = CITATION.split(text)
    return "".join(literal_inside(part) if index % 2 == 0 else f"[^{part}]" for index, part in enumerate(parts))


def literal_inside(text: str) -> str:
    """Return `literal` text that keeps the space at its ends."""
    start = " " if text[:1].isspace() else ""
    end = " " if text.strip() and text[-1:].isspace() else ""
    return start + literal(text) + end


def head(origin: str, title: str, description: str, newest: str) -> str:
    """Return the front matter of a page made from `origin`; `newest` is the day a source was last read, or empty."""
    flat = " ".join(description.split())
    short = shortened(flat, DESCRIPTION_LENGTH)
    meta = {"title": title, "description": short, "read": newest}
    lines = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items() if value)
    return f"---\n# Made from {origin} by scripts/generate. Edit that file, not this one.\n{lines}\n---\n\n"
