"""The build: check, MkDocs, what is derived from the built pages, and the swap into `site/`.

A build that fails at any step leaves the last good `site/` as it was.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import shutil
import sys
import tempfile
import time
from contextlib import chdir, contextmanager
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache
from markdown import Markdown
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from plainwords.check import check_site, load_site
from plainwords.dress import Sheets
from plainwords.embeds.options import FILE as EMBEDS
from plainwords.extensions.shared import remember
from plainwords.finish import Settings, finish
from plainwords.problems import print_problems
from plainwords.site_rules import ADDRESSES, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from plainwords.check import Site

ROOT = Path(__file__).resolve().parents[2]
NOTICE = "overrides/notice.html"
TEMPLATES = ("main.html", "404.html", "sitemap.xml")  # all that MkDocs itself asks for
EPOCH = "1577836800"  # the one time that files may carry: 2020-01-01, so that bytes are alike on any day


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the site from the command line; exit status 0, 1 (something is wrong) or 2 (wrong usage)."""
    parser = argparse.ArgumentParser(prog="scripts/build", description="Check the content and build the site.")
    parser.add_argument("--config", type=Path, default=Path("mkdocs.yml"), help="another MkDocs configuration")
    parser.add_argument("--out", type=Path, default=Path("site"), help="another folder for the site")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    parser.add_argument("--pages-only", action="store_true", help="leave out the offline copy and the content API")
    options = parser.parse_args(arguments)
    root = options.root
    gc.set_threshold(400_000, 20, 50)  # nearly all that a build makes is kept: look for garbage seldom
    return build(root, root / options.config, root / options.out, pages_only=options.pages_only)


def build(root: Path, config: Path, out: Path, *, pages_only: bool = False) -> int:
    """Check, build and finish the site of `root`, then put it in place of `out`."""
    start = time.monotonic()
    site = load_site(root)
    count = print_problems(check_site(site), sys.stdout)
    if count:
        print(f"build: {count} problems in the content; {_kept(out, root)}")
        return 1
    _say(f"checked {len(site.pages)} pages and {len(site.library.sources)} sources", start)
    remember(root, site.library)
    (root / ".cache").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root / ".cache", prefix="site-") as folder:
        made = Path(folder) / "site"
        try:
            loaded = _mkdocs(root, config, made)
        except (Exception, Abort) as error:  # noqa: BLE001  (whatever it is: MkDocs has named the page)
            print(f"build: MkDocs stopped ({type(error).__name__}: {error}), see above; {_kept(out, root)}")
            return 1
        _say("pages built", start)
        settings = _settings(loaded)
        finish(root, made, site.pages, site.library, settings, style_sheets(loaded))
        if (root / EMBEDS).exists():
            _embeds(site, made, settings)
        _withdrawn(made, site)
        if not pages_only:
            _others(site, made, settings)
        _swap(made, out)
    _say(f"finished: {out.relative_to(root) if out.is_relative_to(root) else out}/index.html", start)
    return 0


def settings_of(config: Path) -> Settings:
    """Return the site's name and address from the file of an MkDocs configuration."""
    return _settings(load_config(str(config)))


def _settings(loaded: MkDocsConfig) -> Settings:
    return Settings(str(loaded["site_name"]), str(loaded["site_url"] or ""))


def style_sheets(loaded: MkDocsConfig) -> Sheets:
    """Return our style sheets in their order, from an MkDocs configuration."""
    inside = tuple(str(path) for path in loaded["extra"].get("inline_css", ()))
    return Sheets(inside, tuple(path for path in map(str, loaded["extra_css"]) if path not in inside))


def _mkdocs(root: Path, config: Path, out: Path) -> MkDocsConfig:
    """Let MkDocs build the pages, with every warning an error, as its own command with --strict does."""
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    with chdir(root), _told():
        loaded = load_config(str(config), strict=True, site_dir=str(out))
        _leave_theme(loaded)
        _keep_templates(loaded, root / ".cache/templates")
        _make_extensions(loaded)
        loaded.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build(loaded)
        finally:
            loaded.plugins.on_shutdown()
    return loaded


