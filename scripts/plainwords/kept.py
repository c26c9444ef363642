"""What was made of a file's text the last time, so that a file that has not changed is not read again.

It lies in the project's `.cache/`, may be deleted at any time, and counts only for the code that made it.
"""

from __future__ import annotations

import os
import pickle
import sys
import tempfile
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
CODE = Path(__file__).resolve().parent
LIBRARIES = ("pydantic", "PyYAML", "markdown-it-py")  # a new version may make something else of the same text


class Kept:
    """Results by a name and a text's digest; those of texts that are no longer asked for are dropped."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self.maker = _maker() if file else ""
        self.before = self._loaded()
        self.now: dict[str, tuple[bytes, Any]] = {}

    def of(self, name: str, text: str, make: Callable[[], T]) -> T:
        """Return what was made under this name of this very text, or make it; it depends on nothing else."""
        digest = sha256(text.encode()).digest()
        known = self.before.get(name)
        self.now[name] = known if known and known[0] == digest else (digest, make())
        return cast("T", self.now[name][1])

    def state(self, start: str) -> str:
        """Return one digest of all texts that were asked for under names that begin so."""
        named = sorted((name, digest) for name, (digest, _) in self.now.items() if name.startswith(start))
        return sha256(repr(named).encode()).hexdigest()

    def renewed(self) -> Kept:
        """Return one that knows what this one was asked for, to read the same files again in the same process."""
        new = Kept()
        new.before = self.now
        return new

    def save(self) -> None:
        """Write what was asked for; a reader meets the old file or the new one, never a half."""
        if self.file is None or self._is_as_before():
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self.file.parent, delete=False) as new:
            pickle.dump((self.maker, self.now), new, pickle.HIGHEST_PROTOCOL)
        Path(new.name).replace(self.file)

    def _is_as_before(self) -> bool:
        return self.now.keys() == self.before.keys() and all(
            one is self.before[name] for name, one in self.now.items()
        )

    def _loaded(self) -> dict[str, tuple[bytes, Any]]:
        try:
            maker, kept = pickle.loads(self.file.read_bytes()) if self.file else ("", {})  # noqa: S301  (ours alone)
        except Exception:  # noqa: BLE001  (missing, cut short, of other code: all is read anew)
            return {}
        return kept if maker == self.maker else {}


def _maker() -> str:
    """Tell this Python, the libraries and our own code apart from others, by versions and by the files' times."""
    files = sorted(os.scandir(CODE), key=lambda one: one.name)
    times = [(one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files if one.name.endswith(".py")]
    return f"{sys.version} {[(name, version(name)) for name in LIBRARIES]} {times}"
