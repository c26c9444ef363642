"""Rules for the records: used, plainly worded, sums right, links to publishers and official bodies only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from plainwords import plain
from plainwords.numbers import find_numbers
from plainwords.plain import Sentence, split_sentences
from plainwords.problems import Problem
from plainwords.prose import CITATION
from plainwords.records import real_date
from plainwords.tracing import ONE_CHECKED_UNITS, cited_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwords.library import Library
    from plainwords.numbers import Mention
    from plainwords.pages import Page
    from plainwords.records import Finding, Source, Term

MEANING_WORDS = 25
INJECTED = {"prolotherapy", "sugar water", "sugar-water", "dextrose"}  # names of a group that got the injections


def check_records(library: Library, pages: Sequence[Page]) -> list[Problem]:
    """Return every problem of sources and glossary."""
    problems: list[Problem] = []
    used = {citation.partition(".")[0] for page in pages for citation in cited_keys(page)}
    used |= {citation.partition(".")[0] for term in library.terms for citation in _term_citations(term)}
    for key, source in library.sources.items():
        problems += _used(key, used, library)
        problems += _carrier(key, source, library)
        problems += _dates(key, source, library)
        problems += _listed(key, source, library)
        problems += _record_words(key, source, library)
        problems += _record_numbers(key, source, library)
    return [*problems, *_glossary(library, pages), *_searches(library), *_second_looks(library, pages)]


def _at(key: str, library: Library, *place: str | int) -> tuple[str, int]:
    return f"data/sources/{key}.yml", library.documents[key].line(place)


def _used(key: str, used: set[str], library: Library) -> Iterator[Problem]:
    """A source is cited by at least one page or term."""
    if key not in used:
        yield Problem(*_at(key, library, "key"), "unused-source", f"no page cites {key}; cite it or delete the file")


def _carrier(key: str, source: Source, library: Library) -> Iterator[Problem]:
    """The paper in which a result was read second-hand is a record too; so is a rating's."""
    for index, reading in enumerate(source.read):
        if reading.via and reading.via not in {*library.sources, *library.broken}:
            yield Problem(
                *_at(key, library, "read", index, "via"),
                "record",
                f'via: "{reading.via}" is no file in data/sources/',
            )
    for name, finding in source.findings.items():
        by = finding.rating.by if finding.rating else None
        if by and library.finding(by) is None and not library.unusable(by):
            where = _at(key, library, "findings", name, "rating")
            yield Problem(*where, "record", f'rating.by: "{by}" is no known key.finding')


def _listed(key: str, source: Source, library: Library) -> Iterator[Problem]:
    """A trial of the injections stands in the list of all trials, under a part of the body."""
    trial = source.trial
    if trial and not trial.body and any(INJECTED.intersection(arm.names) for arm in trial.arms):
        expected = (
            "body: and main: (findings that tell its result; [] where none was seen) put it into the list of trials"
        )
        yield Problem(*_at(key, library, "trial"), "trial-list", f"trial.body is missing; {expected}")


def _dates(key: str, source: Source, library: Library) -> Iterator[Problem]:
    """Days are days of the calendar."""
    days: list[tuple[tuple[str | int, ...], str]] = [
        (("read", index, "date"), reading.date) for index, reading in enumerate(source.read)
    ]
    if source.retraction:
        days.append((("retraction", "looked"), source.retraction.looked))
    for place, day in days:
        try:
            real_date(day)
        except ValueError as error:
            yield Problem(*_at(key, library, *place), "record", str(error))


def _record_words(key: str, source: Source, library: Library) -> Iterator[Problem]:
    """What a record says to readers keeps to the words of the site, in sentences of at most 25 words."""
    texts: list[tuple[tuple[str | int, ...], str]] = [(("did",), source.did), (("sure",), source.sure)]
    texts += [(("findings", name, "says"), one.says) for name, one in source.findings.items()]
    for place, text in texts:
        path, line = _at(key, library, *place)
        for sentence in split_sentences(text):
            for fault in plain.check_words(Sentence(sentence, line), library.wording):
                yield Problem(path, line, fault.rule, fault.message)