def _leave_theme(loaded: MkDocsConfig) -> None:
    """Look for templates in our own folder alone, if it has them all.

    The theme's 11 000 files are listed and copied for nothing: no page asks for one, and `finish` would delete them.
    """
    own = loaded.theme.custom_dir
    if own and all((Path(own) / name).exists() for name in TEMPLATES):
        loaded.theme.dirs = [own]


def _keep_templates(loaded: MkDocsConfig, folder: Path) -> None:
    """Keep what Jinja makes of the templates from build to build, as Python keeps what it makes of its files."""
    folder.mkdir(parents=True, exist_ok=True)
    environment = loaded.theme.get_env()
    environment.bytecode_cache = FileSystemBytecodeCache(str(folder))
    loaded.theme.get_env = lambda: environment  # type: ignore[method-assign]


def _make_extensions(loaded: MkDocsConfig) -> None:
    """Make each Markdown extension once, not once a page."""
    maker, options = Markdown(), loaded["mdx_configs"]
    made = [maker.build_extension(name, options.get(name, {})) for name in loaded["markdown_extensions"]]
    loaded["markdown_extensions"] = made


@contextmanager
def _told() -> Iterator[None]:
    """Show what MkDocs says on the error stream, as its own command does."""
    log, handler = logging.getLogger("mkdocs"), logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s-  %(message)s"))
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _embeds(site: Site, made: Path, settings: Settings) -> None:
    """Write the embeds; what they need is loaded here, as a project without them should not wait for it."""
    from plainwords.embeds.write import write  # noqa: PLC0415

    write(site, made, settings)


def _others(site: Site, made: Path, settings: Settings) -> None:
    """Write the offline copy and the content API; what they need is loaded here, as it takes a while."""
    from plainwords.api import write as api  # noqa: PLC0415
    from plainwords.offline import write as offline  # noqa: PLC0415

    offline.write(made, site.pages, settings)
    api.write(site.root, made, site.pages, site.library, settings)


def _withdrawn(out: Path, site: Site) -> None:
    """Give addresses that moved or were withdrawn a page that says so."""
    for address, fate, _ in listed(site.root, ADDRESSES):
        if not fate:
            continue
        path = out / address.strip("/") / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_notice(site.root, address, fate), encoding="utf-8")


def _notice(root: Path, address: str, fate: str) -> str:
    """Return the page for an address that was withdrawn, or that moved to another one."""
    up = "../" * (address.strip("/").count("/") + 1)
    template = Template((root / NOTICE).read_text(encoding="utf-8"))
    if fate == "withdrawn":
        text = "Please do not rely on copies of it."
        return template.substitute(
            refresh="", title="This page was withdrawn", text=text, target=up, link="Start page"
        )
    target = up + fate.removeprefix("->").strip().lstrip("/")
    refresh = f'<meta http-equiv="refresh" content="0; url={target}">'
    return template.substitute(
        refresh=refresh, title="This page has moved", text="", target=target, link="To its new address"
    )


def _swap(made: Path, out: Path) -> None:
    """Put the new site in place; the old one goes only when the new one stands."""
    old = made.parent / "old"
    if out.exists():
        out.rename(old)
    try:
        shutil.move(made, out)
    except BaseException:
        if old.exists():
            old.rename(out)
        raise


def _kept(out: Path, root: Path) -> str:
    name = out.relative_to(root) if out.is_relative_to(root) else out
    return f"{name}/ is left as it was" if out.exists() else f"{name}/ was not made"


def _say(text: str, start: float) -> None:
    print(f"build: {time.monotonic() - start:5.1f} s  {text}", flush=True)


if __name__ == "__main__":
    status = main()
    gc.freeze()  # Python's last look for garbage would take a tenth of a small build's time
    raise SystemExit(status)
