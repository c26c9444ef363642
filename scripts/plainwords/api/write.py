"""Writes the content API into the built site."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter

from plainwords.api import models
from plainwords.api.addresses import Addresses
from plainwords.api.content import Shelf, content_of, subject_of_page, subject_of_term
from plainwords.api.feed import FILE, feed
from plainwords.api.sources import csl_items
from plainwords.embeds.pins import load_pins
from plainwords.extensions.shared import labels_of
from plainwords.finish import LICENCE
from plainwords.prose import CITATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from plainwords.embeds.pins import Stored
    from plainwords.finish import Settings
    from plainwords.library import Library
    from plainwords.pages import Page
    from plainwords.records import Term

FOLDER = "api/v1"
JSON = "application/json"
# Each file beside the pages: its path, what it is, its format.
FILES = {
    "glossary": (f"{FOLDER}/glossary.json", "All words explained", JSON),
    "sources": (f"{FOLDER}/sources.json", "All sources as CSL-JSON", "application/vnd.citationstyles.csl+json"),
    "versions": (f"{FOLDER}/versions.json", "All fixed versions, and what became of them", JSON),
    "feed": (FILE, "What changed", "application/atom+xml"),
}
ABOUT = "Every page, word and source of this site as files that programs can read, free to use and without a key."


def write(root: Path, site: Path, pages: Sequence[Page], library: Library, settings: Settings) -> None:
    """Write every file of the API into the folder `site`, and last the index that names them."""
    shelf = Shelf(library, labels_of(str(root)), Addresses(settings))
    _schemas(site, shelf.addresses)
    entries = list(_pages(root, site, pages, shelf))
    _save(site, FILES["glossary"][0], _dump(glossary(library.terms, shelf.addresses)))
    _save(site, FILES["sources"][0], _dump(csl_items(library, shelf.labels)))
    _save(site, FILES["versions"][0], _dump(versions(load_pins(root), shelf.addresses)))
    if library.changes:
        (site / FILE).write_bytes(feed(library.changes, shelf.addresses, f"CC BY 4.0, {LICENCE}"))
    index = _index(tuple(entries), tuple(_files(site, shelf.addresses)), shelf.addresses)
    _save(site, f"{FOLDER}/index.json", _dump(index))


def glossary(terms: Sequence[Term], addresses: Addresses) -> models.Glossary:
    """Return all words with their meanings."""
    return models.Glossary(
        name=f"Words explained - {addresses.name}",
        url=addresses.of("glossary/"),
        license=LICENCE,
        has_defined_term=tuple(_term(term, addresses) for term in terms),
    )


def _term(term: Term, addresses: Addresses) -> models.DefinedTerm:
    return models.DefinedTerm(
        name=term.term,
        term_code=term.slug,
        description=term.meaning,
        disambiguating_description=" ".join(CITATION.sub("", term.note).split()) if term.note else None,
        alternate_name=term.also,
        url=addresses.of(f"glossary/{term.slug}/"),
    )


def versions(stored: Sequence[Stored], addresses: Addresses) -> models.Versions:
    """Return all fixed versions with the corrections that stand above them."""
    fixed = tuple(_fixed(one, addresses) for one in stored)
    return models.Versions(name=f"Fixed versions - {addresses.name}", license=LICENCE, has_part=fixed)


def _fixed(one: Stored, addresses: Addresses) -> models.Fixed:
    pin = one.pin
    return models.Fixed(
        name=pin.title,
        description=pin.note,
        url=addresses.of(f"embed/v/{one.date}/{pin.page}"),
        is_based_on=addresses.of(pin.page),
        version=one.date,
        sha256=pin.sha256,
        correction=tuple(
            models.Correction(genre=each.kind, date_created=each.date, text=each.because) for each in pin.notices
        ),
    )


def _pages(root: Path, site: Path, pages: Sequence[Page], shelf: Shelf) -> Iterator[models.Entry]:
    subjects = [subject_of_page(root, page, shelf.library) for page in pages]
    subjects += [subject_of_term(term) for term in shelf.library.terms]
    for subject in sorted(subjects, key=lambda one: one.address):
        content = content_of(site, subject, shelf)
        path = f"{subject.address}content.json"
        _save(site, path, _dump(content))
        yield models.Entry(
            type=content.type,
            name=content.name,
            description=content.description,
            url=content.url,
            date_modified=content.date_modified,
            last_reviewed=content.last_reviewed,
            version=content.version,
            encoding=_file(site, path, content.name, JSON, shelf.addresses, schema="content"),
        )


def _index(entries: tuple[models.Entry, ...], files: tuple[models.File, ...], addresses: Addresses) -> models.Index:
    return models.Index(
        name=addresses.name,
        description=ABOUT,
        url=addresses.of(""),
        license=LICENCE,
        publisher=models.Organization(name=addresses.name),
        has_part=entries,
        encoding=files,
    )


def _files(site: Path, addresses: Addresses) -> Iterator[models.File]:
    for schema, (path, name, form) in FILES.items():
        if (site / path).exists():
            named = schema if schema in models.SCHEMAS else None
            yield _file(site, path, name, form, addresses, schema=named)


def _file(site: Path, path: str, name: str, form: str, addresses: Addresses, *, schema: str | None) -> models.File:
    return models.File(
        name=name,
        content_url=addresses.of(path),
        encoding_format=form,
        sha256=hashlib.sha256((site / path).read_bytes()).hexdigest(),
        schema_=addresses.of(_schema_path(schema)) if schema else None,
    )


# ---- Schemas and bytes


def _schema_path(name: str) -> str:
    return f"{FOLDER}/schemas/{name}.schema.json"


def _schemas(site: Path, addresses: Addresses) -> None:
    for name, model in models.SCHEMAS.items():
        path = _schema_path(name)
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": addresses.of(path)}
        body = TypeAdapter(model).json_schema(by_alias=True)
        _save(site, path, json.dumps(head | body, indent=1, ensure_ascii=False) + "\n")


def _dump(value: BaseModel | Sequence[BaseModel]) -> str:
    return json.dumps(_plain(value), indent=1, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    """Return models as plain data under their published names, without what is not known or empty."""
    if isinstance(value, BaseModel):
        return _plain(value.model_dump(mode="json", by_alias=True, exclude_none=True))
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items() if one != []}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _save(site: Path, path: str, text: str) -> None:
    target = site / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
