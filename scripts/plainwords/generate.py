"""Pages that are made from `data/` alone: written by one command, with the schemas; committed, checked for drift.

A sentence edited on a page never changes them.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from plainwords.changes import changes_page
from plainwords.extensions.shared import labels_of
from plainwords.finish import long_date
from plainwords.library import Library, load_library
from plainwords.pages import address_of
from plainwords.problems import Problem, counted, print_problems
from plainwords.prose import CITATION
from plainwords.records import Body
from plainwords.references import links, nlm, short_name, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwords.records import Finding, Search, Source, Term, Trial

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs/glossary", "docs/sources")
ADDRESSES = "data/addresses.txt"
REMEDY = "run scripts/generate and commit what it writes"
SPECIAL = re.compile(r"([\\`*_\[\]])")
DESCRIPTION_LENGTH = 200
TITLE_LENGTH = 70  # of a source in the list of all: its own page has the whole title
SMALL = 100  # people; a trial with fewer is told as a small one


def made_files(library: Library, labels: Mapping[str, Any]) -> dict[str, str]:
    """Return path and text of every page that follows from the records."""
    files = {
        "docs/glossary/index.md": _glossary_index(library),
        "docs/sources/index.md": _source_index(library, labels),
    }
    files["docs/sources/how-we-looked.md"] = _searches(library)
    files["docs/sources/trials.md"] = _trials(library, labels)
    files |= {f"docs/glossary/{term.slug}.md": _term_page(term, library) for term in library.terms}
    files |= {f"docs/sources/{key}.md": _source_page(one, library, labels) for key, one in library.sources.items()}
    return files


def drift(root: Path, library: Library, labels: Mapping[str, Any]) -> Iterator[Problem]:
    """What is made from records equals what is committed; while a record is broken, nobody can tell."""
    if library.problems:
        return
    files = made_files(library, labels) | changes_page(root, library.changes)
    remedy = REMEDY
    for name, text in files.items():
        path = root / name
        if not path.exists():
            yield Problem(name, 0, "generated", f"is missing; {remedy}")
        elif path.read_text(encoding="utf-8") != text:
            yield Problem(name, 0, "generated", f"differs from what data/ says (edited by hand?); {remedy}")
    for name in _strays(root, files):
        yield Problem(name, 0, "generated", f"nothing in data/ makes this file; {remedy}, which deletes it")


def write(root: Path, library: Library | None = None) -> list[str]:
    """Write every made file that differs, delete strays, add new addresses; return what changed.

    Nothing changes while a record is broken: what it makes would be taken for a stray.
    """
    library = library or load_library(root)
    if library.problems:
        return []
    from plainwords.schemas import FOLDER, schema_files  # noqa: PLC0415  (no build waits for it)

    files = made_files(library, labels_of(str(root))) | changes_page(root, library.changes) | schema_files()
    changed = []
    for name, text in files.items():
        path = root / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    for name in _strays(root, files, (*FOLDERS, FOLDER)):
        (root / name).unlink()
        changed.append(name)
    return changed + _add_addresses(root)


def _strays(root: Path, files: Mapping[str, str], folders: Sequence[str] = FOLDERS) -> list[str]:
    found = (path.relative_to(root).as_posix() for folder in folders for path in (root / folder).glob("*.*"))
    return sorted(name for name in found if name not in files)


def _add_addresses(root: Path) -> list[str]:
    path = root / ADDRESSES
    text = path.read_text(encoding="utf-8")
    listed = {line.split()[0] for line in text.splitlines() if line.strip() and not line.startswith("#")}
    sources = (one.relative_to(root / "docs").as_posix() for one in (root / "docs").rglob("*.md"))
    new = sorted({"/" + address_of(source) for source in sources} - listed)
    if not new:
        return []
    path.write_text(text.rstrip("\n") + "\n" + "\n".join(new) + "\n", encoding="utf-8")
    return [ADDRESSES]


# ---- Text


def literal(text: str) -> str:
    """Return text from a record so that Markdown and HTML show it as it is."""
    flat = html.escape(" ".join(text.split()), quote=False)
    return SPECIAL.sub(r"\\\1", flat).replace("{", "&#123;").replace("--8<--", "--8&lt;--")


def _cited(text: str) -> str:
    """Return text from a record as `literal` does, but with its citation marks alive."""
    parts = CITATION.split(text)
    return "".join(literal_inside(part) if index % 2 == 0 else f"[^{part}]" for index, part in enumerate(parts))


def literal_inside(text: str) -> str:
    """Return `literal` text that keeps the space at its ends."""
    start = " " if text[:1].isspace() else ""
    end = " " if text.strip() and text[-1:].isspace() else ""
    return start + literal(text) + end


def _head(origin: str, title: str, description: str, newest: str) -> str:
    flat = " ".join(description.split())
    short = shortened(flat, DESCRIPTION_LENGTH)
    meta = {"title": title, "description": short, "read": newest}
    lines = "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in meta.items() if value)
    return f"---\n# Made from {origin} by scripts/generate. Edit that file, not this one.\n{lines}\n---\n\n"


# ---- Glossary


def _glossary_index(library: Library) -> str:
    lines = [
        _head(
            "data/glossary.yml",
            "Words explained",
            "What the medical and research words on this site mean.",
            "",
        )
    ]
    lines.append("Each word has a short page of its own.\n{: .verdict .no-terms }\n")
    terms = sorted(library.terms, key=lambda one: one.term.lower())
    groups = [(letter, list(group)) for letter, group in groupby(terms, key=lambda one: one.term[0].upper())]
    jumps = "".join(f'<li><a href="#{letter.lower()}">{letter}</a></li>' for letter, _ in groups)
    lines.append(f'<ul class="pw-az">{jumps}</ul>')
    for letter, group in groups:
        lines.append(f"\n## {letter}\n")
        lines += [
            f"- [{literal(one.term)}]({one.slug}.md): {literal(one.meaning)}\n  {{: .no-terms }}" for one in group
        ]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _term_page(term: Term, library: Library) -> str:
    names = {one.slug: one.term for one in library.terms}
    parts = [_head("data/glossary.yml", term.term[0].upper() + term.term[1:], term.meaning, "")]
    source = f"[^{term.source}]" if term.source else ""
    parts.append(f"{literal(term.meaning)}{source}\n{{: .verdict .no-terms }}\n")
    if term.note:
        parts.append(f"{_cited(term.note)}\n{{: .no-terms }}\n")
    if term.say:
        parts.append(f"Say it: {literal(term.say)}\n{{: .no-terms }}\n")
    names_too = [name for name in term.also if not _inflected(name, term.term)]
    if names_too:
        parts.append(f"Also called: {literal(', '.join(names_too))}\n{{: .no-terms }}\n")
    if term.see:
        others = ", ".join(f"[{literal(names[slug])}]({slug}.md)" for slug in term.see if slug in names)
        parts.append(f"See also: {others}\n")
    parts.append("[All words explained](index.md)\n")
    return "\n".join(parts)


def _inflected(name: str, term: str) -> bool:
    """Whether a name is only another form of the term: its plural, or with a capital."""
    stem = term.lower().removesuffix("y").removesuffix("s")[:-1]
    return name.lower().startswith(stem) and abs(len(name) - len(term)) <= len("ies")


# ---- Sources


def _source_index(library: Library, labels: Mapping[str, Any]) -> str:
    count = len(library.sources)
    title, description = (
        "All sources",
        f"All {count} sources that this site rests on, and how far each was read.",
    )
    newest = max((reading.date for one in library.sources.values() for reading in one.read), default="")
    lines = [_head("data/sources/", title, description, newest)]
    lines.append(
        f"This site rests on {count} sources. Each has a page: what it did, what it found, how far we read it.\n"
        "{: .verdict .no-terms }\n"
    )
    for kind, (name, meaning) in labels["kinds"].items():
        group = sorted((one for one in library.sources.values() if one.kind == kind), key=_order)
        if group:
            lines.append(f"\n## {name[0].upper()}{name[1:]}\n\n{meaning}\n{{: .no-terms }}\n")
            lines += [_source_line(one, labels) for one in group]
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def _searches(library: Library) -> str:
    newest = max((one.date for one in library.searches), default="")
    description = "Every search we made for sources: the words, the day, what was kept, what was left out and why."
    parts = [_head("data/searches.yml", "How we looked for sources", description, newest)]
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
    newest = max((reading.date for one, _ in listed for reading in one.read), default="")
    words = labels["trials"]
    small = sum(1 for _, trial in listed if trial.people and trial.people < SMALL)
    parts = [
        _head("data/sources/", words["title"], words["description"], newest),
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
    name, title = literal(short_name(source)), literal(shortened(source.reference.title, TITLE_LENGTH))
    return f"- [{name}]({source.key}.md): {title} ({depth})\n  {{: .no-terms }}"


def _source_page(source: Source, library: Library, labels: Mapping[str, Any]) -> str:
    newest = max(reading.date for reading in source.read)
    title = f"{short_name(source)}: {source.reference.title}"
    parts = [_head(f"data/sources/{source.key}.yml", title, source.did, newest)]
    parts.append(f"{literal(source.did)}\n{{: .verdict .no-terms }}\n")
    parts.append(f"{labels['kinds'][source.kind][1]}\n{{: .no-terms }}\n")
    parts.append(_trial(source))
    parts.append("## What did it find?\n")
    numbered = enumerate(source.findings.items(), 1)
    parts += [_finding(source, number, name, one, labels) for number, (name, one) in numbered]
    parts.append(f"## How sure is it?\n\n{literal(source.sure)}\n")
    parts.append(_reading(source, library, labels))
    parts.append(_doubts(source))
    parts.append(_reference(source, labels))
    parts.append("[All sources](index.md)\n")
    return "\n".join(part for part in parts if part)


def _trial(source: Source) -> str:
    trial = source.trial
    if trial is None:
        return ""
    people = f"{trial.people} people: " if trial.people else ""
    lines = ["## Who took part, and what did they get?\n", f"{people}{literal(trial.population)}.\n"]
    for arm in trial.arms:
        count = f" ({arm.people} people)" if arm.people else ""
        gets = f": {literal(arm.gets)}" if arm.gets else ""
        lines.append(f"- {literal(arm.label)}{count}{gets}")
    return "\n".join(lines) + "\n"


def _finding(source: Source, number: int, name: str, finding: Finding, labels: Mapping[str, Any]) -> str:
    notes = [f"Where in the source: {literal(finding.where)}."]
    if finding.direction != "descriptive":
        notes.append(f"{labels['directions'][finding.direction]}.")
    notes += [f"Doubt: {literal(doubt)}" for doubt in finding.doubts]
    return (
        f"### Finding {number} {{: #{name} }}\n\n{literal(finding.says)}\n\n"
        f"{' '.join(notes)}\n{{: .pw-where }}\n\n"
        f'<div class="pw-uses" data-finding="{source.key}.{name}"></div>\n'
    )


def _reading(source: Source, library: Library, labels: Mapping[str, Any]) -> str:
    lines = ["## How far did we read it?\n"]
    for reading in source.read:
        carrier = library.sources.get(reading.via or "")
        via = short_name(carrier) if carrier else ""
        said = labels["parts"][reading.part].format(visible=reading.visible, via=via)
        seen = "" if reading.part == "excerpt" else f" What we saw: {reading.visible}."
        lines.append(f"- {long_date(reading.date)}: {literal(said + seen)}")
    return "\n".join(lines) + "\n"


def _doubts(source: Source) -> str:
    looked = source.retraction
    lines = [f"- {literal(doubt)}" for doubt in source.doubts] + [
        f"- Correction: {literal(one)}" for one in source.errata
    ]
    if looked:
        said = {
            "none seen": f"We looked for a retraction on {long_date(looked.looked)} ({looked.where}) and saw none.",
            "not looked": "We have not looked for a retraction.",
            "retracted": f"This paper was retracted ({looked.where}).",
            "concern": f"This paper carries an expression of concern ({looked.where}).",
        }[looked.status]
        lines.append(f"- {literal(said)}")
    return "\n".join(["## What should you know about it?\n", *lines]) + "\n" if lines else ""


def _reference(source: Source, labels: Mapping[str, Any]) -> str:
    ways = " ".join(
        f'<a href="{html.escape(address)}" rel="noreferrer">{html.escape(label)}</a>'
        for label, address in links(source.reference)
    )
    return f"## The source itself\n\n{literal(nlm(source.reference))} {ways or labels['no_way']}\n{{: .no-terms }}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the made files and name those that changed; exit status 0, 1 (a record is broken) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(prog="scripts/generate", description="Write the files that are made from data/.")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    root = parser.parse_args(arguments).root
    library = load_library(root)
    if print_problems(library.problems, sys.stdout):
        sys.stdout.write("Nothing is written. Mend these lines first, then run scripts/generate again.\n")
        return 1
    changed = write(root, library)
    for name in changed:
        sys.stdout.write(f"{name}\n")
    sys.stdout.write(f"{counted(len(changed), 'file')} changed\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
