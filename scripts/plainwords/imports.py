"""References from other programs: an export's text in, the fields of a record's `reference` out.

Formats: BibTeX, RIS, PubMed (https://www.nlm.nih.gov/bsd/mms/medlineelements.html) and CSL-JSON.
Which field fills which, and which type is which, stands in `data/templates/imports.yml`.
"""

from __future__ import annotations

import html
import json
import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import rispy  # type: ignore[import-untyped]
from bibtexparser import middlewares
from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library as BibLibrary
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, Field
from rispy.config import TAG_KEY_MAPPING  # type: ignore[import-untyped]

from plainwords.records import real_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

Fields = dict[str, list[str]]
Name = dict[str, str]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MARKUP = re.compile(r"</?(?:i|b|em|strong|sup|sub|span|scp|italic|bold)\b[^<>]*>", re.IGNORECASE)
# Where an identifier stands in its own field, or in the address of the reference itself.
IDENTIFIERS = {
    "DOI": re.compile(r"(?:^|doi\.org/|doi:\s*)(10\.\d{4,9}/\S+)", re.IGNORECASE),
    "PMID": re.compile(r"(?:^|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{1,8})/?$", re.IGNORECASE),
    "PMCID": re.compile(r"(?:^|/articles/)(PMC\d+)", re.IGNORECASE),
}
# A line of a note that is an identifier and nothing else; other notes may speak of other papers.
NOTED = re.compile(r"(DOI|PMID|PMCID):\s*(\S+)", re.IGNORECASE)
LIBRARY = re.compile(
    r"^https?://(?:dx\.)?(?:doi\.org/|(?:www\.)?europepmc\.org/|pubmed\.ncbi\.nlm\.nih\.gov/|pmc\.ncbi\.nlm\.nih\.gov/"
    r"|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:pubmed|pmc)/)",
    re.IGNORECASE,
)
SUFFIXES = {"bib": "bib", "ris": "ris", "nbib": "nbib", "json": "json"}


class ExportError(ValueError):
    """An export that cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Raw:
    """One reference as its format has it: fields, type, people and organisations, printed corrections."""

    type: str
    fields: Fields
    authors: list[Name]
    notes: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    errata: list[str] = field(default_factory=list)
    status: str | None = None


@dataclass(frozen=True)
class Imported:
    """One reference in a record's fields, what the export says of the paper, and what the editor must know."""

    reference: dict[str, Any]
    kind: str
    errata: tuple[str, ...]
    status: str | None
    remarks: tuple[str, ...]


def read_export(text: str, suffix: str, tables: Mapping[str, Any]) -> list[Imported]:
    """Read every reference of an export; `suffix` is the file's ending: bib, ris, json, nbib or txt."""
    form = SUFFIXES.get(suffix) or _guess(text)
    found = READERS[form](text)
    if not found:
        raise ExportError(f"holds no reference that can be read as {NAMES[form]}; export it again")
    return [_tidy(raw, form, tables) for raw in found]


def _guess(text: str) -> str:
    if re.search(r"^PMID *- ", text, re.MULTILINE):
        return "nbib"
    if re.search(r"^TY {2}-", text, re.MULTILINE):
        return "ris"
    raise ExportError("is no export that can be read; export as PubMed (.nbib), RIS, BibTeX or CSL-JSON")


# ---- The formats


