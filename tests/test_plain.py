"""Examples of plain and of unplain writing, each beside the faults that it should give."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from textwrap import shorten

import pytest
import textstat

from plainwords.plain import (
    Fault,
    Paragraph,
    Phrase,
    Sentence,
    Wording,
    WordingError,
    check_plain,
    check_words,
    count_syllables,
    grade,
    load_wording,
    phrase_regex,
    smog,
    split_sentences,
)

WORDING_FILE = Path(__file__).parents[1] / "data" / "wording.yml"


@cache
def wording() -> Wording:
    return load_wording(WORDING_FILE)


def page(text: str) -> list[Paragraph]:
    """Read a page of one sentence a line; “- ” begins a list item, an empty line ends a paragraph."""
    paragraphs: list[Paragraph] = []
    for number, line in enumerate(text.splitlines(), start=1):
        kind = "item" if line.startswith("- ") else "paragraph"
        sentences = tuple(Sentence(s, number) for s in split_sentences(line.removeprefix("- ")))
        last = paragraphs[-1] if paragraphs else None
        if kind == "paragraph" and last and last.kind == kind and last.line + len(last.sentences) == number:
            paragraphs[-1] = Paragraph((*last.sentences, *sentences), last.line, kind)
        elif sentences:
            paragraphs.append(Paragraph(sentences, number, kind))
    return paragraphs


def faults(text: str, *taught: str) -> list[Fault]:
    return check_plain(page(text), taught, wording())


def word_faults(text: str) -> list[Fault]:
    return check_words(Sentence(text, 7), wording())


# ---- Sentences: “|” stands where one ends and the next begins


@pytest.mark.parametrize(
    "marked",
    [
        "It hurt.|Then it stopped.",
        "Dr. Smith asked.|Ms. Lee and Prof. Wu did not.",
        "Pain fell by 15.3 points.|With salt water it fell by 7.6.",
        "Ask about medicines, e.g. Warfarin or i.e. blood thinners.|Then wait.",
        "The U.S. Food and Drug Administration answered.|It is sold in the U.S.|The label says so.",
        "Sugar water vs. Salt water was the question.|Nobody knows.",
        "Smith et al. Rabago et al. 2013 looked.|They found a gain.",
        "By J. R. Smith and M. J. Lee.|They wrote it.",
        "Six people had hepatitis C.|Spread was shown for some.",
        "See fig. 2 and No. 5 in vol. 3.|It ends there.",
        "Is it safe?|No.|30 people were hurt.",
        "“Does it hurt?” she asked.|It did.",
        "She said “it hurts.”|He left (not far.)|They met again.",
        "Really?!|Yes!|Well …|Perhaps.",
        "**Call now.**|Then sit down.",
        "It fell.[^a2013-knee.womac-52w]|It rose.[^b.c][^d.e]|It stayed. [^f.g]|It ended.",
        "It was said (see p. 5).[^a.b]|“Nobody knows.”[^c.d]|(It may be so.)",
        "A list item without a stop",
        "It costs $5.|£4 is too much.",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(marked: str) -> None:
    assert split_sentences(marked.replace("|", " ")) == marked.split("|")
    assert split_sentences(marked.replace("|", "\n")) == marked.split("|")


@pytest.mark.parametrize("text", ["", "  \n "])
def test_nothing_holds_no_sentence(text: str) -> None:
    assert split_sentences(text) == []


# ---- Syllables and grades


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("pain", 1),
        ("water", 2),
        ("about", 2),
        ("Injuries", 3),
        ("injury's", 3),
        ("studies", 2),
        ("syringe", 2),
        ("syringes", 3),
        ("salt-water", 3),
        ("prolotherapy", 5),
        ("osteoarthritis", 6),
        ("didn’t", 2),
        ("MRI", 3),
        ("15.3", 1),
        ("1,000", 1),
        ("5–10%", 1),
        ("52-week", 2),
        ("(dextrose).", 2),
        ("±", 0),
    ],
)
def test_syllables_are_counted_as_spoken_and_numbers_as_one(word: str, syllables: int) -> None:
    assert count_syllables(word, wording()) == syllables


def test_the_grade_is_flesch_kincaids() -> None:
    assert grade(["The cat sat on the mat.[^a.b]"], wording()) == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    assert grade(["No.", "It did not – 5 did."], wording()) == pytest.approx(0.39 * 3 + 11.8 - 15.59)


@pytest.mark.parametrize("nothing", [[], ["…"], [""]])
def test_nothing_has_no_grade(nothing: list[str]) -> None:
    assert grade(nothing, wording()) == 0
    assert smog([], wording()) == 0


@pytest.mark.parametrize(
    ("text", "term", "syllables"),
    [
        ("Osteoarthritis hurts", "osteoarthritis", 3),
        ("Osteoarthritis-like pain", "osteoarthritis", 4),
        ("Low blood sugar hurts", "blood sugar", 5),
        ("Platelet-rich plasma hurts", "platelet rich plasma", 6),
        ("Physiotherapies hurt", "physiotherapy", 3),
        ("Practitioners hurt", "practitioner", 3),
        ("Osteoarthritis hurts", "arthritis", 7),
    ],
)
def test_a_taught_word_counts_as_two_syllables_at_most(text: str, term: str, syllables: int) -> None:
    words = len(text.split())
    assert grade([text], wording(), [term]) == pytest.approx(0.39 * words + 11.8 * syllables / words - 15.59)


def test_smog_counts_words_of_three_syllables() -> None:
    sentences = ["The injury was serious.", "It went away."]
    assert smog(sentences, wording()) == pytest.approx(1.0430 * 30**0.5 + 3.1291)


# Our own texts. They hold no decimals, which textstat takes for the ends of sentences.
SAMPLES = {
    "home": """
        Prolotherapy is a set of injections, mostly of sugar water, into painful joints, ligaments or tendons.
        This site tells you what the studies found. Every claim carries a number.
        The number leads to its source. Look for the small numbered tab at the end of a claim.
        On a wide screen its source stands beside it. On a phone it follows the paragraph.
        When nobody counted how many people were treated, we draw tally marks.
        This site sells nothing and belongs to no clinic. Software drafted and checked these words.
        No named author stands behind them yet. It cannot examine you or know your history.
        """,
    "knee": """
        In two small trials, sugar water helped painful knees more than salt water did.
        After one year, people given sugar water were about 15 points better out of 100.
        Everyone who had the shots was sore afterwards. The first trial took 90 adults aged 40 to 76.
        They got sugar water, salt water, or exercises to do at home.
        The second trial took 76 people at a clinic in Hong Kong.
        They got sugar water or salt water inside the knee joint, four times in 16 weeks.
        People did not know which shot they got. All three groups got better over the year.
        """,
    "risks": """
        Soreness is usual. Serious harm has happened. Nobody knows how often it happens.
        Practitioners reported 472 harms in the back and neck. Of these, 69 needed hospital care.
        Seven people were found with hepatitis C after care at one unsafe clinic.
        In the back and neck survey, practitioners guessed how many patients get side effects.
        A guess is not a count, so we draw no picture of it.
        To work out a chance you need two numbers. One is how many people were harmed.
        The other is how many were treated. The survey has the first and not the second.
        """,
}


@pytest.mark.parametrize("name", SAMPLES)
def test_the_grade_agrees_with_textstat(name: str) -> None:
    text = " ".join(SAMPLES[name].split())
    theirs = textstat.textstat.flesch_kincaid_grade(text)
    assert grade(split_sentences(text), wording()) == pytest.approx(theirs, abs=0.7)


@pytest.mark.parametrize("name", SAMPLES)
def test_our_own_texts_are_plain(name: str) -> None:
    sentences = split_sentences(" ".join(SAMPLES[name].split()))
    paragraphs = [Paragraph((Sentence(s, n),), n, "paragraph") for n, s in enumerate(sentences, start=1)]
    assert check_plain(paragraphs, [], wording()) == []


# ---- Rules for a page

HARD = """\
Practitioners administer injections.
They follow numerous guidelines.

