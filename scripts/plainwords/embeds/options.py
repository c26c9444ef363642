"""What embeds may look like and what is never folded: `data/embeds.yml`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import Field, StringConstraints, ValidationError

from plainwords.problems import Problem
from plainwords.prose import CITATION
from plainwords.records import Key, Record, Text
from plainwords.yamltext import read_yaml, validation_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.pages import Page

FILE = "data/embeds.yml"
CARD = "get-help/emergency.md"
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]


class Options(Record):
    """The closed lists from which a clinic chooses, and the parts of pages that stay in sight.

    never_embedded: addresses of pages without an embed.
    themes: the values of `theme=`; the first is the default.
    accents: the values of `accent=`, each with its colour on light and on dark paper; the first is the default.
    headings: the values of `heading=`, the level of an embed's title; the first is the default.
    harms: identifiers of sections that name harms: list items that begin in bold, or rows of a tally.
    harms_heading: what stands above them.
    emergency: a shorter form of each sign of the emergency card, in its order.
    """

    never_embedded: tuple[str, ...] = ()
    themes: tuple[Literal["light", "dark", "auto"], ...] = Field(min_length=1)
    accents: dict[Key, tuple[Colour, Colour]] = Field(min_length=1)
    headings: tuple[int, ...] = Field(min_length=1)
    harms: tuple[Key, ...] = ()
    harms_heading: str = "Serious harms that were reported"
    emergency: tuple[Text, ...] = ()


def load_options(root: Path) -> Options:
    """Read the options; raises pydantic's error where the file breaks its rules."""
    return _options((root / FILE).read_text(encoding="utf-8"))


@lru_cache(maxsize=4)
def _options(text: str) -> Options:
    return Options.model_validate(yaml.safe_load(text))


def option_problems(root: Path, pages: Sequence[Page]) -> Iterator[Problem]:
    """The options are readable, and each short sign is its sign of the emergency card with words left out."""
    path = root / FILE
    if not path.exists():
        return
    document = read_yaml(path.read_text(encoding="utf-8"), FILE)
    if isinstance(document, Problem):
        yield document
        return
    try:
        options = Options.model_validate(document.data or {})
    except ValidationError as error:
        yield from validation_problems(error, document, FILE)
        return
    signs = [_plain(text) for page in pages if page.source == CARD for text in _items(page)]
    line = document.line(("emergency",))
    if len(signs) != len(options.emergency):
        found = f"{len(options.emergency)} short signs, but the card in docs/{CARD} has {len(signs)}"
        yield Problem(FILE, line, "embed", f"{found}; give one for each, in its order")
    for index, (short, sign) in enumerate(zip(options.emergency, signs, strict=False)):
        if not leaves_out(short, sign):
            message = f'"{short}" is not "{sign}" with words left out; use its words, in their order'
            yield Problem(FILE, document.line(("emergency", index)), "embed", message)


def leaves_out(short: str, whole: str) -> bool:
    """Whether `short` is made of words of `whole`, in their order."""
    words = iter(re.findall(r"\w+", whole.lower()))
    return all(word in words for word in re.findall(r"\w+", short.lower()))


def _items(page: Page) -> list[str]:
    return [unit.text for unit in page.prose.units if unit.kind == "item"]


def _plain(text: str) -> str:
    return " ".join(CITATION.sub("", text).split())
