"""Synthetic projects: N pages of about 840 made-up words, with made-up sources and terms that pass our own check.

The pages speak of gardens and fences, so that nobody takes them for advice.
"""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import yaml

from plainwords import generate

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).parent
PARTS = 8
IN_A_GROUP = 20
RECORDS_AT_LEAST = 10
PAGES_PER_RECORD = 10
SECTIONS = 5
TERMS_ON_A_PAGE = 8
SOURCES_ON_A_PAGE = 6
TABLE_EVERY = 4  # pages
COPIED = ("data/labels.yml", "data/wording.yml", "data/units.yml", "overrides")
EMBEDS = "data/embeds.yml"
OF_OUR_PAGES = ("never_embedded", "harms", "emergency")  # options of embeds that speak of pages of this site
EMPTY = ("data/searches.yml", "data/second-look.yml", "data/reviewers.yml")


@dataclass(frozen=True)
class Vocabulary:
    """Words for sentences, and the names of the made-up terms and sources."""

    words: dict[str, list[str]]
    terms: tuple[str, ...]
    sources: tuple[str, ...]


class Writer:
    """Writes the sentences of one page; the same seed writes the same page."""

    def __init__(self, vocabulary: Vocabulary, number: int, count: int) -> None:
        self.number = number
        self.random = random.Random(number)  # noqa: S311  (no secret: the same pages each time)
        self.words = vocabulary.words
        self.sources = _share(vocabulary.sources, SOURCES_ON_A_PAGE, number, count)
        self.terms = _share(vocabulary.terms, TERMS_ON_A_PAGE, number, count)

    def one(self, kind: str) -> str:
        """Return a word of a kind."""
        return self.random.choice(self.words[kind])

    def sentence(self) -> str:
        """Return a sentence of about ten words, with a term in one of five."""
        thing = (
            self.random.choice(self.terms)
            if self.random.random() < 1 / 5
            else f"{self.one('adjectives')} {self.one('nouns')}"
        )
        return f"The {self.one('nouns')} {self.one('verbs')} the {thing} {self.one('places')}."

    def counted(self) -> str:
        """Return a sentence with numbers, and its citation."""
        source = self.random.choice(self.sources)
        seed = int(source[7:11])
        return self.random.choice(
            (
                f"One report counts {beds(seed)} beds.[^{source}.beds]",
                f"Each bed was watched for {weeks(seed)} weeks.[^{source}.time]",
                f"Plants grew by {sun(seed)} cm in the sun and {shade(seed)} cm in the shade.[^{source}.growth]",
            )
        )

    def paragraph(self) -> str:
        """Return two sentences and one that cites, a line each."""
        return f"{self.sentence()}\n{self.sentence()}\n{self.counted()}\n"


def beds(seed: int) -> int:
    """Return the number of beds in a made-up report."""
    return 40 + seed % 50


def weeks(seed: int) -> int:
    """Return how long a made-up report watched."""
    return 4 + seed % 8


def sun(seed: int) -> int:
    """Return the growth in the sun, in a made-up report."""
    return 20 + seed % 11


def shade(seed: int) -> int:
    """Return the growth in the shade, in a made-up report."""
    return 13 + seed % 5


def write_projects(folder: Path, count: int) -> tuple[Path, Path]:
    """Write a project of ours with `count` pages, and a plain one of the same Markdown; return both folders."""
    ours, plain = folder / "ours", folder / "plain"
    vocabulary = _vocabulary(count)
    for name in COPIED:
        _copy(ROOT / name, ours / name)
    _embeds(ours)
    _records(ours, vocabulary)
    places = [_place(number, count) for number in range(count)]
    for number, place in enumerate(places):
        _write(ours / "docs" / place, _page(Writer(vocabulary, number, count)))
    generate.write(ours)
    _write(ours / "mkdocs.yml", _settings(places))
    shutil.copytree(ours / "docs", plain / "docs")
    shutil.copyfile(HERE / "plain.yml", plain / "mkdocs.yml")
    return ours, plain


def _embeds(ours: Path) -> None:
    """Write the options of embeds, so that every page is made as an embed too."""
    options = yaml.safe_load((ROOT / EMBEDS).read_text(encoding="utf-8"))
    _write(
        ours / EMBEDS,
        yaml.safe_dump({name: [] if name in OF_OUR_PAGES else value for name, value in options.items()}),
    )


