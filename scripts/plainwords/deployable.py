"""Whether the site may be published: settings in `mkdocs.yml` that only its owner can fill in, and kept scripts."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import yaml

from plainwords.embeds.options import FILE as OPTIONS
from plainwords.embeds.pin import script_problems
from plainwords.problems import Problem, print_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
CONFIG = "mkdocs.yml"


@dataclass(frozen=True)
class Setting:
    """A setting that must hold a real value, how to tell one, and what is expected."""

    name: str
    is_set: Callable[[str], bool]
    expected: str


def _is_address(value: str) -> bool:
    parts = urlsplit(value)
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host and not host.endswith(".invalid")


def _is_contact(value: str) -> bool:
    return bool(re.fullmatch(r"[^@\s:/]+@[^@\s:/]+\.[^@\s:/]+", value)) or (
        value.startswith("https://") and _is_address(value)
    )


SETTINGS = (
    Setting("site_url", _is_address, 'the site\'s address, such as "https://name.github.io/repository/"'),
    Setting("repo_url", _is_address, 'the repository\'s address, such as "https://github.com/name/repository"'),
    Setting("extra.contact", _is_contact, 'an e-mail address, or a form\'s address that begins with "https://"'),
)


def missing_settings(text: str) -> Iterator[Problem]:
    """Each setting of the site's owner holds a real value; the text is that of an MkDocs configuration."""
    try:
        found = dict(_scalars(yaml.compose(text, Loader=yaml.CSafeLoader)))
    except yaml.YAMLError as error:
        yield Problem(CONFIG, 1, "settings", " ".join(f"this is not readable as YAML: {error}".split()))
        return
    for setting in SETTINGS:
        value, line = found.get(setting.name, ("", 1))
        if not setting.is_set(value):
            shown = f'"{value}" is a placeholder or no address' if value else "is empty"
            yield Problem(CONFIG, line, setting.name, f"{shown}; expected {setting.expected}")


def _scalars(node: yaml.Node | None, prefix: str = "") -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield every plain value of a configuration: dotted name, text and line, whatever its tags mean."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(value, yaml.ScalarNode):
            empty = value.tag == "tag:yaml.org,2002:null"
            yield prefix + str(key.value), ("" if empty else value.value.strip(), key.start_mark.line + 1)
        else:
            yield from _scalars(value, f"{prefix}{key.value}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what keeps the site from being published; exit status 0, 1 (something) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(
        prog="scripts/deployable", description="Say whether the settings are complete and the scripts kept."
    )
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    root = parser.parse_args(arguments).root
    text = (root / CONFIG).read_text(encoding="utf-8")
    scripts = script_problems(root) if (root / OPTIONS).exists() else ()
    return 1 if print_problems([*missing_settings(text), *scripts], sys.stdout) else 0


if __name__ == "__main__":
    raise SystemExit(main())
