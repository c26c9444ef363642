"""Plain language: say whether a page is easy to read and its words are fair.

Text goes in and faults come out. Only `load_wording` reads a file; the word lists
themselves live in `data/wording.yml`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from math import sqrt
from textwrap import shorten
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import yaml
from pydantic import ConfigDict, TypeAdapter, ValidationError

from plainwords.hyphens import patterns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    _Found = tuple[str, "WordRule", "Phrase"]

RAW_GRADE_LIMIT = 8
TAUGHT_GRADE_LIMIT = 6
GRADED_FROM_WORDS = 30
TAUGHT_TERMS_LIMIT = 12
TAUGHT_SYLLABLES = 2
AVERAGE_LIMIT = 12
SENTENCE_LIMIT = 25
PARAGRAPH_LIMIT = 3
OUT_OF = 100

HARDEST_SHOWN = 3
LONGEST_SHOWN = 8
LONG_SYLLABLES = 3
QUOTE_WIDTH = 70
LONE_FREQUENCY = "lone-frequency"

WordRule = Literal["hype-word", "fear-word", "banned-phrase", "lone-frequency"]


# ---- What goes in, and what comes out


class Sentence(NamedTuple):
    """One sentence as plain text, and the line of the source file it starts on."""

    text: str
    line: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a list item: `kind` is 'paragraph' or 'item'."""

    sentences: tuple[Sentence, ...]
    line: int
    kind: str


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it is, which rule it breaks and what is expected."""

    line: int
    rule: str
    message: str


@dataclass(frozen=True)
class Phrase:
    """A wording that we do not print, why, what to write, and where it is harmless."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    pattern: str
    why: str
    instead: str
    forms: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wording:
    """The lists of `data/wording.yml`, each of which is explained there."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    words: dict[WordRule, tuple[Phrase, ...]]
    syllables: dict[int, tuple[str, ...]]
    plainer: dict[str, str]
    number_words: dict[str, int]
    count_words: tuple[str, ...]
    number_idioms: tuple[str, ...]
    span_words: tuple[str, ...]
    people_words: tuple[str, ...]
    percent_words: tuple[str, ...]
    split_words: tuple[str, ...]
    null_phrases: tuple[str, ...]
    better_words: tuple[str, ...]
    worse_words: tuple[str, ...]
    opposites: tuple[tuple[str, str], ...]
    second_hand: tuple[str, ...]

    @cached_property
    def word_syllables(self) -> dict[str, int]:
        """Give the syllables of each word that hyphenation counts wrongly."""
        return {word: n for n, words in self.syllables.items() for word in words}

    @cached_property
    def spoken(self) -> dict[str, _Word]:
        """Keep the words that were met, as printed, each with its syllables."""
        return {}

    @cached_property
    def phrases(self) -> dict[str, tuple[WordRule, Phrase] | None]:
        """Give rule and phrase by every form; None marks a harmless use."""
        ruled = [(rule, p) for rule, group in self.words.items() for p in group]
        harmless = {_plain(form): None for _, p in ruled for form in p.unless}
        return harmless | {_plain(form): (rule, p) for rule, p in ruled for form in (p.pattern, *p.forms)}

    @cached_property
    def opposite_words(self) -> tuple[str, ...]:
        """Give every word that has an opposite."""
        return tuple(word for pair in self.opposites for word in pair)

    @cached_property
    def ratio_finder(self) -> re.Pattern[str]:
        """Match “1 in 10” in digits or words."""
        return _ratio_regex(self.number_words)

    @cached_property
    def phrase_words(self) -> _ByFirst:
        """Give the words of each form in `phrases`, by the first of them."""
        return _by_first_word(tuple(self.phrases))

    @cached_property
    def phrase_finder(self) -> re.Pattern[str]:
        """Match every form in `phrases`; the longest form wins, harmless ones too."""
        return phrase_regex(tuple(self.phrases))


class WordingError(ValueError):
    """The word lists cannot be used; the message says which entry to mend."""


def load_wording(path: Path) -> Wording:
    """Return the word lists of the YAML file at `path`, or raise `WordingError`."""
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        return TypeAdapter(Wording).validate_python(raw)
    except yaml.YAMLError as error:
        message = f"{path.name} is not YAML: {error}"
        raise WordingError(message) from error
    except ValidationError as error:
        where = (".".join(map(str, e["loc"])) + ": " + e["msg"] for e in error.errors())
        message = f"{path.name}: " + "; ".join(where)
        raise WordingError(message) from error


# ---- Finding phrases

_WORDS = re.compile(r"\w+")
_GAP = r"[\s\u2010\u2011-]+"
_APOSTROPHE = "['\u2019]"


@cache
def phrase_regex(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Match any phrase as whole words: case, hyphens and line ends do not matter."""
    longest_first = sorted({_plain(phrase) for phrase in phrases}, key=len, reverse=True)
    sources = (re.escape(phrase).replace(r"\ ", _GAP) for phrase in longest_first)
    either = "|".join(sources).replace("'", _APOSTROPHE)
    nothing = r"(?!)"
    return re.compile(rf"(?<!\w)(?:{either or nothing})(?!\w)", re.IGNORECASE)


