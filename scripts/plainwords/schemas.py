"""JSON Schemas of the records, for editors' programs.

They follow from the code alone: a test looks whether the committed ones are the present ones, not each build.
"""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from plainwords.embeds.options import Options
from plainwords.embeds.pins import Pin
from plainwords.records import Change, Review, Reviewer, Search, SecondLook, Source, Term

FOLDER = "data/schemas"
RECORDS: dict[str, Any] = {
    "source": Source, "glossary": list[Term], "review": Review, "reviewers": list[Reviewer],
    "searches": list[Search], "second-look": list[SecondLook], "changes": list[Change],
}  # fmt: skip


def schema_files() -> dict[str, str]:
    """Return path and text of every schema."""
    origins = {name: (model, "records.py") for name, model in RECORDS.items()}
    origins |= {"embeds": (Options, "embeds/options.py"), "pin": (Pin, "embeds/pins.py")}
    return {f"{FOLDER}/{name}.schema.json": _schema(*origin) for name, origin in origins.items()}


def _schema(model: Any, origin: str) -> str:
    schema = {"$comment": f"Made from scripts/plainwords/{origin} by scripts/generate. Edit that file, not this one."}
    schema |= TypeAdapter(model).json_schema(by_alias=True)
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
