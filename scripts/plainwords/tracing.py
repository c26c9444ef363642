"""Tracing: every claim of a page leads to findings, and says what they say.

A citation covers the sentences before it in its text, back to the citation before.
What a text hangs on (its section, the lead-in of its list, the caption of its table) covers all of it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from plainwords.numbers import Mention, find_numbers
from plainwords.plain import may_hold, phrase_regex, split_sentences
from plainwords.problems import Problem
from plainwords.prose import CITATION, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plainwords.allowed import Allowance
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Finding, Source

    Cited = tuple[Source, Finding]

COVERED_KINDS = ("paragraph", "item", "row")
# A marked text may ask, advise, explain or point; it may not say what the treatment does.
CLAIM = re.compile(
    r"\b(?:prolotherapy|sugar[- ]water|dextrose|(?:the|these|such|your) (?:shots?|injections?|treatment)|it)\s+"
    r"(?:(?:can|may|will|does|really|often|also|usually|probably)\s+)*"
    r"(?:(?:is|are|seems?|looks?)\s+(?:\w+ly\s+)?(?:safer?|effective|helpful|harmless|harmful|dangerous|useful|better)"
    r"|(?:works?|helps?|eases?|relieves?|reduces?|improves?|heals?|repairs?|regrows?|strengthens?|cures?|harms?)\b(?!\s+to\b))",
    re.IGNORECASE,
)
ASKING = re.compile(r"\?|\b(?:whether|if|ask|how|what|which|why|nobody|not)\b", re.IGNORECASE)
AFFIRMED = re.compile(
    r"\b(?:(no|not|nor|any|without|neither|never)\b(?:\s+\w+){0,2}\s+)?clear\s+difference", re.IGNORECASE
)
UNDIRECTED = ("mixed", "descriptive")
DISAGREE = re.compile(r"\bdisagree\b", re.IGNORECASE)
ONE_CHECKED_UNITS = ("hours", "days", "weeks", "months", "years", "points", "percent")


class Span(NamedTuple):
    """Sentences of a text that one group of citations covers, with the line they begin on."""

    text: str
    line: int
    citations: tuple[str, ...]
    inherited: tuple[str, ...]
    mark: str | None
    kind: str


@dataclass(frozen=True)
class Counts:
    """How a page's texts are covered: cited themselves, by what they hang on, or marked (by mark)."""

    cited: int
    hanging: int
    marks: Counter[str]

    def __str__(self) -> str:
        marked = ", ".join(f"{count} {mark}" for mark, count in sorted(self.marks.items()))
        return f"{self.cited} cited, {self.hanging} by what they hang on" + (f", {marked}" if marked else "")


def trace_page(page: Page, library: Library) -> list[Problem]:
    """Check every text of a page against the findings it cites."""
    problems: list[Problem] = []
    header: Unit | None = None
    for unit in (*front_units(page), *page.prose.units):
        header = unit if unit.kind == "header" else header
        problems += _unknown(unit, library, page.path)
        if unit.kind == "figure":
            continue  # drawn from the records themselves
        if unit.kind == "row" and header:
            problems += _columns(unit, header, page.path, library)
        if page.meta.audience == "patient":
            problems += _coverage(unit, page.path)
            problems += _claims_in_marks(unit, page.path)
        for span in spans(unit):
            problems += _trace_span(span, page, library)
    return problems


def count_page(page: Page) -> Counts:
    """Count how a page's paragraphs, items and rows are covered."""
    cited = hanging = 0
    marks: Counter[str] = Counter()
    for unit in page.prose.units:
        if unit.kind in COVERED_KINDS:
            if unit.citations:
                cited += 1
            elif unit.mark:
                marks[unit.mark] += 1
            elif unit.inherited:
                hanging += 1
    return Counts(cited, hanging, marks)


def cited_keys(page: Page) -> set[str]:
    """Return every `key.finding` that a page cites anywhere."""
    return set(page.cited)


def front_units(page: Page) -> Iterator[Unit]:
    """A description, and a title, rest on what `cites` names."""
    for key in ("title", "description"):
        line = page.document.line((key,))
        yield Unit("front", getattr(page.meta, key), line, inherited=page.meta.cites)


