"""Characters that nobody sees: named on a page and in a record, once a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Workbench

TRIAL = "data/sources/example2020-trial.yml"


@pytest.mark.parametrize(
    ("sign", "name"),
    [("\u00a0", "a non-breaking space"), ("\u00ad", "a soft hyphen"), ("\u200b", "a space of no width")],
)
def test_an_unseen_character_is_named(bench: Workbench, sign: str, name: str) -> None:
    bench.replace("docs/help.md", "Your knee swells.", f"Your knee{sign}swells.")
    bench.replace(TRIAL, "adults with a sore knee", f"adults with a{sign}sore{sign}knee")
    assert [one.partition(": unseen: ")[::2] for one in bench.problems() if ": unseen: " in one] == [
        (f"{TRIAL}:20", f'{name} stands 2 times in this line, first near "a sore knee" (pasted?); {REMEDY}'),
        ("docs/help.md:18", f'{name} stands near "knee swells." (pasted?); {REMEDY}'),
    ]


REMEDY = "type these words again, by hand"