def may_hold(phrases: tuple[str, ...], text: str) -> bool:
    """Say whether all words of some phrase stand in a text: that is found fast, their order is not."""
    return _any_stands(_by_first_word(phrases), text)


class _ByFirst(NamedTuple):
    """The words of phrases by the first of them, and all first words; "" stands for a phrase of signs alone."""

    firsts: frozenset[str]
    words: Mapping[str, Sequence[set[str]]]


def _any_stands(phrases: _ByFirst, text: str) -> bool:
    if "" in phrases.firsts:
        return True
    words = words_of(text)
    firsts = words & phrases.firsts
    return bool(firsts) and any(wanted <= words for first in firsts for wanted in phrases.words[first])


@cache
def _by_first_word(phrases: tuple[str, ...]) -> _ByFirst:
    found: dict[str, list[set[str]]] = {}
    for words in map(_WORDS.findall, map(str.lower, phrases)):
        found.setdefault(words[0] if words else "", []).append(set(words))
    return _ByFirst(frozenset(found), found)


@lru_cache(maxsize=512)  # several rules look at the same text
def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, in small letters."""
    return frozenset(_WORDS.findall(text.lower()))


def _plain(phrase: str) -> str:
    """Take phrases as the same if they differ only in case, hyphens, spaces or apostrophes."""
    return re.sub(_GAP, " ", phrase.strip().lower().replace("\u2019", "'"))


# ---- Sentences

_OPENERS = "\"'\u201c\u2018\u00ab([*_"
_STOP = re.compile(
    r"(?P<stop>[.!?\u2026]+)"
    r"(?P<close>[\"'\u201d\u2019\u00bb)\]*_]*)"
    r"(?P<notes>(?:\s*\[\^[^\]\s]+\])*)"
    r"(?=\s|$)"
)
_INITIALS = re.compile(r"(?:[A-Za-z]{1,2}\.)*[A-Z]")
_TITLE = re.compile(
    r"drs?|mrs?|ms|messrs|prof|st|mt|rev|hon|gov|sen|rep|gen|sgt|capt"
    r"|e\.?g|i\.?e|viz|cf|vs?|approx",
    re.IGNORECASE,
)
_BEFORE_NUMBER = re.compile(
    r"nos?|figs?|pp?|vol|ch|eq|ca"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec",
    re.IGNORECASE,
)
_SHORTENED = re.compile(rf"(?i:{_TITLE.pattern})|(?i:{_BEFORE_NUMBER.pattern})|al|{_INITIALS.pattern}")
_BEFORE_LETTER = re.compile(
    r"hepatitis|vitamin|type|group|arm|part|grade|class|option|table|figure",
    re.IGNORECASE,
)
_STARTER = re.compile(
    r"(?:after|all|and?|as|at|before|both|but|by|each|few|for|from|half|here|how|if|in"
    r"|its?|many|most|no|nobody|none|not|of|on|one|or|our|people|so|some|that|then?"
    r"|their|there|these|they|this|those|to|we|what|when|where|which|while|who|why"
    r"|with|without|your?|a)\b",
    re.IGNORECASE,
)


def split_sentences(text: str) -> list[str]:
    """Split running text into sentences, each with the footnote marks that close it."""
    return list(_split(text))


@lru_cache(maxsize=512)  # several rules part the same text, one after the other
def _split(text: str) -> tuple[str, ...]:
    pieces, start = [], 0
    for stop in _STOP.finditer(text):
        if _is_end(text[start : stop.start()], stop, text[stop.end() :]):
            pieces.append(text[start : stop.end()])
            start = stop.end()
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if piece.strip())


def _is_end(before: str, stop: re.Match[str], after: str) -> bool:
    """End a sentence at a stop, unless it goes on with a small letter or the stop only shortens a word."""
    following = after.lstrip().lstrip(_OPENERS)
    if following[:1].islower():
        return False
    if not following or stop["stop"] != "." or stop["close"] or stop["notes"]:
        return True
    return not _is_shortened(before, following)


def _is_shortened(before: str, following: str) -> bool:
    """Take the full stop after “Dr”, initials or “no” (before a number) as part of the word."""
    *lead, last = (word.lstrip(_OPENERS) for word in before.rsplit(maxsplit=2)[-2:] or [""])
    if not _SHORTENED.fullmatch(last):
        return False
    if _TITLE.fullmatch(last):
        return True
    if _BEFORE_NUMBER.fullmatch(last):
        return bool(lead) and following[0].isdigit()
    labelled = bool(lead) and _BEFORE_LETTER.fullmatch(lead[-1])
    return not labelled and not _STARTER.match(following)


# ---- Words and syllables

_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_WORD = re.compile(r"[^\s\u2014]*[^\W_][^\s\u2014]*")
_PART = re.compile(r"\d[\w.,:%\u2013]*|[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_HISSING = ("s", "x", "z", "ch", "sh", "ce", "ge", "se", "ze")


@dataclass(frozen=True)
class _Word:
    """A word as printed, without the marks around it, and its syllables."""

    text: str
    syllables: int


@dataclass(frozen=True)
class _Measure:
    """What the reading grade rests on: how many sentences, words and syllables."""

    sentences: int
    words: int
    syllables: int

    @property
    def grade(self) -> float:
        """Give the Flesch-Kincaid grade (Kincaid and others, 1975)."""
        if not self.sentences or not self.words:
            return 0.0
        length = self.words / self.sentences
        return 0.39 * length + 11.8 * self.syllables / self.words - 15.59

    def __sub__(self, other: _Measure) -> _Measure:
        """Leave a part of the text out."""
        return _Measure(
            self.sentences - other.sentences,
            self.words - other.words,
            self.syllables - other.syllables,
        )


def count_syllables(word: str, wording: Wording) -> int:
    """Count a word's syllables; hyphenated parts add up and a number counts as one."""
    return sum(_part_syllables(part, wording) for part in _PART.findall(word))


