"""How a built page is dressed for readers: its head in order, its style, files named by content, its policy.

A page asks for nothing but itself, one style sheet, the typeface and a small script that comes after it is shown.
Its content-security policy allows our own origin only, and no inline script or style but those whose digest it names.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rcssmin
import rjsmin

from plainwords.styles import Rule, classes_in, read_rules, style_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STYLES = re.compile(r"<!-- pw:styles -->(.*?)<!-- /pw:styles -->", re.DOTALL)
SCRIPTS = re.compile(r"<!-- pw:scripts -->(.*?)<!-- /pw:scripts -->", re.DOTALL)
POLICY = "<!-- pw:policy -->"
POLICY_PLACE = "\0policy\0"
VERDICT = "<!-- pw:verdict -->"
HEAD_LINES = re.compile(
    r'(<div class="pw-body[^"]*">)\s*((?:<p class="[^"]*\bverdict\b[^"]*">.*?</p>\s*)+)', re.DOTALL
)
FOR_THE_BUILD = re.compile(r' data-(?:findings|source)="[^"]*"')  # what only the steps before this one read
NO_TERMS = ((' class="no-terms"', ""), (' class="no-terms ', ' class="'), (' no-terms"', '"'))  # this too
NOTE_TO_THE_BUILD = re.compile(r"<!--(?! /?pw:(?:handout|offline)).*?-->", re.DOTALL)  # these come later
AS_TYPED = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
BODY = re.compile(r'<div class="pw-body')  # the rest of the style comes here: what stands before is shown without it
WHOLE = "<!-- pw:whole-style -->"  # a page whose list fills its first screen: it has all its style itself
BODY_END = re.compile(r"</body>")  # there the rest comes last, for the pages to come
OUTSIDE = re.compile(r'<a (?=[^>]*\bhref="https?:)(?![^>]*\brel=)')  # tells the other site of no illness
INLINE = re.compile(r"<script(?: type=[^>]*)?>(.*?)</script>", re.DOTALL)  # linked data too: some readers ask for it
WRITTEN_OUT = re.compile(r"<script>\n(.*?)</script>", re.DOTALL)  # of one page alone, on lines of its own
SOURCE = re.compile(r'(?:src|href)="([^"]+)"')
LOADER = (
    'addEventListener("load",()=>{for(let s of document.documentElement.dataset.scripts.split(" "))'
    '{let e=document.createElement("script");e.src=s;document.body.append(e)}})'
)
ASKER = (  # what is typed goes behind a "#", which no server gets to see
    'addEventListener("submit",e=>{e.preventDefault();let f=e.target;'
    'location.href=f.action+"#q="+encodeURIComponent(f.elements[0].value)})'
)
POLICY_TEXT = (
    "default-src 'none'; style-src 'self' {style}; script-src 'self' {script}; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'"
)
FRAMES = ("connect-src 'self'", "connect-src 'self'; frame-src 'self'")  # for a page that shows another one of ours
THEME = ("assets/stylesheets", "assets/javascripts", "assets/images")  # of the theme; nothing of it is used
OURS = ("assets/css", "assets/js", "assets/fonts")


@dataclass(frozen=True)
class Wardrobe:
    """The rules that go into pages, all rules, the file of those that do not, and our files' names by content."""

    rules: tuple[Rule, ...]
    all_rules: tuple[Rule, ...]
    rest: str
    names: Mapping[str, str]
    scripted: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Sheets:
    """Our style sheets in their order: those that go into each page, and the others."""

    inside: tuple[str, ...]
    beside: tuple[str, ...]


def wardrobe(site: Path, sheets: Sheets) -> Wardrobe:
    """Read our style sheets, and rename scripts and typeface in `site` by content; the theme's own files go."""
    names: dict[str, str] = {}
    scripted: dict[str, frozenset[str]] = {}
    for path in sorted((site / "assets/js").glob("*.js")):
        text = path.read_text(encoding="utf-8")
        scripted[f"assets/js/{path.name}"] = frozenset(re.findall(r"\bpw-[\w-]+", text))
        path.write_text(rjsmin.jsmin(text), encoding="utf-8")
        names[f"assets/js/{path.name}"] = _by_content(site, path)
    for path in sorted((site / "assets/fonts").glob("*.woff2")):
        names[f"assets/fonts/{path.name}"] = _by_content(site, path)
    inside = [(site / sheet).read_text(encoding="utf-8") for sheet in sheets.inside]
    beside = [(site / sheet).read_text(encoding="utf-8") for sheet in sheets.beside]
    rest = site / "assets/more.css"
    rest.write_text(rcssmin.cssmin("\n".join(beside)), encoding="utf-8")
    _clear(site)
    rules = read_rules(inside)
    return Wardrobe(rules, rules + read_rules(beside), _by_content(site, rest), names, scripted)