def _read_bib(text: str) -> list[Raw]:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is raised below
    steps = [middlewares.MonthIntMiddleware(), middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    library = parse_string(text, append_middleware=steps)
    entries = list(library.entries)
    for block in library.failed_blocks:
        if not isinstance(block, DuplicateBlockKeyBlock):
            raise ExportError(f"line {(block.start_line or 0) + 1}: this entry is no whole BibTeX; export it again")
        macros = (one.raw for one in library.strings)  # an entry whose key stood before is read by itself
        entries += parse_string("\n".join([*map(str, macros), block.raw or ""]), append_middleware=steps).entries
    return [_bib_entry(one) for one in entries]


def _bib_entry(entry: Entry) -> Raw:
    values = {one.key.lower(): one.value for one in entry.fields}
    people = values.pop("author", [])
    as_typed = {key: str(values[key]) for key in ("url", "doi") if key in values}  # "%" and "_" mean themselves there
    plain = _from_latex({key: str(value) for key, value in values.items()}) | as_typed
    year, month = plain.get("year", ""), plain.get("month", "")
    if "date" not in plain and year:
        plain["date"] = f"{year}-{int(month):02}" if month.isdigit() else f"{year} {month}"
    names = [_bib_name(one) for one in people if isinstance(one, middlewares.NameParts)]
    notes = [plain.get("note", ""), plain.get("annotation", "")]
    if plain.get("eprinttype", "").lower() == "pubmed":
        notes.append(f"PMID: {plain.get('eprint', '')}")
    remarks = []
    if {"literal": "others"} in names:
        names.remove({"literal": "others"})
        remarks.append('the export leaves out authors ("and others"); add those whom the source names')
    fields = {key: [value] for key, value in plain.items()} | {"issued": [plain.get("date", "")]}
    return Raw(entry.entry_type.lower(), fields, names, notes, remarks)


def _bib_name(parts: middlewares.NameParts) -> Name:
    """Return a name; one in braces, or the lone word "others", is no person's."""
    last = " ".join(parts.last)
    if not parts.first and not parts.von and (last.startswith("{") or last == "others"):
        return {"literal": _from_latex({"name": last})["name"]}
    plain = _from_latex(
        {"family": " ".join((*parts.von, last)), "given": " ".join(parts.first), "suffix": " ".join(parts.jr)}
    )
    return {key: value for key, value in plain.items() if value}


def _from_latex(texts: dict[str, str]) -> dict[str, str]:
    entry = Entry("plain", "plain", [Field(key, value) for key, value in texts.items()])
    middlewares.LatexDecodingMiddleware(keep_math_mode=False).transform_entry(entry, BibLibrary())
    return {one.key: str(one.value) for one in entry.fields}


def _read_ris(text: str) -> list[Raw]:
    lists = ["A1", "AU", "N1", "UR"]
    found = rispy.loads(text, mapping={tag: tag for tag in TAG_KEY_MAPPING}, list_tags=lists, skip_unknown_tags=True)
    if len(found) != len(re.findall(r"^TY {2}-", text, re.MULTILINE)):
        raise ExportError('holds a reference without its last line, "ER  - "; export it again')
    return [_ris_entry({tag: _listed(value) for tag, value in one.items()}) for one in found]


def _ris_entry(fields: Fields) -> Raw:
    pages = "-".join(one for tag in ("SP", "EP") for one in fields.get(tag, [])[:1] if one)
    base = "".join((*fields.get("DB", []), *fields.get("DP", []))).lower()
    notes = [*fields.get("N1", [])]
    if re.search("pubmed|medline|nlm", base):
        notes += [f"PMID: {one}" for one in fields.get("AN", [])]
    authors = [_comma_name(one) for one in (fields.get("AU") or fields.get("A1") or [])]
    return Raw(fields["TY"][0].upper(), fields | {"SP": [pages]}, authors, notes)


class PubMedParser(rispy.RisParser):  # type: ignore[misc]
    """PubMed's format: tags of up to four letters, long lines broken and indented, no line that ends a record."""

    START_TAG = "PMID"
    TAGS = ("PMID", "TI", "BTI", "JT", "TA", "DP", "VI", "IP", "PG", "PB", "PMC", "LID", "AID", "FAU", "AU", "CN",
            "PT", "EIN", "RIN", "ECI")  # fmt: skip
    DEFAULT_MAPPING: ClassVar[dict[str, str]] = {tag: tag for tag in TAGS}
    DEFAULT_LIST_TAGS: ClassVar[list[str]] = ["LID", "AID", "FAU", "AU", "CN", "PT", "EIN", "RIN", "ECI"]
    DEFAULT_DELIMITER_MAPPING: ClassVar[dict[str, str]] = {}

    def parse(self, text: str) -> list[dict[str, Any]]:
        """Parse records, each of which ends with an empty line."""
        found: list[dict[str, Any]] = super().parse(re.sub(r"\n {6}", " ", text) + "\n\n")
        return found

    def parse_line(self, line: str) -> tuple[str, str] | tuple[None, str]:
        """Return tag and content; an empty line is the end of a record."""
        if not line.strip():
            return self.END_TAG, ""
        return (line[:4].strip(), line[6:].strip()) if line[4:5] == "-" else (None, line.strip())


def _read_nbib(text: str) -> list[Raw]:
    found = rispy.loads(text, implementation=PubMedParser, skip_unknown_tags=True)
    return [_nbib_entry({tag: _listed(value) for tag, value in one.items()}) for one in found]


def _nbib_entry(fields: Fields) -> Raw:
    people = [_comma_name(one) for one in fields.get("FAU", [])] or [_short_name(one) for one in fields.get("AU", [])]
    authors = people + [{"literal": one.rstrip(".")} for one in fields.get("CN", [])]
    fields = fields | {"TI": [one.rstrip(".") for one in fields.get("TI", [])]}
    notes = [f"doi:{one.split()[0]}" for one in (*fields.get("LID", []), *fields.get("AID", [])) if "[doi]" in one]
    status = "retracted" if fields.get("RIN") else "concern" if fields.get("ECI") else None
    errata = [f"A correction was printed in {one}" for one in fields.get("EIN", [])]
    kinds = fields.get("PT", [])
    book = any("book" in one.lower() for one in kinds) or "BTI" in fields
    fields |= {"PT": ["; ".join(kinds)]}
    return Raw("" if book else "article-journal", fields, authors, notes, errata=errata, status=status)


def _read_json(text: str) -> list[Raw]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ExportError(f"is no JSON ({error}); export it again as CSL-JSON") from None
    items = data.get("items", [data]) if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(isinstance(one, dict) and "title" in one for one in items):
        raise ExportError("is JSON, but no CSL-JSON (a list of references, each with a title)")
    return [_json_entry(one) for one in items]


def _json_entry(item: dict[str, Any]) -> Raw:
    fields = {key: _listed(value) for key, value in item.items() if isinstance(value, str | int | list)}
    fields |= {key: [_json_date(item.get(key))] for key in ("issued", "accessed")}
    authors = [_json_name(one) for one in item.get("author") or [] if isinstance(one, dict)]
    return Raw(str(item.get("type", "")), fields, authors, fields.get("note", []))


def _json_name(name: dict[str, Any]) -> Name:
    if name.get("literal") or not name.get("family"):
        return {"literal": str(name.get("literal") or name.get("name") or name.get("given") or "")}
    particles = [name.get("dropping-particle"), name.get("non-dropping-particle")]
    family = " ".join(str(part) for part in (*particles, name["family"]) if part)
    return {"family": family} | {part: str(name[part]) for part in ("given", "suffix") if name.get(part)}


def _json_date(value: Any) -> str:
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    parts = (value.get("date-parts") or [[]])[0]
    said = "-".join(f"{int(part):02}" for part in parts if part)
    return said or str(value.get("raw") or value.get("literal") or "")


READERS: dict[str, Callable[[str], list[Raw]]] = {
    "bib": _read_bib, "ris": _read_ris, "nbib": _read_nbib, "json": _read_json,
}  # fmt: skip
NAMES = {"bib": "BibTeX", "ris": "RIS", "nbib": "PubMed's format", "json": "CSL-JSON"}


# ---- Names


def _listed(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(one) for one in values if isinstance(one, str | int) and str(one).strip()]


def _comma_name(text: str) -> Name:
    """Read "Rabago, David" or "Smith, John, Jr."; a name without a comma is an organisation's."""
    family, *rest = (part.strip() for part in text.split(",") if part.strip())
    if not rest:
        return {"literal": text.strip().rstrip(",")}
    return dict(zip(("family", "given", "suffix"), (family, *rest), strict=False))


def _short_name(text: str) -> Name:
    """Read "Rabago D", as old PubMed records have it; else the whole is an organisation's name."""
    found = re.fullmatch(r"(.+?) ([A-Z]{1,3})(?: (?:Jr|Sr|\d\w\w))?", text)
    return {"family": found[1], "given": " ".join(found[2])} if found else {"literal": text}


# ---- From any format to a record's fields


def _tidy(raw: Raw, form: str, tables: Mapping[str, Any]) -> Imported:
    picked = {name: _first(raw.fields, keys) for name, keys in tables["fields"][form].items()}
    picked.setdefault("issued", _first(raw.fields, ["issued"]))
    if form == "json":
        picked["accessed"] = _first(raw.fields, ["accessed"])
    kind = picked.pop("kind", "")
    remarks = [*raw.remarks, *_nameless_parts(raw.authors)]
    our_type = raw.type if form == "nbib" else tables["types"][form].get(raw.type, "")
    if not our_type:
        remarks.append(f'the export calls it "{raw.type or kind}"; say under type: which of ours it is')
    plain = _identified(picked, raw)
    authors = [_named(one) for one in raw.authors if any(one.values())]
    reference: dict[str, Any] = {"type": our_type, **plain, "author": authors}
    reference |= {"issued": partial_date(picked["issued"]), "accessed": _whole_day(picked.get("accessed", ""))}
    reference["page"] = whole_pages(picked.get("page", ""))
    status = raw.status or _retracted(kind, plain["title"], tables["retracted"])
    return Imported(_fitting(reference, our_type), kind, tuple(raw.errata), status, tuple(remarks))


def _named(name: Name) -> Name:
    return {part: " ".join(name[part].split()) for part in ("family", "given", "literal") if name.get(part)}


def _nameless_parts(names: Iterable[Name]) -> Iterator[str]:
    """A record has no place for "Jr"; as a given name it would become an initial."""
    for name in names:
        if name.get("suffix"):
            yield f'left out "{name["suffix"]}" of {name.get("given", "")} {name.get("family", "")}'


def _first(fields: Fields, keys: Iterable[str]) -> str:
    values = (" ".join(html.unescape(MARKUP.sub("", one)).split()) for key in keys for one in fields.get(key, []))
    return next((one for one in values if one), "")


def _identified(picked: dict[str, str], raw: Raw) -> dict[str, str]:
    """Find DOI, PMID and PMCID wherever an export puts them; an address that only repeats them goes."""
    addresses = [one for one in (picked.get("URL", ""), *raw.fields.get("UR", [])) if one]
    lines = [line.strip() for note in raw.notes for line in note.splitlines()]
    noted = {match[1].upper(): match[2] for line in lines if (match := NOTED.fullmatch(line))}
    found: dict[str, str] = {}
    for name, pattern in IDENTIFIERS.items():
        matches = (pattern.search(text) for text in (picked.get(name, ""), noted.get(name, ""), *addresses))
        found[name] = next((match[1].rstrip(".,;") for match in matches if match), "")
    found["PMCID"] = found["PMCID"].upper()
    own = (one for one in addresses if not LIBRARY.match(one))
    return picked | found | {"URL": next(own, "")}


def _fitting(reference: dict[str, Any], our_type: str) -> dict[str, Any]:
    """Keep what holds something and suits the type."""
    if our_type in ("report", "legislation"):
        reference["number"] = reference.get("number") or reference.get("issue", "")
        reference["issue"] = ""
    else:
        reference["number"] = ""
    if our_type == "webpage":
        reference["publisher"] = reference.get("publisher") or reference.get("container-title", "")
        reference["container-title"] = ""
    else:
        reference["accessed"] = ""
    if our_type == "article-journal":
        reference["publisher"] = ""
    if reference.get("container-title-short") == reference.get("container-title"):
        reference["container-title-short"] = ""
    return {name: value for name, value in reference.items() if value}


def _retracted(kind: str, title: str, words: Sequence[str]) -> str | None:
    said = any(word.lower() in kind.lower() for word in words) or re.match(r"\W*retracted\b", title, re.IGNORECASE)
    return "retracted" if said else None


def partial_date(text: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD from "2013/05/13/", "2013 May-Jun" or "May 2013"; else nothing."""
    numeric = re.match(r"\s*(\d{4})(?:[/-](\d{1,2})(?!\d))?(?:[/-](\d{1,2})(?!\d))?", text)
    named = re.search(r"\b(" + "|".join(MONTHS) + r")[a-z]*\b\.?(?:\s+(\d{1,2})\b)?", text, re.IGNORECASE)
    year = re.search(r"\b(1[89]\d\d|20\d\d)\b", text)
    if not year:
        return ""
    month, day = (numeric[2], numeric[3]) if numeric and numeric[2] else (None, None)
    if not month and named:
        month, day = str(MONTHS.index(named[1].lower()) + 1), named[2]
    parts = [year[1], *(f"{int(part):02}" for part in (month, day) if part)]
    return _real_part(parts)


def _real_part(parts: list[str]) -> str:
    while len(parts) > 1:
        try:
            real_date("-".join((*parts, "01")[:3]))
        except ValueError:
            parts = parts[:-1]
            continue
        break
    return "-".join(parts)


def _whole_day(text: str) -> str:
    day = partial_date(text)
    return day if day.count("-") == 2 else ""  # noqa: PLR2004  (year, month and day)


def whole_pages(text: str) -> str:
    """Return "229-237" from "229--37": the full last page, and one plain dash."""
    pages = re.sub(r"\s*[-\u2010-\u2015]+\s*", "-", text.strip())
    found = re.fullmatch(r"([A-Za-z]*)(\d+)-\1?(\d+)", pages)
    if not found:
        return pages
    letters, first, last = found.groups()
    whole = first[: max(len(first) - len(last), 0)] + last
    return f"{letters}{first}" if whole == first else f"{letters}{first}-{letters}{whole}"
