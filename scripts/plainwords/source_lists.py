"""The lists of sources: one page a group of kinds, the trials in one table, and the log of what was looked for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, get_args

from plainwords.finish import long_date
from plainwords.made_text import head, literal
from plainwords.records import Body
from plainwords.references import short_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plainwords.library import Library
    from plainwords.records import Search, Source, Trial

FOLDER = "docs/sources"
LOG, A_PAGE = "how-we-looked", 10  # the log of searches, and how many of them a page of it holds
SMALL = 100  # people; a trial with fewer is told as a small one


def list_pages(library: Library, labels: Mapping[str, Any]) -> dict[str, str]:
    """Return path and text of every page that lists sources."""
    words = labels["source_lists"]
    return {
        f"{FOLDER}/index.md": _index(library, labels),
        **{f"{FOLDER}/{one['slug']}.md": _list(one, library, labels) for one in words["lists"]},
        f"{FOLDER}/{LOG}.md": _log_index(library, labels["searches"]),
        **{
            f"{FOLDER}/{name}.md": _log_page(number, library, labels["searches"])
            for number, name in enumerate(log_names(len(library.searches)), 1)
        },
        f"{FOLDER}/trials.md": _trials(library, labels),
    }


def _index(library: Library, labels: Mapping[str, Any]) -> str:
    """Return the page that leads to the lists, with how many sources each holds."""
    words, count = labels["source_lists"], len(library.sources)
    description, newest = words["description"].format(count=count), _newest(library.sources.values())
    verdict = words["verdict"].format(count=count)
    text = f"{head('data/sources/', words['title'], description, newest)}{verdict}\n{{: .verdict .no-terms }}\n\n"
    for one in words["lists"]:
        found = len(_of(one, library))
        text += f"- [{one['title']}]({one['slug']}.md) ({found}): {one['about']}\n  {{: .no-terms }}\n"
    return f"{text}\n{words['each']}\n\n{words['end']}\n"


def _of(listed: Mapping[str, Any], library: Library) -> list[Source]:
    """Return the sources of the kinds that a list holds, by name."""
    return sorted((one for one in library.sources.values() if one.kind in listed["kinds"]), key=_order)


def _list(listed: Mapping[str, Any], library: Library, labels: Mapping[str, Any]) -> str:
    """Return the page of one list: its sources by kind, each with its title and how far it was read."""
    sources, each = _of(listed, library), labels["source_lists"]["each"]
    start = head("data/sources/", listed["title"], f"{listed['about']} {each}", _newest(sources))
    parts = [f"{start}{listed['about']}\n{{: .verdict .no-terms }}\n\n{each}\n{{: .no-terms }}"]
    for kind in listed["kinds"]:
        name, meaning = labels["kinds"][kind]
        parts += _kind([one for one in sources if one.kind == kind], name, meaning, labels)
    return "\n".join([*parts, "\n[All sources](index.md)\n"])


def _kind(group: Sequence[Source], name: str, meaning: str, labels: Mapping[str, Any]) -> Iterator[str]:
    """Yield the heading of a kind, what it is, and a line for each source of it; nothing where there is none."""
    if group:
        yield f"\n## {name[0].upper()}{name[1:]}\n\n{meaning}\n{{: .no-terms }}\n"
        yield from (_source_line(one, labels) for one in group)


def _newest(sources: Iterable[Source]) -> str:
    """Return the day on which any of some sources was last read, or nothing."""
    return max((reading.date for one in sources for reading in one.read), default="")


def list_names(library: Library, labels: Mapping[str, Any]) -> set[str]:
    """Return the names, below the folder of sources, of every page that `list_pages` makes."""
    lists = {str(one["slug"]) for one in labels["source_lists"]["lists"]}
    return {"index", "trials", LOG, *lists, *log_names(len(library.searches))}


def log_names(count: int) -> list[str]:
    """Return the names of the pages that hold a log of so many searches."""
    return [f"{LOG}-{number}" for number in range(1, math.ceil(count / A_PAGE) + 1)]


def _log_index(library: Library, words: Mapping[str, Any]) -> str:
    """Return the page that names every search, the newest first, and leads to what was kept and left out."""
    newest = max((one.date for one in library.searches), default="")
    parts = [
        head("data/searches.yml", words["title"], words["description"], newest) + words["verdict"],
        "{: .verdict .no-terms }\n",
        f"{words['begin']}\n",
    ]
    numbered = list(enumerate(library.searches, 1))
    for day in sorted({one.date for one in library.searches}, reverse=True):
        parts.append(f"## {long_date(day)}\n")
        parts += [_search_line(one, number, words) for number, one in reversed(numbered) if one.date == day]
        parts.append("")
    return "\n".join([*parts, f"{words['end']}\n"])


def _search_line(search: Search, number: int, words: Mapping[str, Any]) -> str:
    page = log_names(number)[-1]
    counts = words["counts"].format(kept=len(search.kept), left_out=len(search.left_out))
    return f"- [{literal(search.about)}]({page}.md#search-{number}): {counts}\n  {{: .no-terms }}"


def _log_page(number: int, library: Library, words: Mapping[str, Any]) -> str:
    """Return page `number` (from 1) of the log: each search with its words, what was kept and what was left out."""
    first = (number - 1) * A_PAGE + 1
    searches = library.searches[first - 1 : first - 1 + A_PAGE]
    title = words["page_title"].format(first=first, last=first + len(searches) - 1)
    start = head("data/searches.yml", title, words["description"], max(one.date for one in searches))
    parts = [f"{start}{words['verdict']}\n{{: .verdict .no-terms }}\n"]
    parts += [_search(one, place, library, words) for place, one in enumerate(searches, first)]
    return "\n".join([*parts, words["back"], ""])


def _search(search: Search, number: int, library: Library, words: Mapping[str, Any]) -> str:
    known = [library.sources[key] for key in search.kept if key in library.sources]
    kept = ", ".join(f"[{literal(short_name(one))}]({one.key}.md)" for one in known) or words["nothing"]
    lines = [
        f"## {literal(search.about)} {{: #search-{number} }}\n",
        f"{long_date(search.date)}: {literal(search.words)}\n{{: .no-terms }}\n",
        f"{words['kept']}: {kept}.\n{{: .no-terms }}\n",
    ]
    if search.left_out:
        lines.append(f"{words['left_out']}:\n{{: .no-terms }}\n")
        lines += [f"- {literal(text)}\n  {{: .no-terms }}" for text in search.left_out]
    return "\n".join(lines) + "\n"


def _trials(library: Library, labels: Mapping[str, Any]) -> str:
    """Return the list of all trials of the injections, from head to foot, newest first."""
    bodies = get_args(Body)
    listed = [(one, one.trial) for one in library.sources.values() if one.trial and one.trial.body]
    listed.sort(key=lambda row: (bodies.index(row[1].body), -(row[0].reference.year or 0), _order(row[0])))
    words = labels["trials"]
    small = sum(1 for _, trial in listed if trial.people and trial.people < SMALL)
    parts = [
        head("data/sources/", words["title"], words["description"], _newest(one for one, _ in listed)),
        f"{words['verdict']}\n{{: .verdict .no-terms }}\n",
        f"{words['counts'].format(papers=len(listed), small=small, limit=SMALL)}\n{{: .lede .no-terms }}\n",
        f"{words['caution']}\n",
        "\n".join([_row(words["columns"]), _row(["---"] * len(words["columns"]))]),
    ]
    rows = [_trial_row(source, trial, words) for source, trial in listed]
    return "\n".join([*parts, *rows]).replace("\n\n\n", "\n\n") + f"\n\n{words['end']}\n"


def _trial_row(source: Source, trial: Trial, words: Mapping[str, Any]) -> str:
    body = str(trial.body)
    people = str(trial.people or words["unseen"])
    groups = "; ".join(literal(arm.label) for arm in trial.arms)
    found = " ".join(literal(source.findings[name].says) for name in trial.main) or words["no_result"]
    link = f"[{literal(short_name(source))}]({source.key}.md)"
    return _row([body[0].upper() + body[1:], link, people, groups[0].upper() + groups[1:], found])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "&#124;") for cell in cells) + " |"


def _order(source: Source) -> tuple[str, str]:
    return short_name(source).lower(), source.key


def _source_line(source: Source, labels: Mapping[str, Any]) -> str:
    depth = ", ".join(dict.fromkeys(labels["depth"][reading.part] for reading in source.read))
    name, title = literal(short_name(source)), literal(source.reference.title)
    return f"- [{name}]({source.key}.md): {title} ({depth})\n  {{: .no-terms }}"
