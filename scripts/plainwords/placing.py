"""Where a new page is led to from: a line of the menu in mkdocs.yml, an entry in a list of questions."""

from __future__ import annotations

import posixpath
import re

MENU = "mkdocs.yml"
# The list of questions, in as many pages as its bytes ask for; each theme is a heading in one.
QUESTIONS = ("docs/faq/index.md", "docs/questions-does-it-work.md", "docs/questions-visit-risks-cost.md")
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


def in_questions(text: str, name: str, theme: str, title: str, path: str) -> str | None:
    """Return the list `name` with one more question at the end of its theme, or None where it lacks the theme."""
    lines = text.rstrip("\n").split("\n")
    heading = re.compile(rf"## {re.escape(theme)}\??( *\{{.*\}})?")
    starts = [index for index, line in enumerate(lines) if heading.fullmatch(line)]
    if not starts:
        return None
    after = (index for index, line in enumerate(lines) if index > starts[0] and line.startswith("## "))
    end = next(after, len(lines))
    while not lines[end - 1].strip():
        end -= 1
    shown = re.sub(r"([\[\]*_`])", r"\\\1", title)
    link = posixpath.relpath(path, posixpath.dirname(name))
    entry = ["", f"### [{shown}]({link})", "", f'--8<-- "{path.removeprefix("docs/")}:answer"']
    return "\n".join([*lines[:end], *entry, *lines[end:]]) + "\n"