Investigators investigated osteoarthritis of the knee.
They looked at prolotherapy for one year.
Some people did well and some did not.

That is all we know.
Nobody has asked for more.
"""


def test_a_hard_page_names_its_grades_its_hardest_sentences_and_its_longest_words() -> None:
    assert faults(HARD, "osteoarthritis") == [
        Fault(
            1,
            "reading-level",
            "The page reads at grade 8.3 as it stands, expected 8 or less; "
            "and at grade 7.0 with its glossary terms counted as short words (1 given, 12 at most), "
            "expected 6 or less. Shorten or split its hardest sentences: "
            "line 1 “Practitioners administer injections.”; "
            "line 4 “Investigators investigated osteoarthritis of the knee.”; "
            "line 2 “They follow numerous guidelines.”. "
            "Longest words to change: “investigators” (5 syllables, try “researchers”), "
            "“investigated” (5 syllables, try “looked into”), “prolotherapy” (5 syllables), "
            "“practitioners” (4 syllables, try “the people who give it”), "
            "“administer” (4 syllables, try “give”), “injections” (3 syllables), "
            "“numerous” (3 syllables, try “many”), “nobody” (3 syllables)",
        ),
    ]


def test_a_page_that_is_hard_for_its_taught_terms_alone_breaks_the_raw_grade_alone() -> None:
    (fault,) = faults("Prolotherapy for osteoarthritis of the knee hurts.\n\n" * 5, "prolotherapy", "osteoarthritis")
    assert fault.message.startswith("The page reads at grade 14.1 as it stands, expected 8 or less. Shorten")


def test_only_the_first_twelve_taught_terms_count() -> None:
    others = [f"term {letter}" for letter in "abcdefghijkl"]
    assert faults(HARD, *others, "practitioner", "osteoarthritis") == faults(HARD, *others)


def test_a_page_of_fewer_than_thirty_words_has_no_grade() -> None:
    assert faults("Practitioners administer osteoarthritis interventions.\n" * 3) == []


LONG = (
    "We asked all of the people who came to us on that day how they felt, and all of them told us "
    "that they felt much as they did before."
)


def test_a_long_sentence_is_counted_and_a_place_to_split_it_is_shown() -> None:
    assert faults(f"Short.\n\n{LONG}[^a.b]")[0] == Fault(
        3,
        "long-sentence",
        "“We asked all of the people who came to us on that day how they felt, …” has 30 words, "
        "expected 25 or fewer. Split it in two, for instance before “and all of”",
    )


def test_a_long_sentence_without_a_joint_is_shown_without_a_place_to_split_it() -> None:
    assert faults("Red, blue, " * 13 + "green.")[0].message.endswith("Split it in two")


def test_a_long_sentence_of_25_words_may_stand() -> None:
    assert [fault.rule for fault in faults("go " * 25 + "– [^a.b]")] == ["sentence-average"]


def test_long_sentences_on_average_are_counted_and_the_longest_shown() -> None:
    text = "We went to see the man who had the red dog at his side.\nHe was out.\n\n" + "go " * 23
    assert faults(text) == [
        Fault(
            4,
            "sentence-average",
            "Sentences average 13.3 words over the page (40 words in 3 sentences), expected 12 or fewer. "
            f"Split the longest: line 4 “{'go ' * 22}go”; "
            "line 1 “We went to see the man who had the red dog at his side.”; line 2 “He was out.”",
        )
    ]


@pytest.mark.parametrize(
    ("text", "line", "name", "fourth"),
    [
        ("\nOne is.\nTwo is.\nThree is.\nFour is.\nFive is.", 2, "paragraph", "line 5 “Four is.”"),
        ("- One is. Two is. Three is. Four is.[^a.b]", 1, "list item", "line 1 “Four is.”"),
    ],
)
def test_a_long_paragraph_shows_where_to_divide_it(text: str, line: int, name: str, fourth: str) -> None:
    count = text.count("is.")
    assert faults(text) == [
        Fault(
            line,
            "long-paragraph",
            f"This {name} has {count} sentences, expected 3 or fewer. Start a new {name} at "
            f"{fourth} or earlier; each part then needs its own citation or mark",
        )
    ]


# ---- Rules for words


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        # words that sell
        ("It is a miracle.", ["hype-word: “miracle”"]),
        ("A game changer, and GAME-CHANGING.", ["hype-word: “game changer”", "hype-word: “GAME-CHANGING”"]),
        ("There is no cure, and it did not cure anyone.", []),
        ("It cures pain.", ["hype-word: “cures”"]),
        ("It was not proven for all seven.", []),
        ("It is proven.", ["hype-word: “proven”"]),
        ("That is the natural course of a sore knee.", []),
        ("It is safe and\neffective.", ["hype-word: “safe and effective”"]),
        ("Clinics call it “safe and effective”.", []),
        ('It is said to be a "miracle".', []),
        ("Nobody can guarantee that. They guarantee it.", ["hype-word: “guarantee”"]),
        # words that frighten
        ("A deadly, terrifying shot.", ["fear-word: “deadly”", "fear-word: “terrifying”"]),
        ("Take a pain-killer, or call poison control.", []),
        # phrases that hide what is known, take sides or lower a person
        ("The gain was not significant.", ["banned-phrase: “not significant”"]),
        ("The gain was significantly bigger.", ["banned-phrase: “significantly”"]),
        ("There is no evidence of harm.", ["banned-phrase: “no evidence”"]),
        ("It was counted.[^rare2013-miracle.1-in-10]", []),
        ("It may be right for you.", ["banned-phrase: “may be right for you”"]),
        ("Only you know what is right for you.", []),
        ("She suffers from arthritis.", ["banned-phrase: “suffers from”"]),
        ("The elderly get side effects.", ["banned-phrase: “The elderly”"]),
        ("The risk of infection was counted.", []),
        # how often
        ("Harm is rare.", ["lone-frequency: “rare”"]),
        ("Harm is rare: 3 of 90 people.", []),
        ("Soreness is common in half of them.", []),
        ("No one said that it is common.", ["lone-frequency: “common”"]),
        ("In 2006 harm was uncommon.", ["lone-frequency: “uncommon”"]),
        ("Harm is rare.[^a2006-survey.harm-1]", ["lone-frequency: “rare”"]),
        ("Soreness is usual, and it often goes; sometimes it usually stays.", []),
        ("A common cold, common sense, and how rare it is.", []),
        ("See the frequently asked questions.", []),
        # one in X
        ("It hit 1 in 10 people.", ["one-in-x: “1 in 10”"]),
        ("It hit one in ten.", ["one-in-x: “one in ten”"]),
        ("It had a one-in-a-hundred chance.", ["one-in-x: “one-in-a-hundred”"]),
        ("Two in every five people.", ["one-in-x: “Two in every five”"]),
        ("It hit 2 in 3, or 1 in 20,000.", ["one-in-x: “2 in 3”", "one-in-x: “1 in 20,000”"]),
        ("It hit 1 in 2000 people.", ["one-in-x: “1 in 2000”"]),
        ("They said that one in ten got it.", ["one-in-x: “one in ten”"]),
        ("See part 2.1.3 in 5.2.1, or 1.5 in 2.5.1.", []),
        ("They had 3 in 2 weeks, 2 in 2013, and no one in 2 towns knew.", []),
        ("It hit 10 out of 100 people, in 2 of 3 trials.", []),
        # percent
        ("It helped 37% of them.", ["percent-frame: “37%”"]),
        ("It helped 37.5 per cent.", ["percent-frame: “37.5 per cent”"]),
        ("It helped 5 to 10 percent.", ["percent-frame: “5 to 10 percent”"]),
        ("Pain fell 30% with sugar water.", ["percent-frame: “30%”"]),
        ("They got 15% to 25% dextrose, 12.5-percent sugar water, or dextrose at 15%.", []),
        ("It grew 30 percent thicker.", []),
    ],
)  # fmt: skip
def test_each_word_rule_knows_its_words(text: str, rules: list[str]) -> None:
    shown = [f"{fault.rule}: {fault.message[: fault.message.index('”') + 1]}" for fault in word_faults(text)]
    assert shown == rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "It was a miracle, a miracle.",
            "“miracle” promises more than any trial has measured; say what was measured and how big the change was",
        ),
        (
            "There is no evidence.",
            "“no evidence” does not say whether anybody looked; "
            "say what was looked for and not found, or write “nobody knows”",
        ),
        (
            "Harm is rare.",
            "“rare” says how often without a count; "
            "give the count in this sentence, such as “3 of 30 people”, "
            "or drop the word and say that nobody has counted",
        ),
        (
            "It hit one in three.",
            "“one in three” is a “1 in X” chance, expected people out of 100: "
            "write “33 out of 100 people” if the source counted people",
        ),
        (
            "It hit 1 in 20,000.",
            "“1 in 20,000” is a “1 in X” chance, expected people out of 100: "
            "write “5 out of 100,000 people” if the source counted people",
        ),
        (
            "It hit one in ten thousand.",
            "“one in ten thousand” is a “1 in X” chance, expected people out of 100: "
            "write “X out of 100 people” if the source counted people",
        ),
        (
            "It helped 37 percent.",
            "“37 percent” is a percentage, expected “37 out of 100 people”, "
            "or plain amounts with their scale if it does not count people",
        ),
        (
            "It grew 5–10%.",
            "“5–10%” is a percentage, expected “X out of 100 people”, "
            "or plain amounts with their scale if it does not count people",
        ),
    ],
)
def test_a_message_says_what_is_wrong_and_what_to_write(text: str, message: str) -> None:
    assert [(fault.line, fault.message) for fault in word_faults(text)] == [(7, message)]


# ---- The word lists

ENTRIES = [(rule, entry) for rule, entries in wording().words.items() for entry in entries]


@pytest.mark.parametrize(("rule", "form"), [(r, f) for r, e in ENTRIES for f in (e.pattern, *e.forms)])
def test_every_form_of_every_entry_is_found(rule: str, form: str) -> None:
    assert (rule, f"“{form}") in [(f.rule, f.message.split("”")[0]) for f in word_faults(f"So {form}.")]


@pytest.mark.parametrize("harmless", [phrase for _, entry in ENTRIES for phrase in entry.unless])
def test_every_harmless_use_passes(harmless: str) -> None:
    assert word_faults(f"So {harmless}.") == []


@pytest.mark.parametrize("entry", [entry for _, entry in ENTRIES], ids=lambda entry: entry.pattern)
def test_every_entry_reads_on_from_its_phrase(entry: Phrase) -> None:
    assert re.match(r"[a-z]+s\b", entry.why)
    assert re.match(r"(say|write|give|name|describe) ", entry.instead)
    assert not (entry.why + entry.instead).endswith(".")


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("null_phrases", "No clear difference: it did not ease it.", ["No clear difference", "did not"]),
        ("better_words", "It eased pain and worked; stiffness fell more.", ["eased", "worked", "fell more"]),
        ("worse_words", "Pain got worse.", ["got worse"]),
        ("second_hand", "A later\nreview says it, as told in one.", ["A later\nreview says", "as told in"]),
        ("number_idioms", "No one had it; one of the two is first.", ["No one", "one of the", "first"]),
    ],
)  # fmt: skip
def test_the_lists_for_other_checks_hold_their_phrases(name: str, text: str, found: list[str]) -> None:
    assert phrase_regex(getattr(wording(), name)).findall(text) == found


def test_an_empty_list_finds_nothing() -> None:
    assert phrase_regex(()).search("anything") is None


def test_opposites_are_two_words_and_no_pair_stands_twice() -> None:
    pairs = [frozenset(pair) for pair in wording().opposites]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)


@pytest.mark.parametrize("name", ["null_phrases", "better_words", "worse_words", "second_hand", "number_idioms"])
def test_no_list_holds_a_phrase_twice(name: str) -> None:
    phrases: tuple[str, ...] = getattr(wording(), name)
    assert sorted(phrases) == sorted(set(phrases))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            ("second_hand: [", "second_hand: [no, "),
            "wording.yml: second_hand.0: Input should be a valid string",
        ),
        (("better_words:", "beter_words:"), "better_words: Field required"),
        (("better_words:", "beter_words:"), "beter_words: Unexpected keyword argument"),
        (("  hype-word:", "  hipe-word:"), "words.hipe-word"),
        (("why: mocks", "wy: mocks"), "banned-phrase"),
        (("words:", "words: ["), "wording.yml is not YAML"),
    ],
)
def test_a_mistake_in_the_word_lists_is_named(change: tuple[str, str], complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "wording.yml"
    path.write_text(WORDING_FILE.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(WordingError) as error:
        load_wording(path)
    assert complaint in str(error.value)


# ---- A page that is wrong in every way, and the complete list of its faults

WRONG = """\
Prolotherapy is a revolutionary, all-natural breakthrough that is proven to cure osteoarthritis, and leading \
practitioners everywhere agree that it may be right for you because it regenerates degenerated ligaments.
It is safe and effective.
Side effects are rare.
No one has ever been harmed by it, as all of the doctors who give it each day will gladly tell you any time.

