"""Writes the handouts into the built site: those that are new are made, all others come from the cache."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pydyf  # type: ignore[import-untyped]
import weasyprint  # type: ignore[import-untyped]

from plainwords.build import EPOCH, settings_of
from plainwords.check import load_site
from plainwords.extensions.shared import labels_of
from plainwords.handouts.render import PAPERS, TEMPLATE, Studio, pdf_of
from plainwords.handouts.sheet import Sheet, chosen, load_list, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwords.check import Site
    from plainwords.finish import Settings

ROOT = Path(__file__).resolve().parents[3]
FOLDER = "handouts"
SIZES = f"{FOLDER}/handouts.json"
# A place at the foot of a page, for the links to its sheet.
PLACE = re.compile(r"<!-- pw:handout -->.*?<!-- /pw:handout -->", re.DOTALL)
LABELS = {"a4": "A4", "letter": "US Letter"}


@dataclass(frozen=True)
class Job:
    """One PDF to be made: the sheet, the paper, and where it is kept."""

    sheet: Sheet
    paper: str
    studio: Studio
    kept: Path


def write(site: Path, content: Site, settings: Settings, cache: Path, only: Sequence[str] = ()) -> tuple[int, int]:
    """Write the sheets of all pages, or of the pages at the addresses `only`; return how many, and how many anew."""
    jobs = list(jobs_of(site, content, settings, cache, only))
    new = [job for job in jobs if not job.kept.exists()]
    cache.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for _ in workers.map(make, new):
            pass
    (site / FOLDER).mkdir(exist_ok=True)
    for job in jobs:
        (site / FOLDER / f"{job.sheet.name}-{job.paper}.pdf").write_bytes(job.kept.read_bytes())
    sizes = _sizes(jobs)
    (site / SIZES).write_text(json.dumps(sizes, indent=1) + "\n", encoding="utf-8")
    _link(site, sizes)
    if not only:
        _forget(cache, {job.kept for job in jobs})
    return len(jobs), len(new)


def jobs_of(site: Path, content: Site, settings: Settings, cache: Path, only: Sequence[str] = ()) -> Iterator[Job]:
    """Yield every PDF that the site wants, in the order of addresses."""
    listed, depth = load_list(content.root), labels_of(str(content.root))["depth"]
    studio = Studio(content.root / "overrides", settings.name, listed["words"])
    same = _fingerprint(studio)
    for page in chosen(content.pages, listed):
        if not only or page.address in only:
            sheet = sheet_of(site, page, content.library, listed, depth, settings)
            text = json.dumps(asdict(sheet), sort_keys=True)
            for paper in PAPERS:
                key = hashlib.sha256(f"{same}{paper}{text}".encode()).hexdigest()
                yield Job(sheet, paper, studio, cache / f"{key[:32]}.pdf")


def make(job: Job) -> None:
    """Make one PDF; it is in the cache only when it is whole."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH  # else the typeface inside would carry the present moment
    part = job.kept.with_suffix(f".{os.getpid()}")
    part.write_bytes(pdf_of(job.sheet, job.paper, job.studio))
    part.replace(job.kept)


def _fingerprint(studio: Studio) -> str:
    """Return a digest of all but the page that decides the bytes of a sheet: code, template, typeface, versions."""
    files = [*sorted(Path(__file__).parent.glob("*.py")), studio.folder / TEMPLATE]
    files += sorted((studio.folder / "assets/fonts").glob("*.woff2"))
    words = json.dumps([weasyprint.__version__, pydyf.__version__, studio.name, dict(studio.words)], sort_keys=True)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files) + words.encode()).hexdigest()


def _sizes(jobs: Sequence[Job]) -> dict[str, dict[str, dict[str, str | int]]]:
    found: dict[str, dict[str, dict[str, str | int]]] = {}
    for job in jobs:
        file = f"{FOLDER}/{job.sheet.name}-{job.paper}.pdf"
        found.setdefault(job.sheet.address, {})[job.paper] = {"file": file, "bytes": job.kept.stat().st_size}
    return found


def _link(site: Path, sizes: dict[str, dict[str, dict[str, str | int]]]) -> None:
    """Put the links to its sheets into the place that a page has for them."""
    for address, papers in sizes.items():
        path, up = site / address / "index.html", "../" * address.count("/")
        ways = " or ".join(
            f'<a href="{up}{one["file"]}">{LABELS[paper]}</a> ({int(one["bytes"]) / 1000:.0f} kB)'
            for paper, one in papers.items()
        )
        line = f'<!-- pw:handout --><p class="pw-handout">To print (PDF): {ways}.</p><!-- /pw:handout -->'
        path.write_text(PLACE.sub(line, path.read_text(encoding="utf-8")), encoding="utf-8")


def _forget(cache: Path, wanted: set[Path]) -> None:
    for path in set(cache.iterdir()) - wanted:
        path.unlink()


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the handouts; exit status 0, 1 (no site) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(prog="scripts/handouts", description="Write the printable sheets into site/.")
    parser.add_argument("pages", nargs="*", help='addresses of pages, such as "risks/"; all where none is given')
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the folder of the built site")
    parser.add_argument("--config", type=Path, default=ROOT / "mkdocs.yml", help="the MkDocs configuration")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache/handouts", help="where sheets are kept")
    options = parser.parse_args(arguments)
    if not (options.site / "index.html").exists():
        sys.stderr.write(f"handouts: {options.site} holds no site; run scripts/build first\n")
        return 1
    settings = settings_of(options.config)
    count, new = write(options.site, load_site(ROOT), settings, options.cache, options.pages)
    sys.stdout.write(f"handouts: {count} in {options.site / FOLDER}, {new} of them made anew\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
