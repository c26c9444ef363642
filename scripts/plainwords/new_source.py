"""A source's record for an editor to fill in: what an export knows stands in it, the rest is named."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from plainwords.imports import ExportError, Imported, read_export
from plainwords.problems import Problem
from plainwords.record_rules import link_host
from plainwords.records import KEY_PATTERN, Source
from plainwords.site_rules import HOSTS, listed
from plainwords.yamltext import Location, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

TEMPLATES = "data/templates"
SOURCES = "data/sources"
ENDINGS = (".bib", ".ris", ".json", ".nbib", ".txt")
IDENTIFIERS = ("DOI", "PMID", "PMCID")
ALWAYS_SHOWN = ("type", "title", "issued")
EMPTY_LINE = re.compile(r"^  (?P<name>[\w-]+):")
UNMARKED = str.maketrans("øłđı", "oldi", "") | {ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe"}


class NewError(ValueError):
    """Something that cannot be made; the message says what to do."""


@dataclass(frozen=True)
class Made:
    """A file to write (path below the project), its text, and what to tell the editor."""

    path: str
    text: str
    said: tuple[str, ...]
    replaces: bool = False


def sources_from(root: Path, export: Path, key: str | None) -> tuple[list[Made], list[str]]:
    """Return one record for each reference of an export that is not yet known, and what was passed over."""
    table = yaml.safe_load(template(root, "imports.yml"))
    references = _read(export, table)
    if key and len(references) > 1:
        raise NewError(f"--key goes with one reference, and {export.name} holds {len(references)}; leave --key out")
    made: list[Made] = []
    passed_over: list[str] = []
    known = _known_identifiers(root)
    for imported in references:
        own = _identifiers(imported.reference)
        where = next((known[one] for one in own if one in known), None)
        if where:
            passed_over.append(f'"{imported.reference.get("title")}" is already {where}')
            continue
        chosen = _free_key(root, key or proposed_key(imported.reference, table), [one.path for one in made])
        made.append(_record(root, chosen, imported))
        known |= dict.fromkeys(own, made[-1].path)
    if not made:
        raise NewError("; ".join(passed_over))
    return made, passed_over


def empty_source(root: Path, key: str | None) -> Made:
    """Return a record in which everything is still to be filled in."""
    if not key:
        raise NewError("give FILE (an export of a reference) or --key KEY (for an empty record)")
    return _record(root, _free_key(root, key, []), None)


def _read(export: Path, table: Mapping[str, Any]) -> list[Imported]:
    if export.suffix.lower() not in ENDINGS:
        raise NewError(f'"{export.name}" is no export that can be read; its name ends in one of {", ".join(ENDINGS)}')
    try:
        text, remarks = _decoded(export.read_bytes())
    except OSError as error:
        raise NewError(f'"{export}" cannot be read ({error.strerror}); give the path of the export') from None
    try:
        found = read_export(text, export.suffix.lower().removeprefix("."), table)
        return [replace(one, remarks=(*one.remarks, *remarks)) for one in found]
    except ExportError as error:
        raise NewError(f'"{export.name}" {error}') from None


def _decoded(given: bytes) -> tuple[str, tuple[str, ...]]:
    """Return an export's text with plain line ends; older programs write Windows' own letters or UTF-16."""
    remarks: tuple[str, ...] = ()
    if given.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = given.decode("utf-16", errors="replace")
    else:
        try:
            text = given.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = given.decode("cp1252", errors="replace")
            remarks = ("the export is not in UTF-8; compare accents, dashes and signs with the source",)
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def template(root: Path, name: str) -> str:
    """Return the text of a template."""
    return (root / TEMPLATES / name).read_text(encoding="utf-8")


# ---- Which paper it is, and its key


def _identifiers(reference: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(name, str(reference[name]).lower()) for name in IDENTIFIERS if reference.get(name)]


def _known_identifiers(root: Path) -> dict[tuple[str, str], str]:
    """Map every DOI, PMID and PMCID of the records to its file; a broken record is passed by."""
    known: dict[tuple[str, str], str] = {}
    for path in sorted((root / SOURCES).glob("*.yml")):
        name = path.relative_to(root).as_posix()
        document = read_yaml(path.read_text(encoding="utf-8"), name)
        data = None if isinstance(document, Problem) else document.data
        reference = data.get("reference") if isinstance(data, dict) else None
        known |= dict.fromkeys(_identifiers(reference), name) if isinstance(reference, dict) else {}
    return known


def _free_key(root: Path, wanted: str, made: Sequence[str]) -> str:
    if not re.fullmatch(KEY_PATTERN, wanted):
        raise NewError(f'"{wanted}" is no key; use a-z, 0-9 and single hyphens, such as rabago2013-knee')
    chosen, count = wanted, 1
    while f"{SOURCES}/{chosen}.yml" in made:
        count += 1
        chosen = f"{wanted}-{count}"
    if (root / SOURCES / f"{chosen}.yml").exists():
        raise NewError(f"{SOURCES}/{chosen}.yml exists, and nothing is overwritten; give another key with --key")
    return chosen


def proposed_key(reference: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    """Return authorYEAR-topic: the first author's family name (or initials of an organisation), year, subject."""
    author = (reference.get("author") or [{}])[0]
    named = author.get("family") or _initials(author.get("literal") or reference.get("publisher") or "unnamed")
    who = "".join(re.findall(r"[a-z0-9]+", _bare(named)))
    year = str(reference.get("issued", ""))[:4]
    topic = _topic(_bare(str(reference.get("title", ""))), table)
    return "-".join(part for part in (f"{who or 'unnamed'}{year}", topic) if part)