Approximately 37% of sufferers experienced side effects, and one in ten had a horrific, excruciating reaction.
There is no evidence that the difference was significant at all between the two groups of people.

- Infection is uncommon.
- Numerous elderly individuals failed to respond.
"""

WRONG_FAULTS = """\
1: banned-phrase: “may be right for you” advises a reader whom we do not …
1: hype-word: “revolutionary” sells the treatment; say what was measured, …
1: hype-word: “all-natural” makes a treatment sound mild without saying …
1: hype-word: “breakthrough” sells the treatment; say what was measured, …
1: hype-word: “proven” claims more certainty than a trial can give; say …
1: hype-word: “cure” promises that the trouble is gone for good; say what …
1: long-paragraph: This paragraph has 4 sentences, expected 3 or fewer. …
1: long-sentence: “Prolotherapy is a revolutionary, all-natural …
1: reading-level: The page reads at grade 10.6 as it stands, expected 8 …
1: sentence-average: Sentences average 13.0 words over the page (104 …
2: hype-word: “safe and effective” hides two questions in a slogan; say …
3: lone-frequency: “rare” says how often without a count; give the count …
6: banned-phrase: “sufferers” makes a person out to be helpless; write …
6: banned-phrase: “experienced side effects” says a plain thing the long …
6: fear-word: “horrific” tells the reader to be afraid; say plainly what …
6: fear-word: “excruciating” paints pain and does not measure it; write …
6: one-in-x: “one in ten” is a “1 in X” chance, expected people out of …
6: percent-frame: “37%” is a percentage, expected “37 out of 100 people”, …
7: banned-phrase: “no evidence” does not say whether anybody looked; say …
7: banned-phrase: “significant” means one thing to researchers and …
9: lone-frequency: “uncommon” says how often without a count; give the …
10: banned-phrase: “elderly” lumps people together by age; write “older …
10: banned-phrase: “failed to respond” blames a person for a treatment …
"""


def test_a_page_wrong_in_every_way_gives_every_fault() -> None:
    shown = (f"{fault.line}: {fault.rule}: {fault.message}" for fault in faults(WRONG, "prolotherapy"))
    assert [shorten(line, 75, placeholder=" …") for line in shown] == WRONG_FAULTS.splitlines()