def dress(text: str, clothes: Wardrobe) -> str:
    """Return a page with its verdict in the head, its style and script in place, and its policy."""
    text = OUTSIDE.sub('<a rel="noreferrer" ', _without_hints(lift(text)))
    scripts = [_plain(found) for part in SCRIPTS.findall(text) for found in SOURCE.findall(part)]
    up = _up(text)
    classes = classes_in(text).union(*(clothes.scripted[script] for script in scripts))
    font = clothes.names.get(FONT, FONT)
    whole = WHOLE in text
    style = style_for(clothes.all_rules if whole else clothes.rules, classes)
    style = style.replace(FONT.replace("assets", ".."), up + font)
    text = text.replace(up + FONT, up + font)
    loads = " ".join(up + clothes.names[script] for script in scripts)
    script = (ASKER + ";" if 'role="search"' in text else "") + LOADER
    text = STYLES.sub(lambda _: f"<style>{style}</style>", text)
    place = BODY_END if whole else BODY
    text = place.sub(lambda found: f'<link rel="stylesheet" href="{up}{clothes.rest}">{found[0]}', text, count=1)
    text = SCRIPTS.sub(lambda _: f"<script>{script}</script>", text)
    text = WRITTEN_OUT.sub(lambda found: f"<script>{rjsmin.jsmin(found[1]).strip()}</script>", text)
    text = text.replace('<html lang="en">', f'<html lang="en" data-scripts="{loads}">', 1)
    text = _without_indents(NOTE_TO_THE_BUILD.sub("", text.replace(POLICY, POLICY_PLACE, 1)))
    return text.replace(POLICY_PLACE, _policy(style, INLINE.findall(text)), 1)


FONT = "assets/fonts/source-sans-3.woff2"


def lift(text: str) -> str:
    """Move the verdict from the start of the text into the head, before the review stamp."""
    found = HEAD_LINES.search(text)
    if not found:
        return text.replace(VERDICT, "")
    text = text[: found.start()] + found[1] + text[found.end() :]
    return text.replace(VERDICT, found[2].strip())


def _without_hints(text: str) -> str:
    """Take away what earlier steps of the build alone read."""
    for hint, rest in NO_TERMS:
        text = text.replace(hint, rest)
    return FOR_THE_BUILD.sub("", text)


def _without_indents(text: str) -> str:
    """Take away what line starts carry, but where text is shown as it was typed."""
    parts = AS_TYPED.split(text)
    return "".join(part if index % 2 else _unindented(part) for index, part in enumerate(parts))


def _unindented(text: str) -> str:
    """Take away the spaces around line ends, and empty lines."""
    first, *inner = text.split("\n")
    if not inner:
        return text
    stripped = filter(None, map(str.strip, inner[:-1]))
    return "\n".join((first.rstrip(), *stripped, inner[-1].lstrip()))


def _up(text: str) -> str:
    """Return the way from the page to the site's root, as its own links have it."""
    found = re.search(r'<link rel="icon" href="([^"]*)assets/', text)
    return found[1] if found else ""


def _plain(address: str) -> str:
    """Return an address below the site's root, without the way up to it."""
    return address[address.index("assets/") :]


def _by_content(site: Path, path: Path) -> str:
    """Rename a file by its content; return its new address below the site's root."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:10]
    new = path.with_name(f"{path.stem}.{digest}{path.suffix}")
    path.rename(new)
    return new.relative_to(site).as_posix()


def _clear(site: Path) -> None:
    """Take away what no page asks for: the theme's files, our separate style sheets, notes to editors."""
    for folder in (*THEME, "assets/css"):
        for path in sorted((site / folder).rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        if (site / folder).exists():
            (site / folder).rmdir()
    for path in (site / "assets").rglob("README.*"):
        path.unlink()


def _policy(style: str, scripts: Iterable[str]) -> str:
    digests = " ".join(f"'{_digest(script)}'" for script in scripts)
    content = POLICY_TEXT.format(style=f"'{_digest(style)}'", script=digests)
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
