"""Characters that nobody sees, as a paste from a word processor or a PDF brings them along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plainwords.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN = {
    "\u00a0": "a non-breaking space",
    "\u202f": "a narrow non-breaking space",
    "\u2007": "a wide non-breaking space",
    "\u00ad": "a soft hyphen",
    "\u200b": "a space of no width",
    "\u200c": "a mark of no width",
    "\u200d": "a mark of no width",
    "\u2060": "a mark of no width",
    "\ufeff": "a byte-order mark",
    "\u200e": "a mark of direction",
    "\u200f": "a mark of direction",
    "\u2028": "a line break of a word processor",
    "\ufffd": "a letter that was lost in copying",
}
FOUND = re.compile(f"[{''.join(UNSEEN)}]")


def unseen_problems(text: str, path: str) -> Iterator[Problem]:
    """A text holds only what a reader sees: a hidden character can part a number or hide a word from the rules."""
    if not FOUND.search(text):
        return
    for number, line in enumerate(text.split("\n"), 1):
        for sign in sorted(set(FOUND.findall(line))):
            near = re.search(rf"[^ ]{{0,20}}{sign}[^ ]{{0,20}}", line)
            words = FOUND.sub(" ", near[0]).strip() if near else ""
            count = line.count(sign)
            said = f"{UNSEEN[sign]} stands" + (f" {count} times in this line, first" if count > 1 else "")
            message = f'{said} near "{words}" (pasted?); type these words again, by hand'
            yield Problem(path, number, "unseen", message)