def spans(unit: Unit) -> Iterator[Span]:
    """Part a text into the spans that its citations cover."""
    if unit.kind in ("row", "header"):
        bare = replace(unit, text=CITATION.sub("", unit.text))
        yield Span(bare.text, unit.line, unit.citations, unit.inherited, unit.mark, unit.kind)
        return
    start = position = 0
    for sentence in split_sentences(unit.text):
        position = max(unit.text.find(sentence, position), position) + len(sentence)
        cited = tuple(CITATION.findall(sentence)) if "[^" in sentence else ()
        if cited:
            yield _span(unit, start, position, cited)
            start = position
    if unit.text[start:].strip():
        yield _span(unit, start, len(unit.text), ())


def _span(unit: Unit, start: int, end: int, cited: tuple[str, ...]) -> Span:
    text = unit.text[start:end]
    line = unit.line_at(start + len(text) - len(text.lstrip()))
    return Span(text, line, cited, unit.inherited, unit.mark, unit.kind)


def _unknown(unit: Unit, library: Library, path: str) -> Iterator[Problem]:
    """A citation names a finding that exists."""
    for found in CITATION.finditer(unit.text):
        if library.finding(found[1]) is None and not library.unusable(found[1]):
            yield Problem(path, unit.line_at(found.start()), "unknown-citation", _unknown_message(found[1], library))
    for citation in unit.inherited:
        unknown = library.finding(citation) is None and not library.unusable(citation)
        if unknown and unit.kind in ("heading", "front", "paragraph"):
            yield Problem(path, unit.line, "unknown-citation", _unknown_message(citation, library))


def _unknown_message(citation: str, library: Library) -> str:
    key, _, name = citation.partition(".")
    if key in library.sources:
        names = ", ".join(sorted(library.sources[key].findings))
        if not name:
            return f'"[^{citation}]" lacks a finding; write [^{key}.NAME], where NAME is one of: {names}'
        return f'"[^{citation}]": {key} has no finding "{name}"; it has: {names}'
    near = ", ".join(sorted(known for known in library.sources if known[:4] == key[:4])) or "see data/sources/"
    return f'"[^{citation}]": there is no data/sources/{key}.yml (like it: {near}); write [^key.finding]'


def _coverage(unit: Unit, path: str) -> Iterator[Problem]:
    """Every paragraph, list item and table row cites a finding, is marked, or hangs on one that does."""
    if unit.kind not in COVERED_KINDS or unit.mark or unit.inherited or "navigation" in unit.classes:
        return
    if not unit.citations:
        yield Problem(path, unit.line, "no-source", _uncovered(unit.text))
        return
    tail = unit.text[unit.text.rindex("]") + 1 :]
    if unit.kind != "row" and re.search(r"[A-Za-z]", tail):
        line = unit.line_at(len(unit.text) - len(tail.lstrip()))
        yield Problem(path, line, "no-source", _uncovered(tail))


def _claims_in_marks(unit: Unit, path: str) -> Iterator[Problem]:
    """A text that is marked instead of cited does not say what the treatment does."""
    if unit.kind not in COVERED_KINDS or not unit.mark or unit.citations or unit.inherited:
        return
    for sentence in split_sentences(unit.text):
        found = CLAIM.search(sentence)
        if found and not ASKING.search(sentence):
            line = unit.line_at(max(unit.text.find(sentence), 0))
            message = f'"{found[0]}" is a claim, and .{unit.mark} is no source for it; cite the finding that says so'
            yield Problem(path, line, "no-source", message)


def _uncovered(text: str) -> str:
    said = f'"{_short(text)}"' if text.strip() else "the picture"
    return (
        f"{said} leads to no source; put [^key.finding] after the full stop, "
        "or mark it on the next line, for instance {: .advice } (also .definition, .navigation, .not-known)"
    )


