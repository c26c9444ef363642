"""Where a new page is led to from: a line of the menu in mkdocs.yml, an entry in the list of questions."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePosixPath

MENU = "mkdocs.yml"
QUESTIONS = "docs/faq/index.md"
MENU_LINE = re.compile(r"^(?P<indent> *)- .*: *(?P<path>[\w./-]+\.md) *$")


def in_menu(text: str, entry: str, source: str) -> str | None:
    """Return the menu with `entry` behind the last page of the same folder, or None where it has none."""
    lines = text.split("\n")
    folder = posixpath.dirname(source)
    beside = [
        (index, found["indent"])
        for index, line in enumerate(lines)
        if folder and (found := MENU_LINE.match(line)) and posixpath.dirname(found["path"]) == folder
    ]
    if not beside:
        return None
    index, indent = beside[-1]
    return "\n".join([*lines[: index + 1], f"{indent}- {entry}: {source}", *lines[index + 1 :]])


def in_questions(text: str, theme: str, title: str, path: str) -> str | None:
    """Return the list of questions with one more at the end of its theme, or None where the theme has no heading."""
    lines = text.rstrip("\n").split("\n")
    starts = [index for index, line in enumerate(lines) if re.fullmatch(rf"## {re.escape(theme)}( *\{{.*\}})?", line)]
    if not starts:
        return None
    after = (index for index, line in enumerate(lines) if index > starts[0] and line.startswith("## "))
    end = next(after, len(lines))
    while not lines[end - 1].strip():
        end -= 1
    name = PurePosixPath(path).name
    shown = re.sub(r"([\[\]*_`])", r"\\\1", title)
    entry = ["", f"### [{shown}]({name})", "", f'--8<-- "faq/{name}:answer"']
    return "\n".join([*lines[:end], *entry, *lines[end:]]) + "\n"
