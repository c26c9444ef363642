"""Addresses in files that other programs read: absolute where the site's address is set, else from its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plainwords.finish import Settings

START = "./"


@dataclass(frozen=True)
class Addresses:
    """The site's name and the addresses of its files."""

    settings: Settings

    @property
    def name(self) -> str:
        """The site's name."""
        return self.settings.name

    def of(self, path: str) -> str:
        """Return the address of a file or page; without an address of the site, the path from its start page."""
        return self.settings.url(path) if self.settings.is_set else path or START
