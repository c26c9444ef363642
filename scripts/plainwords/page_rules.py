"""Rules for one page: plain words, short answers, links that lead somewhere, headings that ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plainwords import plain
from plainwords.figure_rules import check_figures
from plainwords.plain import Paragraph, Sentence, split_sentences
from plainwords.problems import Problem
from plainwords.prose import CITATION, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwords.library import Library
    from plainwords.pages import Page

ANSWER_WORDS, LISTED_WORDS = 80, 60
LISTED = re.compile(r"\[start:answer\] -->(.*?)<!-- --8<-- \[end:answer\]", re.DOTALL)
ATTRIBUTES = re.compile(r"\{:.*?\}")
LIST_ITEMS = 7
PROSE_KINDS = ("paragraph", "item")
FAQ = "faq/"
VERDICT_LETTERS = 90


def check_page(page: Page, library: Library) -> list[Problem]:
    """Return every problem of one page's words and form."""
    problems = [
        *_theme(page),
        *_headings(page, library),
        *_lists(page),
        *_verdict(page),
        *_answer(page),
        *_words_elsewhere(page, library),
        *check_figures(page, library),
    ]
    if page.meta.audience == "patient":
        problems += _plain_words(page, library)
    return problems


def is_answer(page: Page) -> bool:
    """Whether a page is one answer of the list of questions."""
    return page.source.startswith(FAQ) and page.source != "faq/index.md"


def prose_paragraphs(page: Page) -> list[Paragraph]:
    """Return the prose that is measured: paragraphs and list items, without tables and marks of citation."""
    return [_paragraph(unit) for unit in page.prose.units if unit.kind in PROSE_KINDS and _measured(unit)]


def taught_terms(page: Page, library: Library) -> list[str]:
    """Return every name of the glossary terms that the page's prose uses, first used first, as said there."""
    texts = (unit.text for unit in page.prose.units if unit.kind in PROSE_KINDS)
    said = [(match[1], term.slug) for text in texts for term, match in library.vocabulary.uses(text)]
    used = list(dict.fromkeys(slug for _, slug in said))[: plain.TAUGHT_TERMS_LIMIT]
    return list(dict.fromkeys(words for words, slug in said if slug in used))


def _measured(unit: Unit) -> bool:
    return bool(re.search(r"[A-Za-z]", unit.text))


def _paragraph(unit: Unit) -> Paragraph:
    sentences: list[Sentence] = []
    position = 0
    for text in split_sentences(unit.text):
        start = max(unit.text.find(text, position), position)
        position = start + len(text)
        sentences.append(Sentence(CITATION.sub("", text).strip(), unit.line_at(start)))
    kind = "item" if unit.kind == "item" else "paragraph"
    return Paragraph(tuple(sentence for sentence in sentences if sentence.text), unit.line, kind)


def _plain_words(page: Page, library: Library) -> Iterator[Problem]:
    """A page for patients is easy to read."""
    taught = taught_terms(page, library)
    for fault in plain.check_plain(prose_paragraphs(page), taught, library.wording):
        yield Problem(page.path, fault.line, fault.rule, fault.message)


def _words_elsewhere(page: Page, library: Library) -> Iterator[Problem]:
    """Titles, descriptions, headings, tables and alt texts keep to the same words as prose."""
    for key in ("title", "description"):
        line = page.document.line((key,))
        for fault in plain.check_words(Sentence(getattr(page.meta, key), line), library.wording):
            yield Problem(page.path, fault.line, fault.rule, fault.message)
    kinds = ("heading", "row", "header", "caption", "alt")
    for unit in page.prose.units:
        if unit.kind in kinds or page.meta.audience == "trust":
            for fault in plain.check_words(Sentence(CITATION.sub("", unit.text), unit.line), library.wording):
                yield Problem(page.path, fault.line, fault.rule, fault.message)


def _theme(page: Page) -> Iterator[Problem]:
    """An answer names its theme; no other page has one."""
    if is_answer(page) != bool(page.meta.theme):
        wanted = "needs theme:, the heading under which it stands" if is_answer(page) else "has no theme:"
        yield Problem(page.path, page.document.line(("theme",)), "front-matter", f"this page {wanted}")


def _headings(page: Page, library: Library) -> Iterator[Problem]:
    """Headings begin at ## and ask or name; what they claim stands in a cited sentence below."""
    better = plain.phrase_regex(library.wording.better_words)
    level = 1
    for unit in page.prose.units:
        if unit.kind != "heading":
            continue
        if unit.level == 1:
            yield Problem(page.path, unit.line, "heading", 'the title comes from the front matter; begin with "##"')
        elif unit.level > level + 1:
            yield Problem(
                page.path,
                unit.line,
                "heading",
                f"level {unit.level} after level {level}; go down one at a time",
            )
        if page.meta.audience == "patient" and not unit.text.rstrip().endswith("?") and better.search(unit.text):
            yield Problem(
                page.path, unit.line, "heading", f'"{unit.text}" claims; ask a question and answer it below'
            )
        level = max(unit.level, 1)


def _lists(page: Page) -> Iterator[Problem]:
    """A list has at most seven items."""
    if page.meta.audience != "patient":
        return
    items: list[Unit] = []
    for unit in (*page.prose.units, None):
        if unit is not None and unit.kind == "item":
            items.append(unit)
            continue
        if len(items) > LIST_ITEMS:
            yield Problem(page.path, items[0].line, "long-list", f"{len(items)} items, expected {LIST_ITEMS} at most")
        items = []


def _verdict(page: Page) -> Iterator[Problem]:
    """A main message has at most 90 letters, spaces counted and citations not, so that a reader can repeat it."""
    for unit in page.prose.units:
        letters = len(" ".join(CITATION.sub("", unit.text).split()))
        if "verdict" in unit.classes and letters > VERDICT_LETTERS:
            yield Problem(
                page.path, unit.line, "verdict",
                f"the main message has {letters} letters with its spaces, expected {VERDICT_LETTERS} at most; "
                "put what it can do without into a paragraph below it, marked {: .lede }",
            )  # fmt: skip


def _answer(page: Page) -> Iterator[Problem]:
    """An answer has at most 80 words and leads on; its start, which the list shows, stands between two marks."""
    if not is_answer(page):
        return
    words = sum(len(CITATION.sub("", unit.text).split()) for unit in page.prose.units if unit.mark != "navigation")
    line = page.document.line(("theme",)) + 2
    if words > ANSWER_WORDS:
        yield Problem(page.path, line, "long-answer", f"{words} words, expected {ANSWER_WORDS} at most")
    for mark in ("[start:answer]", "[end:answer]"):
        if f"<!-- --8<-- {mark} -->" not in page.body:
            yield Problem(page.path, line, "answer", f'the line "<!-- --8<-- {mark} -->" is missing')
    listed = LISTED.search(page.body)
    short = len(CITATION.sub("", ATTRIBUTES.sub("", listed[1])).split()) if listed else 0
    if short > LISTED_WORDS:
        text = f"{short} words stand between the two marks, expected {LISTED_WORDS} at most: the list shows them"
        yield Problem(page.path, line, "long-answer", text)
    if not any(not target.startswith("http") for target, _ in page.prose.links):
        yield Problem(page.path, line, "answer", 'no link leads on; end with "More: [page title](../page.md)."')