def _topic(title: str, table: Mapping[str, Any]) -> str:
    for topic, words in table["topics"].items():
        if any(re.search(rf"(?<![\w-]){re.escape(word)}s?(?!\w)", title) for word in words):
            return str(topic)
    words = [word for word in re.findall(r"[a-z0-9]+", title) if word not in table["passed_over"]]
    return words[0] if words else ""


def _initials(name: str) -> str:
    words = re.findall(r"[^\W\d_][\w'-]*", name)
    capitals = [word[0] for word in words if word[0].isupper()]
    return "".join(capitals) if len(capitals) > 1 else "".join(words[:1])


def _bare(text: str) -> str:
    """Return text in lower case without accents: "Müller" becomes "muller"."""
    letters = text.lower().translate(UNMARKED)
    return "".join(one for one in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(one))


# ---- The record


def _record(root: Path, key: str, imported: Imported | None) -> Made:
    path = f"{SOURCES}/{key}.yml"
    lines = template(root, "source.yml").splitlines()
    remarks: list[str] = []
    if imported:
        reference = dict(imported.reference)
        remarks += [
            *imported.remarks,
            *_lacking(reference, path),
            *_leave_out_address(root, reference),
            *_leave_out_misshapen(reference),
        ]
        lines = [_told(line, imported) for line in _filled(lines, reference)]
    if imported and imported.status:
        remarks.append(f"THE EXPORT SAYS: {imported.status}. Read the notice before you cite this paper")
    text = "\n".join(lines).replace("\nkey:", f"\nkey: {key}", 1).replace("[^KEY.", f"[^{key}.") + "\n"
    missing = ", ".join(f"{what} (line {line})" for line, what in still_missing(text, path))
    return Made(path, text, (*(f"  note: {one}" for one in remarks), f"  still to fill in: {missing}"))


def _lacking(reference: Mapping[str, Any], path: str) -> Iterator[str]:
    """Name what an export lacks and a record wants, although a record may do without."""
    if not any(reference.get(name) for name in (*IDENTIFIERS, "URL")):
        yield "the export has no DOI, PMID or URL; add the one that you saw, or say under doubts: that none was seen"
    for name, said in (("author", "no author"), ("issued", "no year")):
        if not reference.get(name):
            yield f"the export has {said}; if you saw it, add {name}:, and rename {path} and its key: to match"