def _part_syllables(part: str, wording: Wording) -> int:
    """Count a word as hyphenation breaks it, unless our own list says otherwise."""
    if part[0].isdigit():
        return 1
    word = part.lower().replace("\u2019", "'")
    known = wording.word_syllables.get(word) or wording.word_syllables.get(_stem(word))
    return known or _hyphenated(word.replace("'", ""))


def _stem(word: str) -> str:
    """Drop a plural or possessive “s”, which adds no syllable except after a hissing sound."""
    stem = word.removesuffix("s").removesuffix("'")
    return word if stem.endswith(_HISSING) else stem


@cache
def _hyphenated(word: str) -> int:
    """Count the parts into which hyphenation breaks a word."""
    return len(patterns().positions(word)) + 1


def _sentence_words(text: str, wording: Wording, taught: Collection[str] = ()) -> tuple[_Word, ...]:
    """List the words of a sentence; words inside a taught term count as short."""
    known = wording.spoken
    words = tuple([known.get(token) or _known_word(token, wording) for token in _WORD.findall(_unmarked(text))])
    return _eased(text, words, wording, taught) if taught else words


def _unmarked(text: str) -> str:
    """Take the footnote marks out of a text."""
    return _NOTE.sub("", text) if "[^" in text else text


def _eased(text: str, words: tuple[_Word, ...], wording: Wording, taught: Collection[str]) -> tuple[_Word, ...]:
    """Count the long words of a sentence again where they stand inside a taught term."""
    prose = _unmarked(text)
    easy = _taught_spans(prose, taught) if any(word.syllables > TAUGHT_SYLLABLES for word in words) else ()
    if not easy:
        return words
    return tuple(
        _word(token.group(), token.start(), wording, easy) if word.syllables > TAUGHT_SYLLABLES else word
        for token, word in zip(_WORD.finditer(prose), words, strict=True)
    )