def _share(names: tuple[str, ...], share: int, number: int, count: int) -> tuple[str, ...]:
    """Deal names to pages so that each name gets its turn on some page."""
    start = number * max(1, len(names) // count) if count <= len(names) else number * len(names) // count
    return tuple(names[(start + step) % len(names)] for step in range(min(share, len(names))))


def _vocabulary(count: int) -> Vocabulary:
    words: dict[str, list[str]] = yaml.safe_load((HERE / "words.yml").read_text(encoding="utf-8"))
    records = max(RECORDS_AT_LEAST, count // PAGES_PER_RECORD)
    pairs = [f"{one} {other}" for one in ("example", "sample") for other in words["nouns"]]
    return Vocabulary(
        words, tuple(pairs[:records]), tuple(f"example{number:04d}-report" for number in range(records))
    )


def _copy(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    if old.is_dir():
        shutil.copytree(old, new)
    else:
        shutil.copyfile(old, new)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


# ---- Records


def _records(root: Path, vocabulary: Vocabulary) -> None:
    template = Template((HERE / "source.yml.template").read_text(encoding="utf-8"))
    for key in vocabulary.sources:
        seed = int(key[7:11])
        numbers = {"beds": beds(seed), "weeks": weeks(seed), "sun": sun(seed), "shade": shade(seed)}
        _write(root / f"data/sources/{key}.yml", template.substitute(numbers, key=key, number=seed))
    _write(root / "data/glossary.yml", yaml.safe_dump([_term(name) for name in vocabulary.terms], sort_keys=False))
    _write(root / "data/link-hosts.txt", "example.org\n")
    _write(root / "data/addresses.txt", "# made up\n")
    (root / "data/reviews").mkdir()
    for name in EMPTY:
        _write(root / name, "[]\n")


def _term(name: str) -> dict[str, Any]:
    return {
        "term": name,
        "slug": name.replace(" ", "-"),
        "meaning": f"A made-up word for a {name.split()[1]} in this test.",
    }


# ---- Pages


def _place(number: int, count: int) -> str:
    """Return a page's path: eight parts, each with a first page and groups of twenty."""
    if number == 0:
        return "index.md"
    part, inside = divmod(number - 1, -(-(count - 1) // PARTS))
    if inside == 0:
        return f"part-{part + 1}/index.md"
    return f"part-{part + 1}/group-{(inside - 1) // IN_A_GROUP + 1}/page-{number}.md"


def _page(writer: Writer) -> str:
    head = (HERE / "page.md.template").read_text(encoding="utf-8")
    citation = f"[^{writer.sources[0]}.design]"
    known = "\n".join(f"- {writer.sentence()} {writer.counted()}" for _ in range(4))
    text = Template(head).substitute(
        title=f"The {writer.one('nouns')} and the {writer.one('nouns')}",
        citation=citation,
        known=known,
        lede=writer.paragraph(),
    )
    return text + "\n".join(_section(writer, number) for number in range(1, SECTIONS + 1))


def _section(writer: Writer, number: int) -> str:
    """Return a heading, three paragraphs, and a list or a table."""
    paragraphs = "\n".join(writer.paragraph() for _ in range(3))
    ending = _table(writer) if number == 1 and writer.number % TABLE_EVERY == 0 else _list(writer)
    return f"\n## What about the {writer.one('adjectives')} {writer.one('nouns')}?\n\n{paragraphs}\n{ending}"


def _list(writer: Writer) -> str:
    return "\n".join(f"- {writer.sentence()} {writer.counted()}" for _ in range(3)) + "\n"


def _table(writer: Writer) -> str:
    return "\n".join(("| what | where |", "| --- | --- |", *_rows(writer))) + "\n"


def _rows(writer: Writer) -> Iterator[str]:
    for _ in range(4):
        yield f"| {writer.sentence()} | {writer.counted()} |"


def _settings(places: list[str]) -> str:
    """Return our own mkdocs.yml with a menu of the synthetic pages."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
    parts = {part: [place for place in places if place.startswith(f"part-{part}/")] for part in range(1, PARTS + 1)}
    menu = [{"Home": "index.md"}, *({f"Part {part}": _part(inside)} for part, inside in parts.items())]
    return text.replace(", scripts/plainwords]", "]") + "\n" + yaml.safe_dump({"nav": menu}, sort_keys=False)


def _part(places: list[str]) -> list[Any]:
    groups: dict[str, list[str]] = {}
    for place in places:
        if place.count("/") > 1:
            groups.setdefault(place.split("/")[1], []).append(place)
    first = [place for place in places if place.count("/") == 1]
    return [*first, *({name: pages} for name, pages in groups.items())]
