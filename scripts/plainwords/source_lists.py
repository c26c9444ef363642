"""The lists of sources: one page a group of kinds, the trials in one table, and the log of what was looked for."""

from __future__ import annotations

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
SMALL = 100  # people; a trial with fewer is told as a small one


def list_pages(library: Library, labels: Mapping[str, Any]) -> dict[str, str]:
    """Return path and text of every page that lists sources."""
    words = labels["source_lists"]
    return {
        f"{FOLDER}/index.md": _index(library, labels),
        **{f"{FOLDER}/{one['slug']}.md": _list(one, library, labels) for one in words["lists"]},
        f"{FOLDER}/how-we-looked.md": _searches(library),
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


def _searches(library: Library) -> str:
    newest = max((one.date for one in library.searches), default="")
    description = "Every search we made for sources: the words, the day, what was kept, what was left out and why."
    parts = [head("data/searches.yml", "How we looked for sources", description, newest)]
    parts.append(
        "We looked in stored copies of public web pages, most of them summaries of papers. "
        "That is no full search of the literature.\n{: .verdict .no-terms }\n"
    )
    parts.append("The words of the first searches were not kept. This log begins with the later ones.\n")
    days = sorted({one.date for one in library.searches}, reverse=True)
    for day in days:
        parts.append(f"## {long_date(day)} {{: #{day} }}\n")
        parts += [_search(one, library) for one in library.searches if one.date == day]
    parts.append("[All sources](index.md)\n")
    return "\n".join(parts)


def _search(search: Search, library: Library) -> str:
    known = [library.sources[key] for key in search.kept if key in library.sources]
    kept = ", ".join(f"[{literal(short_name(one))}]({one.key}.md)" for one in known) or "nothing"
    lines = [f"- **{literal(search.words)}**: kept {kept}.\n  {{: .no-terms }}"]
    lines += [f"    - Left out: {literal(text)}\n      {{: .no-terms }}" for text in search.left_out]
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