def _known_word(token: str, wording: Wording) -> _Word:
    """Measure each word once, however often it stands on the site."""
    return wording.spoken.setdefault(token, _word(token, 0, wording, ()))


def _word(token: str, start: int, wording: Wording, easy: Sequence[tuple[int, int]]) -> _Word:
    """Count two syllables at most for a part of a word inside a taught term."""
    parts = list(_PART.finditer(token))
    syllables = 0
    for part in parts:
        at = start + part.start()
        short = any(first <= at < end for first, end in easy)
        count = _part_syllables(part.group(), wording)
        syllables += min(count, TAUGHT_SYLLABLES) if short else count
    return _Word(token[parts[0].start() : parts[-1].end()], syllables)


def _taught_spans(prose: str, taught: Collection[str]) -> list[tuple[int, int]]:
    """Find where taught terms stand, from the left, the longer one first where two begin alike."""
    low = prose.lower()
    finders = (finder for term in taught if term.strip() for stem, finder in [_taught_finder(term)] if stem in low)
    found = [match.span() for finder in finders for match in finder.finditer(prose)]
    found.sort(key=_leftmost_longest)
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return spans


def _leftmost_longest(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


@cache
def _taught_finder(term: str) -> tuple[str, re.Pattern[str]]:
    """Take a taught term as taught in its plural and with “'s”, too; the letters before are in all of these."""
    start = re.match(r"[^\W_]*", _plain(term))
    return (start[0] if start else "").removesuffix("y"), phrase_regex(_inflected(term))


def _inflected(term: str) -> tuple[str, ...]:
    """Give a term, its plural and its possessive."""
    plural = re.sub(r"y$", "ie", term) + "s"
    return (term, term + "s", term + "es", term + "'s", plural)


# ---- Grades


def grade(sentences: Sequence[str], wording: Wording, taught: Collection[str] = ()) -> float:
    """Give the Flesch-Kincaid grade, with the words of taught terms counted short."""
    return _total(_sentence_words(text, wording, taught) for text in sentences).grade


def smog(sentences: Sequence[str], wording: Wording) -> float:
    """Give the SMOG grade: words of three syllables or more (McLaughlin, 1969)."""
    if not sentences:
        return 0.0
    words = (word for text in sentences for word in _sentence_words(text, wording))
    long_words = sum(word.syllables >= LONG_SYLLABLES for word in words)
    return 1.0430 * sqrt(long_words * 30 / len(sentences)) + 3.1291


def _total(sentences: Iterable[Sequence[_Word]]) -> _Measure:
    """Add up sentences that hold words; one without any is no sentence."""
    spoken = [words for words in sentences if words]
    return _Measure(
        sentences=len(spoken),
        words=sum(map(len, spoken)),
        syllables=sum([word.syllables for words in spoken for word in words]),
    )


# ---- Rules for a page


def check_plain(paragraphs: Sequence[Paragraph], taught: Sequence[str], wording: Wording) -> list[Fault]:
    """Check a page's prose by every rule of this module, word rules included."""
    sentences = [s for paragraph in paragraphs for s in paragraph.sentences]
    words = [_sentence_words(s.text, wording) for s in sentences]
    faults = [
        *_reading_level(sentences, words, taught[:TAUGHT_TERMS_LIMIT], wording),
        *_sentence_average(sentences, words),
        *(f for paragraph in paragraphs for f in _long_paragraph(paragraph)),
        *(
            f
            for sentence, spoken in zip(sentences, words, strict=True)
            for f in _long_sentence(sentence, spoken, wording)
        ),
        *(f for sentence in sentences for f in check_words(sentence, wording)),
    ]
    return sorted(faults, key=lambda fault: (fault.line, fault.rule))


def _reading_level(
    sentences: Sequence[Sentence], raw: Sequence[tuple[_Word, ...]], taught: Sequence[str], wording: Wording
) -> Iterator[Fault]:
    """Write a page to read at grade 8 or below, and at 6 or below with its taught terms counted as short."""
    if sum(map(len, raw)) < GRADED_FROM_WORDS:
        return
    eased = [_eased(s.text, words, wording, taught) for s, words in zip(sentences, raw, strict=True)]
    raw_grade, eased_grade = (round(_total(words).grade, 1) for words in (raw, eased))
    levels = _levels(raw_grade, eased_grade, len(taught))
    if levels:
        words = eased if eased_grade > TAUGHT_GRADE_LIMIT else raw
        hardest = _hardest(sentences, words)
        mend = f"{_show_sentences(hardest)}. {_show_longest(words, wording)}"
        message = f"The page reads at {levels}. Shorten or split its hardest sentences: "
        yield Fault(hardest[0].line, "reading-level", message + mend)


def _levels(raw: float, eased: float, terms: int) -> str:
    """Say which grades are too high and how high they may be; nothing if none is."""
    as_written = f"grade {raw:.1f} as it stands, expected {RAW_GRADE_LIMIT} or less"
    with_terms = (
        f"grade {eased:.1f} with its glossary terms counted as short words ({terms} given, "
        f"{TAUGHT_TERMS_LIMIT} at most), expected {TAUGHT_GRADE_LIMIT} or less"
    )
    broken = [as_written] * (raw > RAW_GRADE_LIMIT)
    broken += [with_terms] * (eased > TAUGHT_GRADE_LIMIT)
    return "; and at ".join(broken)


def _hardest(sentences: Sequence[Sentence], words: Sequence[Sequence[_Word]]) -> list[Sentence]:
    """Find the sentences without which the page would read easiest."""
    page = _total(words)
    without = {i: (page - _total([part])).grade for i, part in enumerate(words)}
    return [sentences[i] for i in sorted(without, key=without.__getitem__)[:HARDEST_SHOWN]]


def _show_sentences(sentences: Iterable[Sentence]) -> str:
    """Name sentences by line and opening words."""
    return "; ".join(f"line {s.line} {_quote(s.text)}" for s in sentences)


def _show_longest(words: Iterable[Sequence[_Word]], wording: Wording) -> str:
    """Name the longest words by their weight on the page, with plainer ones if known."""
    counts = Counter(
        (word.text.lower(), word.syllables)
        for sentence in words
        for word in sentence
        if word.syllables >= LONG_SYLLABLES
    )
    longest = sorted(counts, key=lambda word: (1 - word[1]) * counts[word])
    shown = [_show_word(*word, counts[word], wording) for word in longest]
    return "Longest words to change: " + ", ".join(shown[:LONGEST_SHOWN] or ["none"])


def _show_word(text: str, syllables: int, times: int, wording: Wording) -> str:
    """Quote a word with its syllables, how often it stands there, and a plainer one."""
    often = f", {times} times" if times > 1 else ""
    plainer = wording.plainer.get(text)
    hint = f", try “{plainer}”" if plainer else ""
    return f"“{text}” ({syllables} syllables{often}{hint})"


def _quote(text: str) -> str:
    """Quote the opening of a text without its footnote marks."""
    return f"“{shorten(_NOTE.sub('', text), QUOTE_WIDTH, placeholder=' …')}”"


def _sentence_average(sentences: Sequence[Sentence], raw: Sequence[Sequence[_Word]]) -> Iterator[Fault]:
    """Keep sentences to 12 words on average over the page."""
    lengths = {s: len(spoken) for s, spoken in zip(sentences, raw, strict=True)}
    spoken = [s for s in sentences if lengths[s]]
    words = sum(lengths[s] for s in spoken)
    average = round(words / max(len(spoken), 1), 1)
    if average <= AVERAGE_LIMIT:
        return
    longest = sorted(spoken, key=lengths.__getitem__, reverse=True)[:HARDEST_SHOWN]
    yield Fault(
        longest[0].line,
        "sentence-average",
        f"Sentences average {average} words over the page "
        f"({words} words in {len(spoken)} sentences), expected {AVERAGE_LIMIT} or "
        f"fewer. Split the longest: {_show_sentences(longest)}",
    )


def _long_sentence(sentence: Sentence, spoken: Sequence[_Word], wording: Wording) -> Iterator[Fault]:
    """Keep every sentence to 25 words."""
    words = [word.text for word in spoken]
    if len(words) > SENTENCE_LIMIT:
        yield Fault(
            sentence.line,
            "long-sentence",
            f"{_quote(sentence.text)} has {len(words)} words, expected "
            f"{SENTENCE_LIMIT} or fewer. Split it in two{_show_split(words, wording)}",
        )


def _show_split(words: Sequence[str], wording: Wording) -> str:
    """Offer to split a long sentence before the joining word nearest its middle."""
    middle = len(words) / 2
    joins = [i for i, word in enumerate(words) if word.lower() in wording.split_words]
    best = min(joins, key=lambda i: abs(i - middle), default=0)
    return f", for instance before “{' '.join(words[best : best + 3])}”" * bool(best)


def _long_paragraph(paragraph: Paragraph) -> Iterator[Fault]:
    """Keep a paragraph or a list item to three sentences."""
    count = len(paragraph.sentences)
    if count > PARAGRAPH_LIMIT:
        name = "list item" if paragraph.kind == "item" else "paragraph"
        extra = paragraph.sentences[PARAGRAPH_LIMIT]
        yield Fault(
            paragraph.line,
            "long-paragraph",
            f"This {name} has {count} sentences, expected {PARAGRAPH_LIMIT} or fewer. "
            f"Start a new {name} at line {extra.line} {_quote(extra.text)} or earlier; "
            "each part then needs its own citation or mark",
        )


# ---- Rules for words

_QUOTED = re.compile(r"\u201c[^\u201d]*\u201d|\"[^\"]*\"")
_DIGITS = r"\d(?:[\d,]*\d)?(?:\.\d+)?"
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w]|[.,]\d)")
_PERCENT_SIGN = r"[\s-]*(?:%|per\s?cent\b)"
_PERCENT = re.compile(
    rf"(?<![\w.,]){_DIGITS}"
    rf"(?:(?:{_PERCENT_SIGN})?\s*(?:to|and|or|\u2013|-)\s*{_DIGITS})*{_PERCENT_SIGN}",
    re.IGNORECASE,
)


