"""The page for clinics: its form, its content security lines and its list of addresses, filled after the build."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from plainwords.dress import FRAMES
from plainwords.embeds.assets import FOLDER, hashed_name
from plainwords.references import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from plainwords.embeds.pins import Stored
    from plainwords.embeds.render import Renderer
    from plainwords.embeds.write import Embeddable

ADDRESS = "for-clinics/"
TITLE_LENGTH = 60  # letters of a source, which has the title of its paper: they are many
SCRIPT = "for-clinics.js"
STYLE = "for-clinics.css"
GROUPS = {
    "faq/": "Answers",
    "glossary/": "Words",
    "get-help/": "Getting help",
    "sources/": "Sources",
    "about/": "About",
}
PLACES = {"choose-what-to-show": "clinics.html", "what-must-my-website-allow": "clinics-policy.html",
          "all-addresses": "clinics-list.html"}  # fmt: skip


SECTION_END = re.compile(r"<h2|<section[^>]*pw-sources|<aside|</article")


@dataclass(frozen=True)
class Choice:
    """A page that a clinic may choose: address, title, height of its frame, days of its stored versions."""

    address: str
    title: str
    height: int
    dates: str


def fill_page(
    out: Path, found: Sequence[Embeddable], stored: Sequence[Stored], scripts: Mapping[str, Any], renderer: Renderer
) -> None:
    """Fill the page for clinics, where the site has one."""
    path = out / ADDRESS / "index.html"
    if not path.exists():
        return
    settings = renderer.settings
    address = urlsplit(settings.address)
    values = {
        "site": settings.url("") if settings.is_set else "", "scripts": scripts, "options": renderer.options,
        "groups": groups(found, stored), "home": "../",
        "host": f"{address.scheme}://{address.netloc}" if settings.is_set else "https:// and the host of this site",
    }  # fmt: skip
    page = path.read_text(encoding="utf-8")
    for heading, template in PLACES.items():
        page = at_section_end(page, heading, renderer.fill(template, **values))
    path.write_text(_with_assets(out, page), encoding="utf-8")


def groups(found: Sequence[Embeddable], stored: Sequence[Stored]) -> list[tuple[str, list[Choice]]]:
    """Return the pages by kind, each kind by title: pages first, then answers, words and so on."""
    kinds: dict[str, list[Choice]] = {name: [] for name in ("Pages", *GROUPS.values())}
    for one in found:
        content = one.content
        dates = " ".join(each.date for each in reversed(stored) if each.pin.page == content.address)
        kind = GROUPS.get(content.address.partition("/")[0] + "/", "Pages")
        title = shortened(content.title, TITLE_LENGTH) if kind == GROUPS["sources/"] else content.title
        kinds[kind].append(Choice(content.address, title, one.folded.narrow, dates))
    return [(kind, sorted(choices, key=_by_title)) for kind, choices in kinds.items() if choices]


def _by_title(choice: Choice) -> str:
    return choice.title.casefold().lstrip("[“")


def at_section_end(page: str, heading: str, text: str) -> str:
    """Put a text at the end of the section that begins with a heading; raises where there is no such section."""
    start = page.find(f'id="{heading}"')
    if start < 0:
        raise ValueError(
            f'docs/for-clinics.md: no heading has the identifier "{heading}", below which a form belongs'
        )
    ends = [
        at
        for mark in ("<h2", '<section aria-labelledby="sources"', "</article")
        if (at := page.find(mark, start)) > 0
    ]
    end = min(ends)
    return page[:end] + text + page[end:]


def _with_assets(out: Path, page: str) -> str:
    """Link the page's own style and script, under names that hold their hash, and let it frame our pages."""
    names = {}
    for name in (SCRIPT, STYLE):
        data = (out / FOLDER / name).read_bytes()
        names[name] = hashed_name(name, data)
        (out / FOLDER / name).rename(out / FOLDER / names[name])
    tags = (
        f'<link rel="stylesheet" href="../{FOLDER}/{names[STYLE]}">'
        f'<script src="../{FOLDER}/{names[SCRIPT]}" defer></script></head>'
    )
    return page.replace(*FRAMES, 1).replace("</head>", tags, 1)
