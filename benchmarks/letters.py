"""The two hosts from which Material, as it comes, asks its letters: stood in for by this machine.

`fonts.googleapis.com` answers with a style sheet of all faces, parted by the letters they hold, and
`fonts.gstatic.com` with the files. Both are made of Fontsource's copies (https://fontsource.org), as no measure may
hang on the network.
"""

from __future__ import annotations

import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from benchmarks.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STYLES, FILES = "fonts.googleapis.com", "fonts.gstatic.com"
FACES = {
    "roboto": ("300", "300-italic", "400", "400-italic", "700", "700-italic"),
    "roboto-mono": ("400", "400-italic", "700", "700-italic"),
}  # as Material's base.html asks for them
SHEET = "faces.css"
OLD_FORMAT = re.compile(r", url\([^)]*\.woff\) format\('woff'\)")


@contextmanager
def letters(packages: Path, folder: Path) -> Iterator[str]:
    """Serve both hosts' answers from `folder`; gives Chromium's rules that lead to them instead of to Google.

    `packages` is the folder `@fontsource` of Lighthouse's `node_modules`.
    """
    (folder / "css").mkdir(parents=True)
    sheets = []
    for family, faces in FACES.items():
        shutil.copytree(packages / family / "files", folder / "s" / family)
        for face in faces:
            sheet = (packages / family / f"{face}.css").read_text(encoding="utf-8")
            sheets.append(OLD_FORMAT.sub("", sheet).replace("./files/", f"https://{FILES}/s/{family}/"))
    text = "\n".join(sheets).replace("font-display: swap", "font-display: fallback")
    (folder / "css" / SHEET).write_text(text, encoding="utf-8")
    with served(folder, index=SHEET) as address:
        here = address.removeprefix("https://").rstrip("/")
        yield ", ".join(f"MAP {host}:443 {here}" for host in (STYLES, FILES))