def _trace_span(span: Span, page: Page, library: Library) -> Iterator[Problem]:
    """Check numbers, arms, direction and second-hand readings of one span."""
    citations = citations_of(span, page)
    cited = [found for one in citations if (found := library.finding(one))]
    if len(cited) < len(citations):
        return  # what the citation should be is told; what it allows is not known before
    own = [found for one in span.citations if (found := library.finding(one))]
    for text, line in sentences_of(span):
        mentions = checked_numbers(text, library)
        yield from _numbers(mentions, line, span, cited, page, library)
        yield from _arms(text, mentions, line, cited, page.path, library)
    yield from _direction(span, own or cited, page.path, library)
    yield from _second_hand(span, own, page.path, library)
    yield from _retracted(span, own, page.path)


def citations_of(span: Span, page: Page) -> tuple[str, ...]:
    """Return the findings that a span rests on: its own, then those of what it hangs on."""
    if span.kind == "heading":
        return tuple(page.cited)
    return (*span.citations, *span.inherited)


def sentences_of(span: Span) -> Iterator[tuple[str, int]]:
    """Part a span into its sentences, each with its line; a row of a table stays whole."""
    if span.kind in ("row", "header"):
        yield span.text, span.line
        return
    position = 0
    for sentence in split_sentences(span.text):
        start = max(span.text.find(sentence, position), position)
        position = start + len(sentence)
        leading = span.text[:start].lstrip()
        yield sentence, span.line + leading.count("\n")


def _numbers(
    mentions: Sequence[Mention], line: int, span: Span, cited: Sequence[Cited], page: Page, library: Library
) -> Iterator[Problem]:
    """Every number of a sentence is one that its findings allow."""
    if not mentions or span.mark == "navigation" or (page.meta.audience == "trust" and not cited):
        return
    allowance = library.book.allowance(cited)
    for mention in mentions:
        if not cited and span.kind == "heading" and mention.value == 100:  # noqa: PLR2004
            continue
        if not allowance.matches(mention):
            yield Problem(page.path, line, "number", _number_message(mention, cited, allowance))


def checked_numbers(text: str, library: Library) -> list[Mention]:
    """Return the numbers of a text that need a source; "one" and "zero" do only before a unit."""
    mentions = find_numbers(text, library.wording, library.units)
    return [one for one in mentions if one.said.lower() not in ("one", "zero") or one.unit in ONE_CHECKED_UNITS]


def _number_message(mention: Mention, cited: Sequence[Cited], allowance: Allowance) -> str:
    said = mention.said if mention.of is None else f"{mention.said} of {mention.of:g}"
    unit = f" ({mention.unit})" if mention.unit else ""
    if not cited:
        return f'"{said}"{unit} has no source here; cite the finding that holds this number, or leave it out'
    values = sorted({str(one) for one in allowance.numbers if one.unit not in ("trials", "studies", "reports")})
    names = ", ".join(dict.fromkeys(source.key for source, _ in cited))
    return f'"{said}"{unit} is not a number of the findings cited ({names}); they allow: {", ".join(values[:40])}'


def _arms(
    text: str, mentions: Sequence[Mention], line: int, cited: Sequence[Cited], path: str, library: Library
) -> Iterator[Problem]:
    """Where numbers of two arms stand in one sentence, both arms are named, in the numbers' order."""
    if not mentions:
        return
    for source in {source.key: source for source, _ in cited}.values():
        if source.trial is None or len(source.trial.arms) == 1:
            continue
        findings = [one for one in cited if one[0].key == source.key]
        numbers = _arm_numbers(mentions, findings, cited, library)
        message = _arm_complaint(numbers, _arm_names(text, source), source) if numbers else None
        if message:
            yield Problem(path, line, "arms", message)


def _columns(row: Unit, header: Unit, path: str, library: Library) -> Iterator[Problem]:
    """A number in a table's column that is headed by one group is not another group's."""
    cited = [found for one in (*row.citations, *row.inherited) if (found := library.finding(one))]
    heads, cells = (CITATION.sub("", one.text).split(" | ") for one in (header, row))
    for source in {source.key: source for source, _ in cited}.values():
        findings = [one for one in cited if one[0].key == source.key]
        for head, cell in zip(heads, cells, strict=False):
            named = set(_arm_names(head, source))
            for said, arms in _in_cell(cell, findings, cited, library) if len(named) == 1 else ():
                if not arms & named:
                    owners = " or ".join(sorted(_label(source, arm) for arm in arms))
                    yield Problem(
                        path, row.line, "arms", f'"{said}" stands under "{head}"; in the record it is {owners}'
                    )