def check_words(sentence: Sentence, wording: Wording) -> list[Fault]:
    """Check one sentence by the word rules; words in double quotes are not ours."""
    prose = " ".join(_NOTE.sub("", sentence.text).split())
    own = Sentence(_QUOTED.sub("\u201c\u201d", prose), sentence.line)
    phrases = tuple(_phrases_in(own.text, wording)) if _any_stands(wording.phrase_words, own.text) else ()
    faults = (
        *(_unwanted_words(own, phrases) if phrases else ()),
        *(_lone_frequency(own, phrases, wording) if phrases else ()),
        *_one_in_x(own, wording),
        *_percent_frame(own, wording),
    )
    return list(dict.fromkeys(faults))


def _unwanted_words(sentence: Sentence, phrases: Sequence[_Found]) -> Iterator[Fault]:
    """Choose words that neither sell nor frighten, hide nothing and lower nobody."""
    for found, rule, phrase in phrases:
        if rule != LONE_FREQUENCY:
            yield Fault(sentence.line, rule, _show_phrase(found, phrase))


def _lone_frequency(sentence: Sentence, phrases: Sequence[_Found], wording: Wording) -> Iterator[Fault]:
    """Never write “rare” or “common” without a count in the same sentence."""
    for found, rule, phrase in phrases:
        if rule == LONE_FREQUENCY and not _has_count(sentence.text, wording):
            yield Fault(sentence.line, rule, _show_phrase(found, phrase))