def _leave_out_address(root: Path, reference: dict[str, Any]) -> Iterator[str]:
    """Readers get the DOI or the number at PubMed; an address whose owner nobody has looked at is not needed."""
    url = reference.get("URL")
    hosts = {host for host, _, _ in listed(root, HOSTS)}
    if url and _identifiers(reference) and link_host(url) not in hosts:
        del reference["URL"]
        yield f"left out {url}: {HOSTS} does not list its host, and the DOI or PMID leads to the paper"


def _leave_out_misshapen(reference: dict[str, Any]) -> Iterator[str]:
    """A value that no record may hold is named, not written."""
    for place, _ in _errors({"reference": reference}):
        if place[0] == "reference" and len(place) > 1 and reference.get(str(place[1])):
            yield f'left out {place[1]} "{reference.pop(str(place[1]))}": it is not what a record can hold'


def _errors(data: Any) -> list[tuple[Location, str]]:
    """Return place and message of what keeps data from being a source; a place around another is left out."""
    try:
        Source.model_validate(data)
    except ValidationError as error:
        found = {one["loc"]: one["msg"] for one in error.errors(include_url=False)}
        return [(at, said) for at, said in found.items() if not any(at == one[: len(at)] != one for one in found)]
    return []


def _filled(lines: Sequence[str], reference: Mapping[str, Any]) -> Iterator[str]:
    """Fill the lines under `reference:`; one for which the export has nothing goes, unless a record needs it."""
    inside = False
    for line in lines:
        inside = line.startswith("reference:") or (inside and line.startswith(" "))
        found = EMPTY_LINE.match(line) if inside else None
        if not found:
            yield line
        elif found["name"] in reference:
            yield from _field(found["name"], reference[found["name"]])
        elif found["name"] in ALWAYS_SHOWN:
            yield line


def _field(name: str, value: Any) -> Iterator[str]:
    if name != "author":
        yield f"  {name}: {scalar(value)}"
        return
    yield "  author:"
    for person in value:
        yield "    - {" + ", ".join(f"{part}: {scalar(said, flow=True)}" for part, said in person.items()) + "}"


def scalar(text: str, *, flow: bool = False) -> str:
    """Return text as YAML on one line, quoted where YAML would read something else (inside {} where `flow`)."""
    if re.fullmatch(r"[\d-]+", text):
        return f"'{text}'"
    written = yaml.safe_dump([text], default_flow_style=flow, allow_unicode=True, width=10**6).strip()
    return written.removeprefix("[").removesuffix("]") if flow else written.removeprefix("- ")


def _told(line: str, imported: Imported) -> str:
    """Add what the export says of the paper's kind, printed corrections and retraction."""
    if line.startswith("kind:") and imported.kind:
        return line.replace("# type one of", f"# the export says: {imported.kind}. Type one of", 1)
    if line.startswith("errata:") and imported.errata:
        return "errata:\n" + "\n".join(f"  - {scalar(one)}" for one in imported.errata)
    if line.startswith("  status:") and imported.status:
        return f"  status: {imported.status}   # so says the export; read the notice"
    return line


def still_missing(text: str, path: str) -> list[tuple[int, str]]:
    """Return line and name of everything that a record still needs; the help stands beside it in the text."""
    document = read_yaml(text, path)
    if isinstance(document, Problem):
        raise NewError(f"{path} would be no YAML (line {document.line}): {document.message}")
    found: dict[int, str] = {}
    for place, said in _errors(document.data):
        name = ".".join(str(part) for part in place if part != "[key]" and not isinstance(part, int))
        rule = said.removeprefix("Value error, ")
        found.setdefault(document.line(place), f"{name}: {rule}" if rule != said else name)
    return sorted(found.items())