def _in_cell(
    cell: str, findings: Sequence[Cited], cited: Sequence[Cited], library: Library
) -> list[tuple[str, frozenset[str]]]:
    return _arm_numbers(checked_numbers(cell, library), findings, cited, library)


def _arm_numbers(
    mentions: Sequence[Mention], findings: Sequence[Cited], cited: Sequence[Cited], library: Library
) -> list[tuple[str, frozenset[str]]]:
    """Return the numbers of a sentence that belong to arms, each with the arms it may belong to."""
    mine = library.book.allowance(findings)
    everything = library.book.allowance(cited)
    found: list[tuple[str, frozenset[str]]] = []
    for mention in mentions:
        matches, others = mine.matches(mention), everything.matches(mention)
        free = any(one.arm is None for one in others)
        if matches and not free and len(matches) == len(others):
            found.append((mention.said, frozenset(str(one.arm) for one in matches)))
    return found


def _arm_names(text: str, source: Source) -> list[str]:
    """Return the arms named in a sentence, in order, without repeats in a row."""
    trial = source.trial
    if trial is None:
        return []
    found = trial.arm_finder.finditer(CITATION.sub("", text))
    order = [trial.arm_by_name[one[1].lower()] for one in found]
    return [arm for index, arm in enumerate(order) if index == 0 or arm != order[index - 1]]


def _arm_complaint(numbers: Sequence[tuple[str, frozenset[str]]], named: Sequence[str], source: Source) -> str | None:
    certain = [(said, arms) for said, arms in numbers if len(arms) == 1]
    wanted = list(dict.fromkeys(next(iter(arms)) for _, arms in certain))
    listing = "; ".join(f"{said} is {_label(source, next(iter(arms)))}" for said, arms in certain)
    mentioned = list(dict.fromkeys(named))
    if not wanted or not source.trial or len(source.trial.arms) == 1:
        return None
    if len(wanted) == 1:
        if mentioned and wanted[0] not in mentioned:
            return f"the sentence speaks of {_label(source, mentioned[0])}, but {listing}"
        return None
    missing = [arm for arm in wanted if arm not in mentioned]
    if missing:
        return f"numbers of several groups stand here ({listing}); name each group: {_label(source, missing[0])}"
    if [arm for arm in mentioned if arm in wanted] != wanted:
        return f"names and numbers of the groups are in different order; the record says: {listing}"
    return None


def _label(source: Source, arm: str) -> str:
    arms = source.trial.arms if source.trial else ()
    return next((f'"{one.label}"' for one in arms if one.id == arm), arm)


def _direction(span: Span, cited: Sequence[Cited], path: str, library: Library) -> Iterator[Problem]:
    """A sentence says better, worse or no difference as its findings do, and nothing that turns their words round."""
    if span.mark or span.kind == "header":
        return
    text = CITATION.sub("", span.text)
    says = " ".join(finding.says for _, finding in cited)
    message = _direction_complaint(text, says, span, cited, library)
    if span.citations:
        message = message or _turned_round(text, says, library)
    if message:
        yield Problem(path, span.line, "direction", message)


def _direction_complaint(text: str, says: str, span: Span, cited: Sequence[Cited], library: Library) -> str | None:
    if all(finding.direction in UNDIRECTED for _, finding in cited):
        return None
    said = _directions_said(text, library)
    message = _null_complaint(said, span, cited)
    if message or not span.citations:
        return message
    return _side_complaint(said, _directions_said(says, library), cited)


@dataclass(frozen=True)
class _Said:
    """The first null, better and worse phrase of a text."""

    null: str | None
    better: str | None
    worse: str | None