def _phrases_in(text: str, wording: Wording) -> Iterator[_Found]:
    """Yield each unwanted phrase as printed, its rule and its entry."""
    for found in wording.phrase_finder.finditer(text):
        entry = wording.phrases[_plain(found.group())]
        if entry:
            yield found.group(), *entry


def _show_phrase(found: str, phrase: Phrase) -> str:
    """Say what is wrong with a phrase and what to write."""
    return f"“{found}” {phrase.why}; {phrase.instead}"


def _has_count(text: str, wording: Wording) -> bool:
    """Look for a number that counts: neither a year nor the “one” of “no one”."""
    idioms = phrase_regex(wording.number_idioms)
    rest = _YEAR.sub("", idioms.sub("", text))
    words = (*wording.number_words, *wording.count_words)
    return bool(re.search(r"\d", rest) or phrase_regex(words).search(rest))


def _one_in_x(sentence: Sentence, wording: Wording) -> Iterator[Fault]:
    """Never give a chance as “1 in X”: give so many out of 100 people."""
    for ratio in wording.ratio_finder.finditer(sentence.text) if _IN.search(sentence.text) else ():
        if not _is_span(ratio, wording):
            yield Fault(
                sentence.line,
                "one-in-x",
                f"“{ratio.group()}” is a “1 in X” chance, expected people out of 100: "
                f"write {_show_share(ratio, wording)} if the source counted people",
            )


