"""Markdown beside the texts that a reader gets from it, with their lines and what covers them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from plainwords.prose import Unit, read_prose


def brief(unit: Unit) -> str:
    """Write a unit as `line kind mark <inherited> text`."""
    cover = (f" .{unit.mark}" if unit.mark else "") + "".join(f" <{one}>" for one in unit.inherited)
    return f"{unit.line} {unit.kind}{cover}: {unit.text!r}"


def units(text: str) -> list[str]:
    return [brief(unit) for unit in read_prose(dedent(text).lstrip("\n")).units]


def faults(text: str) -> list[str]:
    return [f"{fault.line} {fault.rule}" for fault in read_prose(dedent(text).lstrip("\n")).faults]


def test_paragraphs_keep_their_lines_and_lose_their_signs() -> None:
    text = """
        A **plain** word.
        See [here](a.md).[^a.b]

        `Code` too.
        """
    assert units(text) == ["1 paragraph: 'A plain word.\\nSee here.[^a.b]'", "4 paragraph: 'Code too.'"]


def test_a_mark_covers_its_own_text() -> None:
    text = """
        Ask first.
        {: .advice }

        A claim.
        """
    assert units(text) == ["1 paragraph .advice: 'Ask first.'", "4 paragraph: 'A claim.'"]


def test_a_section_covers_all_below_it_to_the_next_of_its_level() -> None:
    text = """
        ## What can I do? {: .advice }

        Ask.

        ### And then?

        Wait.

        ## What is it? {: cites="a.b c.d" }

        - A thing.

        ## What else?

        A claim.
        """
    assert [one for one in units(text) if "heading" not in one] == [
        "3 paragraph .advice: 'Ask.'",
        "7 paragraph .advice: 'Wait.'",
        "11 item <a.b> <c.d>: 'A thing.'",
        "15 paragraph: 'A claim.'",
    ]


def test_a_lead_in_covers_its_list_and_no_more() -> None:
    text = """
        The signs are:[^a.b]

        - red
        - hot[^c.d]

        A claim.

        - blue
        """
    assert units(text) == [
        "1 paragraph: 'The signs are:[^a.b]'",
        "3 item <a.b>: 'red'",
        "4 item <a.b>: 'hot[^c.d]'",
        "6 paragraph: 'A claim.'",
        "8 item: 'blue'",
    ]


def test_a_caption_covers_the_rows_of_its_table_alone() -> None:
    text = """
        | Head | Two |
        | --- | --- |
        | a | 1 |

        /// table-caption
        Said here.[^a.b]
        ///

        | Next |
        | --- |
        | b |
        """
    assert units(text) == [
        "1 header <a.b>: 'Head | Two'",
        "3 row <a.b>: 'a | 1'",
        "6 caption: 'Said here.[^a.b]'",
        "9 header: 'Next'",
        "11 row: 'b'",
    ]


def test_blocks_cover_what_they_hold() -> None:
    text = """
        /// unknown

        - How long it lasts.

        ///

        /// care | urgent

        **Call now if:**

        - it swells

        ///
        """
    assert units(text) == [
        "3 item .not-known: 'How long it lasts.'",
        "9 paragraph .advice: 'Call now if:'",
        "11 item .advice: 'it swells'",
    ]


def test_alt_texts_stand_where_their_picture_does() -> None:
    assert units("Look:\n![Two knees](knee.svg)\n")[0] == "2 alt: 'Two knees'"


def test_links_and_snippets_have_lines() -> None:
    prose = read_prose('See\n[this](a.md).\n\n--8<-- "b.md:card"\n', first_line=9)
    assert prose.links == (("a.md", 10),)
    assert prose.snippets == (("b.md:card", 12),)
    assert [unit.line for unit in prose.units] == [9]


def test_comments_are_no_prose() -> None:
    assert units("<!-- a note -->\n\nText.\n") == ["3 paragraph: 'Text.'"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/// known\n\nText.\n\n///\n", []),
        ("/// known\n\nText.\n", ["1 block"]),
        ("Text.\n\n///\n", ["3 block"]),
        ("/// box\n\nText.\n\n///\n", ["1 block"]),
        ("| a |\n| - |\n| b |\n\n/// table-caption\nText.\n///\n", []),
        ("a | b\n- | -\nc | d\n\n/// table-caption\nText.\n///\n", []),
        ("Text.\n\n/// table-caption\nText.\n///\n", ["3 block"]),
        ("Text.\n{: .verdict }\n", []),
        ("Text.\n{: .lede .advice }\n", []),
        ("Text.\n{: .loud }\n", ["2 mark"]),
        ('## Why? {: cites="a.b" .advice }\n', []),
        ("Call [911](tel:911) or\n[1800 022 222](tel:1800022222).\n", []),
        ("Call [+353-1-676](tel:+3531676) or [1-800-FDA-1088](tel:18003321088).\n", []),
        ("Call [911](tel:911) or\n[999](tel:99) or [112](tel:).\n", ["2 phone", "2 phone"]),
        ("Call [1-800-FDA-1088](tel:18004321088).\n", ["1 phone"]),
        ("Call [the ambulance](tel:911).\n", ["1 phone"]),
    ],
)
def test_faults(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


def test_a_number_that_dials_another_is_told_with_the_one_it_shows() -> None:
    (fault,) = read_prose("Call [+353 1 676](tel:353166).\n").faults
    assert fault.message == '"+353 1 676" dials "353166", expected "tel:+3531676"'


def test_a_unit_knows_the_line_of_each_character() -> None:
    unit = Unit("paragraph", "One.\nTwo.\nThree.", 7)
    assert [unit.line_at(unit.text.index(word)) for word in ("One", "Two", "Three")] == [7, 8, 9]