def _null_complaint(said: _Said, span: Span, cited: Sequence[Cited]) -> str | None:
    """Where a finding of no difference is cited, the text says so; rows of a table may say that trials disagree."""
    directions = {finding.direction for _, finding in cited}
    names = ", ".join(f"{source.key}" for source, finding in cited if finding.direction == "no difference")
    none_better = directions <= {"no difference", "descriptive"}
    if names and none_better and any(not found[1] for found in AFFIRMED.finditer(span.text)):
        return f'"clear difference" over a finding of no difference ({names}); "no" is missing'
    if said.null or not names:
        return None
    if directions == {"no difference"} and (said.better or said.worse):
        return (
            f'"{said.better or said.worse}" over a finding of no difference ({names}); say so, '
            'for instance "no clear difference" or "did not"'
        )
    if not span.citations or (span.kind == "row" and DISAGREE.search(span.text)):
        return None
    return (
        f"{names} found no difference, and the sentence does not say so; "
        'write for instance "no clear difference", "no better" or "did not"'
    )


def _side_complaint(said: _Said, meant: _Said, cited: Sequence[Cited]) -> str | None:
    """Where only findings of one side are cited, the text is on that side; where both are, it tells both."""
    directions = {finding.direction for _, finding in cited}
    if directions == {"better"} and said.worse and not meant.worse:
        return f'"{said.worse}" over findings that favour the injection'
    if directions == {"better"} and said.null and not said.better:
        return f'"{said.null}" over findings that favour the injection'
    if "better" in directions and directions <= {"better", "no difference"} and said.worse and not said.better:
        return f'"{said.worse}" over findings that favour the injection'
    if directions == {"worse"} and said.better and not said.worse and not said.null:
        return f'"{said.better}" over findings that speak against the injection'
    if directions >= {"better", "worse"} and not (said.better and said.worse) and not said.null:
        return "findings for and against the injection are cited, and the text tells one side only; tell both"
    return None


def _turned_round(text: str, says: str, library: Library) -> str | None:
    """A text does not say "rose" where its findings say "fell"."""
    if _said_first(library.wording.opposite_words, text) is None:
        return None
    for pair in library.wording.opposites:
        for said, meant in (pair, pair[::-1]):
            here, there = _finder((said,)), _finder((meant,))
            if here.search(text) and there.search(says) and not there.search(text) and not here.search(says):
                return f'"{said}" where the findings cited say "{meant}"; say it as the record does'
    return None


def _directions_said(text: str, library: Library) -> _Said:
    """Find the first phrase of each kind; null phrases are taken out first."""
    wording = library.wording
    null = _said_first(wording.null_phrases, text)
    rest = _finder(wording.null_phrases).sub(" ", text) if null else text
    return _Said(null, _said_first(wording.better_words, rest), _said_first(wording.worse_words, rest))


def _said_first(phrases: tuple[str, ...], text: str) -> str | None:
    """Return the first of some phrases as a text has it; most texts lack their words, which is found fast."""
    if not may_hold(phrases, text):
        return None
    found = _finder(phrases).search(text)
    return found and found[0]


@lru_cache(maxsize=64)
def _finder(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return phrase_regex(phrases)


def _second_hand(span: Span, cited: Sequence[Cited], path: str, library: Library) -> Iterator[Problem]:
    """A result read in another paper is told as such."""
    for source, finding in cited:
        reading = source.reading_of(finding)
        if reading.part == "second-hand" and not _finder(library.wording.second_hand).search(span.text):
            yield Problem(
                path, span.line, "second-hand",
                f"{source.key} was read second-hand, in {reading.via}; say so in the sentence, "
                'for instance "a later review reports that ..."',
            )  # fmt: skip


def _retracted(span: Span, cited: Iterable[Cited], path: str) -> Iterator[Problem]:
    """A retracted paper, or one with an expression of concern, is no source."""
    for source, _ in cited:
        if source.retraction and source.retraction.status in ("retracted", "concern"):
            said = {"retracted": "was retracted", "concern": "carries an expression of concern"}
            yield Problem(
                path, span.line, "retracted",
                f"{source.key} {said[source.retraction.status]} ({source.retraction.where}); rest on another source",
            )  # fmt: skip


def _short(text: str) -> str:
    flat = " ".join(CITATION.sub("", text).split())
    return flat if len(flat) <= 60 else flat[:57] + "..."  # noqa: PLR2004
