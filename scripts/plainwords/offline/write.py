"""Makes the offline copy from the built site: one zip with the same bytes each time, and its size beside it."""

from __future__ import annotations

import hashlib
import html
import json
import zipfile
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader
from lxml import html as markup

from plainwords.article import HEADINGS, article_of, inline, select
from plainwords.finish import long_date
from plainwords.offline.pages import PAGE, SEARCH, SEARCH_PAGE, Copy, needed, needed_by_style, parse, text_of, turned

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plainwords.finish import Settings
    from plainwords.pages import Page

HERE = Path(__file__).parent
FOLDER = "prolotherapy-in-plain-words"
ZIP = f"offline/{FOLDER}.zip"
SIZE = "offline/size.json"
PLACE = "<!-- pw:offline -->"  # on a page: the link to the copy, with its size
INDEX = "search-index.js"
LEFT_OUT = ("embed", "api", "offline", "handouts", "search")  # folders of the site that the copy does without
MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name
MODE = 0o100644 << 16
KILOBYTE = 1000
# How much a hit counts on pages made from records, against one on a page that a person wrote.
WEIGHTS = {"sources/": 0.15, "glossary/": 0.8}


def write(site: Path, pages: Sequence[Page], settings: Settings) -> None:
    """Write the zip and its size into the folder `site`, and the link to it where a page has a place for it."""
    files = copy_of(site, max(page.meta.checked for page in pages), settings)
    target = site / ZIP
    target.parent.mkdir(exist_ok=True)
    pack(target, files)
    size = {
        "file": ZIP,
        "bytes": target.stat().st_size,
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "pages": sum(1 for name in files if name.endswith(".html")),
    }
    (site / SIZE).write_text(json.dumps(size, indent=1) + "\n", encoding="utf-8")
    for page in pages:
        if PLACE in page.body:
            _link(site, page.address, target.stat().st_size)


def copy_of(site: Path, day: str, settings: Settings) -> dict[str, bytes]:
    """Return path and bytes of every file of the copy."""
    sources = dict(_pages(site))
    beside = sorted(set(_beside(site, sources)))
    known = frozenset([*sources, *beside, SEARCH, INDEX])
    copy = Copy(known, _notice(day, settings), settings)
    entries = sorted(_entries(site, sources))
    files = {path: text_of(turned(document, path, copy)) for path, document in sources.items()}
    files |= {path: (site / path).read_bytes() for path in beside}
    files[SEARCH] = _search_page(files[PAGE], entries)
    files[INDEX] = f"var pwOfflineIndex={json.dumps(entries, ensure_ascii=False)};\n".encode()
    files["read-me.txt"] = _read_me(day, settings).encode()
    return files


def _pages(site: Path) -> Iterator[tuple[str, Any]]:
    """Yield path and parsed text of every page for readers; signposts and notices of withdrawal are none."""
    for path in sorted(site.rglob(PAGE)):
        name = path.relative_to(site).as_posix()
        if name.partition("/")[0] not in LEFT_OUT:
            document = parse(path.read_bytes())
            if document.find(".//article") is not None and not document.xpath("//meta[@http-equiv='refresh']"):
                yield name, document


def _beside(site: Path, sources: Mapping[str, Any]) -> Iterator[str]:
    """Yield every file that the pages, or their style sheets, ask for."""
    for path, document in sources.items():
        for name in needed(document, path):
            if (site / name).is_file() and name not in (SEARCH_PAGE, PAGE):
                yield name
                if name.endswith(".css"):
                    yield from needed_by_style((site / name).read_text(encoding="utf-8"), name)


def _notice(day: str, settings: Settings) -> str:
    where = f' <a href="{html.escape(settings.address)}">Look online for newer text</a>.' if settings.is_set else ""
    said = f"Offline copy, as of {long_date(day)}. It does not change by itself, so it may be out of date."
    return f'<p class="pw-wrap pw-offline" style="margin-block:.7em"><small>{said}{where}</small></p>'


def _read_me(day: str, settings: Settings) -> str:
    where = f"The site itself: {settings.address}\n" if settings.is_set else ""
    template = Template((HERE / "read-me.txt").read_text(encoding="utf-8"))
    return template.substitute(name=settings.name, day=long_date(day), where=where)


# ---- Search


def _entries(site: Path, sources: Iterable[str]) -> Iterator[tuple[str, str, str, str, float]]:
    """Yield title, path, headings, text and weight of every page."""
    for path in sources:
        document = parse((site / path).read_bytes())
        heads = " ".join(inline(head) for name in HEADINGS for head in select(document, name))
        article = article_of(document)
        text = " ".join(" ".join(part.text.split()) for part in article.parts)
        weight = next((worth for folder, worth in WEIGHTS.items() if path.startswith(folder)), 1.0)
        yield article.title, path, heads, text, weight


def _search_page(start: bytes, entries: Iterable[tuple[str, str, str, str, float]]) -> bytes:
    """Return the search page: the start page of the copy with the search in place of its text."""
    templates = Environment(loader=FileSystemLoader(HERE), autoescape=False)  # noqa: S701  (escapes by itself)
    listed = sorted(((entry[0], entry[1]) for entry in entries), key=lambda one: one[0].lower())
    article = markup.fragment_fromstring(templates.get_template("search.html").render(pages=listed))
    document = parse(start)
    old = next(iter(select(document, "article")))
    old.getparent().replace(old, article)
    title = document.find("head/title")
    title.text = f"Find a page - {title.text}"
    for data in document.xpath("//script[@type='application/ld+json'] | //link[@rel='canonical']"):
        data.getparent().remove(data)
    return text_of(document)


# ---- Bytes


def pack(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a zip that has the same bytes on any day and machine."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", MOMENT)
            entry.external_attr, entry.create_system, entry.compress_type = MODE, 3, zipfile.ZIP_DEFLATED
            archive.writestr(entry, files[name])


def _link(site: Path, address: str, size: int) -> None:
    path = site / address / PAGE
    up = "../" * address.count("/")
    link = f'<p><a href="{up}{ZIP}" download>Get the offline copy</a> (zip, {size / KILOBYTE**2:.1f} MB)</p>'
    path.write_text(path.read_text(encoding="utf-8").replace(PLACE, link), encoding="utf-8")
