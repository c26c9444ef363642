"""All sources as CSL-JSON, as citation managers import it (https://docs.citationstyles.org)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwords.api import models
from plainwords.api.content import depths

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwords.library import Library
    from plainwords.records import Source


def csl_items(library: Library, labels: Mapping[str, Any]) -> models.Sources:
    """Return every source, in the order of its key."""
    return tuple(csl_item(library.sources[key], library, labels) for key in sorted(library.sources))


def csl_item(source: Source, library: Library, labels: Mapping[str, Any]) -> models.CslItem:
    """Return one source; its note says how far it was read, and what was seen of a retraction or correction."""
    fields = source.reference.model_dump(by_alias=True, exclude_none=True)
    for name in ("issued", "accessed"):
        if name in fields:
            fields[name] = {"date-parts": (tuple(int(part) for part in fields[name].split("-")),)}
    return models.CslItem(id=source.key, note=_note(source, library, labels), **fields)


def _note(source: Source, library: Library, labels: Mapping[str, Any]) -> str:
    said = [*depths(source, library, labels), *(f"Correction: {one}" for one in source.errata)]
    looked = source.retraction
    if looked:
        day = "" if looked.status == "not looked" else f" (looked {looked.looked})"
        said.append(f"Retraction: {looked.status}{day}.")
    return " ".join(said)