_IN = re.compile(r"[\s-]in[\s-]", re.IGNORECASE)


def _ratio_regex(number_words: Iterable[str]) -> re.Pattern[str]:
    """Match “1 in 10”, “one in every ten” and “one-in-a-hundred”."""
    words = "|".join(number_words)
    number = rf"(?:{_DIGITS}|{words})(?!\w|[.,]\d)"
    return re.compile(
        r"(?<![\w.,-])(?<!\bno )(?<!\bany )(?<!\beach )(?<!\bevery )"
        rf"(?P<top>{number})[\s-]+in[\s-]+(?:(?:an?|each|every)[\s-]+)?"
        rf"(?P<bottom>{number}(?:[\s-]+(?:{words})\b)*)",
        re.IGNORECASE,
    )


def _is_span(ratio: re.Match[str], wording: Wording) -> bool:
    """Let “3 in 2 weeks” pass as a span of time and “2 in 2013” as a year."""
    following = ratio.string[ratio.end() :].lstrip()
    if _YEAR.fullmatch(ratio["bottom"]):
        return phrase_regex(wording.people_words).match(following) is None
    return phrase_regex(wording.span_words).match(following) is not None


def _show_share(ratio: re.Match[str], wording: Wording) -> str:
    """Show a chance as a count out of 100, or of more people where that is below one."""
    top, bottom = (_value(ratio[part], wording) for part in ("top", "bottom"))
    if not top or not bottom:
        return f"“X out of {OUT_OF} people”"
    bases = (OUT_OF, 1_000, 10_000, 100_000)
    base = next((base for base in bases if top * base >= bottom), 1_000_000)
    return f"“{top * base / bottom:.0f} out of {base:,} people”"


def _value(number: str, wording: Wording) -> float | None:
    """Read a number in digits or in one word; give None for several words."""
    if re.fullmatch(_DIGITS, number):
        return float(number.replace(",", ""))
    return wording.number_words.get(number.lower())


def _percent_frame(sentence: Sentence, wording: Wording) -> Iterator[Fault]:
    """Count people out of 100; only the strength of a liquid and the size of a thing may be in percent."""
    if "%" not in sentence.text and "cent" not in sentence.text.lower():
        return
    for percent in _PERCENT.finditer(sentence.text):
        if not _is_strength(percent, wording):
            whole = re.fullmatch(r"(\d+)\D+", percent.group())
            count = whole[1] if whole and int(whole[1]) <= OUT_OF else "X"
            yield Fault(
                sentence.line,
                "percent-frame",
                f"“{percent.group()}” is a percentage, expected “{count} out of 100 "
                "people”, or plain amounts with their scale if it does not count people",
            )


def _is_strength(percent: re.Match[str], wording: Wording) -> bool:
    """Let a percentage pass if it names its liquid: “15% dextrose” or “dextrose at 15%”."""
    liquid = phrase_regex(wording.percent_words)
    before = re.split(r"\s+(?:of|at|from|between)\s+$", percent.string[: percent.start()])
    named_before = len(before) > 1 and any(found.end() == len(before[0]) for found in liquid.finditer(before[0]))
    after = percent.string[percent.end() :].lstrip(" -\u00a0")
    return named_before or liquid.match(after) is not None
