"""Templates filled: the article that other websites show, and the self-contained page around it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.embeds.options import Options
    from plainwords.finish import Settings

TEMPLATES = "overrides/embed"
STYLE = "overrides/assets/embed.css"
FRAME = "overrides/assets/embed/frame.js"
VERSION_LENGTH = 12
POLICY = (
    "default-src 'none'; script-src 'sha256-{script}'; style-src 'sha256-{style}'; img-src 'self' data:; "
    "base-uri 'self'; form-action 'none'"
)
LINK = re.compile(r'(<[a-z][^>]*? (?:href|src)=")([^"]*)(")')


@dataclass(frozen=True)
class Shown:
    """What an article says: the page it comes from, title, stamp, text (HTML), notices (HTML), date of a version."""

    address: str
    title: str
    checked: str
    review: str
    text: str
    notices: tuple[str, ...] = ()
    date: str = ""

    @property
    def version(self) -> str:
        """The first letters of the text's SHA-256, by which everybody can tell two versions apart."""
        return sha256(self.text)[:VERSION_LENGTH]


class Renderer:
    """The templates, style and script of embeds, and the site they belong to."""

    def __init__(self, root: Path, settings: Settings, options: Options, author: str) -> None:
        self.root, self.settings, self.options, self.author = root, settings, options, author
        self.templates = Environment(
            loader=FileSystemLoader(root / TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    @cached_property
    def style(self) -> str:
        """The style of embeds, with the accents of the options and without needless space."""
        text = (self.root / STYLE).read_text(encoding="utf-8")
        return _squeezed(text.replace("/* accents */", accent_rules(self.options)))

    @cached_property
    def script(self) -> str:
        """The script inside an embed, with the accents that it may be asked for."""
        text = (self.root / FRAME).read_text(encoding="utf-8")
        names = json.dumps(list(self.options.accents)[1:])
        return re.sub(r"\n\s*", "\n", text.replace("[/* accents */]", names)).strip()

    @cached_property
    def policy(self) -> str:
        """The content security policy of an embed: its own style and script, images, nothing else."""
        return POLICY.format(script=_csp_hash(self.script), style=_csp_hash(self.style))

    def article(self, shown: Shown) -> str:
        """Return the article with links relative to the address of the page it comes from."""
        address = self.settings.url(shown.address).partition("://")[2] if self.settings.is_set else ""
        text = self.fill(
            "article.html", home="./", title=shown.title, checked=shown.checked, review=shown.review,
            text=shown.text, version=shown.version, notices=shown.notices,
            address=address, author=self.author, date=shown.date,
        )  # fmt: skip
        return text.strip()

    def fragment(self, shown: Shown, article: str) -> str:
        """Return the article to be copied: with absolute links where the site's address is set."""
        if not self.settings.is_set:
            return article + "\n"
        here = self.settings.url(shown.address)
        return LINK.sub(lambda found: found[1] + _absolute(here, found[2]) + found[3], article) + "\n"

    def page(self, shown: Shown, article: str, folder: str, oembed: str = "") -> str:
        """Return the page around an article that stands in `folder`; `oembed` is the address of its oEmbed answer."""
        up = "../" * folder.count("/")
        return self.fill(
            "page.html", title=shown.title, policy=self.policy, base=(up + shown.address) or "./",
            canonical=self.settings.url(shown.address) if self.settings.is_set else "",
            oembed=oembed, style=self.style, script=self.script, article=article,
        )  # fmt: skip

    def fill(self, name: str, **values: Any) -> str:
        """Return a template of `overrides/embed/`, filled."""
        return self.templates.get_template(name).render(site_name=self.settings.name, **values) + "\n"


def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def integrity(data: bytes) -> str:
    """Return the SRI value of a file (https://www.w3.org/TR/SRI/)."""
    return "sha384-" + base64.b64encode(hashlib.sha384(data).digest()).decode()


def accent_rules(options: Options) -> str:
    """Return the CSS of the accents that may be asked for; the first needs no rule."""
    light, dark, auto = [], [], []
    for name, (on_light, on_dark) in list(options.accents.items())[1:]:
        light.append(f'[data-accent="{name}"] {{ --link: {on_light}; --rule: {on_light}; }}')
        dark.append(f'[data-theme="dark"][data-accent="{name}"] {{ --link: {on_dark}; --rule: {on_dark}; }}')
        auto.append(f'[data-theme="auto"][data-accent="{name}"] {{ --link: {on_dark}; --rule: {on_dark}; }}')
    rules = "\n".join([*light, *dark])
    return f"{rules}\n@media (prefers-color-scheme: dark) {{ {' '.join(auto)} }}" if light else ""


def _absolute(here: str, link: str) -> str:
    """Return a link as an absolute one; those within the text stay."""
    return link if link.startswith("#") else urljoin(here, link)


def _csp_hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _squeezed(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    return re.sub(r" ?([{};,]) ?", r"\1", css).replace(": ", ":").replace(";}", "}").strip()
