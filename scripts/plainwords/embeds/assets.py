"""The scripts for other websites: under a name that holds their hash, under a stable name, with their SRI values.

A hash-named file that was once published stays: `data/pins/scripts/` keeps it, because pages out there name it
together with its SRI value.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

from plainwords.embeds.render import integrity

if TYPE_CHECKING:
    from pathlib import Path

    from plainwords.embeds.render import Renderer

FOLDER = "assets/embed"
KEPT = "data/pins/scripts"
MANIFEST = "manifest.json"
FOR_OTHERS = ("embed.js", "prolotherapy-page.js")
HASH_LENGTH = 12


def write_scripts(root: Path, site: Path, renderer: Renderer) -> dict[str, dict[str, Any]]:
    """Write every script and their list; return the list."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((root / KEPT).glob("*.js")):
        shutil.copyfile(path, folder / path.name)
    listed = {}
    for name in FOR_OTHERS:
        data = script(root, name, renderer).encode()
        hashed = hashed_name(name, data)
        for target in (name, hashed):
            (folder / target).write_bytes(data)
        listed[name] = {"file": hashed, "integrity": integrity(data), "bytes": len(data)}
    (folder / MANIFEST).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
    (folder / "frame.js").unlink(missing_ok=True)  # stands inside each embed
    return listed


def script(root: Path, name: str, renderer: Renderer) -> str:
    """Return a script as it is published: with the style and the accents of embeds, without indents."""
    text = (root / "overrides" / FOLDER / name).read_text(encoding="utf-8")
    text = text.replace('"/* style */"', json.dumps(renderer.style, ensure_ascii=False))
    text = text.replace("[/* accents */]", json.dumps(list(renderer.options.accents)))
    return re.sub(r"\n\s*", "\n", text)


def hashed_name(name: str, data: bytes) -> str:
    """Return the name that holds the start of the file's SHA-256: `embed.0123456789ab.js`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:HASH_LENGTH]}.{ending}"
