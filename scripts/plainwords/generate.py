"""Pages that are made from `data/` alone: written by one command, with the schemas; committed, checked for drift.

A sentence edited on a page never changes them.
"""

from __future__ import annotations

import argparse
import html
import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwords.changes import changes_page
from plainwords.extensions.shared import labels_of
from plainwords.finish import long_date
from plainwords.library import Library, load_library
from plainwords.made_text import cited, head, literal
from plainwords.pages import address_of
from plainwords.problems import Problem, counted, print_problems
from plainwords.references import links, nlm, short_name
from plainwords.source_lists import list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plainwords.records import Finding, Source, Term

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs/glossary", "docs/sources")
ADDRESSES = "data/addresses.txt"
REMEDY = "run scripts/generate and commit what it writes"


def made_files(library: Library, labels: Mapping[str, Any]) -> dict[str, str]:
    """Return path and text of every page that follows from the records."""
    files = {"docs/glossary/index.md": _glossary_index(library)} | list_pages(library, labels)
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


# ---- Glossary


def _glossary_index(library: Library) -> str:
    lines = [
        head(
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
    parts = [head("data/glossary.yml", term.term[0].upper() + term.term[1:], term.meaning, "")]
    source = f"[^{term.source}]" if term.source else ""
    parts.append(f"{literal(term.meaning)}{source}\n{{: .verdict .no-terms }}\n")
    if term.note:
        parts.append(f"{cited(term.note)}\n{{: .no-terms }}\n")
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


def _source_page(source: Source, library: Library, labels: Mapping[str, Any]) -> str:
    newest = max(reading.date for reading in source.read)
    title = f"{short_name(source)}: {source.reference.title}"
    parts = [head(f"data/sources/{source.key}.yml", title, source.did, newest)]
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