def _record_numbers(key: str, source: Source, library: Library) -> Iterator[Problem]:
    """The numbers in a record's sentences are numbers of the record."""
    everything = [(source, finding) for finding in source.findings.values()]
    texts: list[tuple[tuple[str, ...], str, list[tuple[Source, Finding]]]] = [
        (("did",), source.did, everything),
        (("sure",), source.sure, everything),
    ]
    texts += [(("findings", name, "says"), one.says, [(source, one)]) for name, one in source.findings.items()]
    for place, text, cited in texts:
        allowance = library.book.allowance(cited)
        for mention in find_numbers(text, library.wording, library.units):
            skipped = mention.said.lower() in ("one", "zero") and mention.unit not in ONE_CHECKED_UNITS
            if not skipped and not allowance.matches(mention):
                said = f'"{mention.said}"' + (f" ({mention.unit})" if mention.unit else "")
                message = _unrecorded(said, mention, ".".join(place))
                yield Problem(*_at(key, library, *place), "number", message)


def _unrecorded(said: str, mention: Mention, place: str) -> str:
    unit = mention.unit or "other"
    line = (
        f"{{id: NAME, value: {mention.value:g}, unit: {unit}}} under its numbers:"
        if place.startswith("findings.")
        else f'{{value: {mention.value:g}, unit: {unit}, what: "..."}} under facts:'
    )
    return f"{said} in {place} is no number of this record; if you saw it in the source, add {line}"


# ---- Glossary


def _term_citations(term: Term) -> tuple[str, ...]:
    return (*((term.source,) if term.source else ()), *CITATION.findall(term.note or ""))


def _glossary(library: Library, pages: Sequence[Page]) -> Iterator[Problem]:
    slugs = [term.slug for term in library.terms]
    texts = [unit.text for page in pages for unit in page.prose.units]
    used = {term.slug for term, _ in library.vocabulary.used(texts)}
    for index, term in enumerate(library.terms):
        line = library.term_document.line((index,))
        for message in (*_term_faults(term, slugs, library), *_term_wording(term, library)):
            yield Problem("data/glossary.yml", line, "glossary", f"{term.term}: {message}")
        if term.slug not in used:
            yield Problem(
                "data/glossary.yml",
                line,
                "unused-term",
                f'no page uses "{term.term}"; use it or leave it out',
            )


def _term_faults(term: Term, slugs: Sequence[str], library: Library) -> Iterator[str]:
    """Terms refer to terms and findings that exist; each name stands once."""
    if slugs.count(term.slug) > 1:
        yield f'the slug "{term.slug}" stands twice'
    names = [name.lower() for other in library.terms for name in (other.term, *other.also)]
    yield from (
        f'the name "{name}" stands twice' for name in (term.term, *term.also) if names.count(name.lower()) > 1
    )
    yield from (f'see: "{other}" is no term here' for other in term.see if other not in slugs)
    for citation in _term_citations(term):
        if library.finding(citation) is None and not library.unusable(citation):
            yield f'"{citation}" is no known key.finding'


def _term_wording(term: Term, library: Library) -> Iterator[str]:
    """A meaning is one plain sentence of at most 25 words; its numbers and a note's come from what it cites."""
    if len(split_sentences(term.meaning)) != 1 or len(term.meaning.split()) > MEANING_WORDS:
        yield f"the meaning must be one sentence of at most {MEANING_WORDS} words"
    cited = [found for one in _term_citations(term) if (found := library.finding(one))]
    allowance = library.book.allowance(cited)
    for text in (term.meaning, term.note or ""):
        for fault in plain.check_words(Sentence(CITATION.sub("", text), 0), library.wording):
            yield fault.message
        for mention in find_numbers(text, library.wording, library.units):
            if mention.said.lower() != "one" and not allowance.matches(mention):
                yield f'"{mention.said}" has no source; cite a finding in source: or in the note'


# ---- Searches


def _searches(library: Library) -> Iterator[Problem]:
    """What a search kept is a record that is there."""
    for search in library.searches:
        for key in search.kept:
            if key not in {*library.sources, *library.broken}:
                yield Problem("data/searches.yml", 0, "search", f'kept: "{key}" (for "{search.words}") is no record')


def _second_looks(library: Library, pages: Sequence[Page]) -> Iterator[Problem]:
    """What was looked up again stands on a page that exists and rests on findings that exist."""
    known = {page.source for page in pages}
    for one in (looked for draw in library.second_looks for looked in draw.looked):
        faults = [f"there is no docs/{one.page}"] if one.page not in known else []
        faults += [f'"{name}" is no known key.finding' for name in one.findings if library.finding(name) is None]
        for fault in faults:
            yield Problem("data/second-look.yml", 0, "second-look", f'"{one.number or one.claim}": {fault}')


# ---- Where readers are sent


def link_host(url: str) -> str:
    """Return the host of an address without a leading www."""
    return re.sub(r"^www\.", "", urlsplit(url).hostname or "")
