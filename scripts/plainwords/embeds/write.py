"""Writes what other websites need beside each built page: its embed, its fragment, its oEmbed answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwords.embeds import oembed
from plainwords.embeds.assets import write_scripts
from plainwords.embeds.clinics import fill_page
from plainwords.embeds.content import Content, read_content
from plainwords.embeds.fold import LIMIT, NO_DAY, Folded, fold
from plainwords.embeds.options import Options, load_options
from plainwords.embeds.pins import TEXT, load_pins, notices, review_line
from plainwords.embeds.render import Renderer, Shown
from plainwords.finish import long_date
from plainwords.site_rules import ADDRESSES, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.check import Site
    from plainwords.embeds.pins import Stored
    from plainwords.finish import Settings

EMBED = "embed/"
FRAGMENT = "fragment.html"
OEMBED = "oembed.json"
AUTHOR = "Prolotherapy in Plain Words contributors"


@dataclass(frozen=True)
class Embeddable:
    """A page that can be embedded: its content, and its text folded."""

    content: Content
    folded: Folded


def write(site: Site, out: Path, settings: Settings) -> None:
    """Write the embeds of every page of the built site in `out`, of a project that has options for them."""
    options = load_options(site.root)
    renderer = Renderer(site.root, settings, options, AUTHOR)
    scripts = write_scripts(site.root, out, renderer)
    found = list(embeddables(out, options))
    for one in found:
        _write_page(out, one, renderer)
    stored = load_pins(site.root)
    _write_versions(site, out, stored, found, renderer)
    fill_page(out, found, stored, scripts, renderer)


def embeddables(site: Path, options: Options) -> Iterator[Embeddable]:
    """Yield every built page that holds an article, but for those that the options leave out and the 404."""
    for path in sorted(site.rglob("index.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        if address.startswith(EMBED) or address in options.never_embedded:
            continue
        content = read_content(path.read_bytes().decode(), address)
        if content:
            yield Embeddable(content, fold(content, options))


def shown(one: Embeddable) -> Shown:
    """Return what the article of a page says."""
    content = one.content
    return Shown(content.address, content.title, content.checked or NO_DAY, content.review, one.folded.html)


def _write_page(site: Path, one: Embeddable, renderer: Renderer) -> None:
    address, said = one.content.address, shown(one)
    folder = site / EMBED / address
    folder.mkdir(parents=True, exist_ok=True)
    answer = renderer.settings.url(address) + OEMBED if renderer.settings.is_set else ""
    article = renderer.article(said)
    (folder / "index.html").write_bytes(renderer.page(said, article, EMBED + address, answer).encode())
    (site / address / FRAGMENT).write_bytes(renderer.fragment(said, article).encode())
    if renderer.settings.is_set:
        _write_oembed(site, one, renderer.settings)


def _write_oembed(site: Path, one: Embeddable, settings: Settings) -> None:
    content = one.content
    text = oembed.answer(settings, content.address, content.title, content.description, one.folded.wide)
    (site / content.address / OEMBED).write_text(text, encoding="utf-8")
    path = site / content.address / "index.html"
    page = path.read_text(encoding="utf-8")
    path.write_text(oembed.linked(page, settings, content.address, content.title), encoding="utf-8")


def _write_versions(
    site: Site, out: Path, stored: Sequence[Stored], found: Sequence[Embeddable], renderer: Renderer
) -> None:
    """Write every stored version with what became of it since."""
    words = {one.content.address: one.content.digest for one in found}
    gone = {address.lstrip("/") for address, fate, _ in listed(site.root, ADDRESSES) if fate}
    sources = {page.address: page.source for page in site.pages}
    for one in stored:
        page = one.pin.page
        later = [other for other in stored if other.pin.page == page and other.date > one.date]
        said = Shown(
            page, one.pin.title, one.pin.stamp, review_line(one, sources.get(page), site.library), one.text,
            notices(one, later, words.get(page), withdrawn=page in gone), long_date(one.date),
        )  # fmt: skip
        _write_version(out, said, f"{EMBED}v/{one.date}/{page}", renderer)


def _write_version(out: Path, said: Shown, folder: str, renderer: Renderer) -> None:
    settings = renderer.settings
    target = settings.url(folder) + OEMBED if settings.is_set else ""
    article = renderer.article(said)
    page, fragment = renderer.page(said, article, folder, target), renderer.fragment(said, article)
    texts = {"index.html": page, FRAGMENT: fragment, TEXT: said.text}
    if target:
        sentence = f"Version of {said.date}."
        texts[OEMBED] = oembed.answer(settings, said.address, said.title, sentence, LIMIT, folder)
    (out / folder).mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / folder / name).write_text(text, encoding="utf-8")
