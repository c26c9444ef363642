"""What the tests of the built site share: the site, a second copy with a real-looking address, a browser."""

from __future__ import annotations

import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from plainwords.build import settings_of
from plainwords.library import load_library
from plainwords.pages import address_of
from plainwords.pictures import served, start_browser
from plainwords.site_rules import ADDRESSES, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from playwright.sync_api import Browser, Locator, Page

    NewPage = Callable[..., AbstractContextManager[Page]]

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
ROOT = Path(__file__).resolve().parents[2]
ADDRESS = "https://example.org/prolo/"
HOST = "http://test.example/"  # of no matter: only to join addresses
NOT_SET = "https://address-not-set.invalid/"
CONFIG = """\
INHERIT: {root}/mkdocs.yml
site_url: {address}
docs_dir: {root}/docs
repo_url: {repository}
theme: {{custom_dir: {root}/overrides}}
extra: {{contact: "{contact}"}}
watch: []
"""

# One page for each template, and for each kind of page that has a look of its own.
TEMPLATES = {
    "home": "",
    "evidence": "evidence/knee-osteoarthritis/",
    "risks": "risks/",
    "questions": "faq/",
    "answer": "faq/does-it-hurt/",
    "words": "glossary/",
    "word": "glossary/dextrose/",
    "sources": "sources/",
    "source list": "sources/studies/",
    "source": "sources/rabago2013-knee/",
    "searches": "sources/how-we-looked/",
    "search log": "sources/how-we-looked-1/",
    "trials": "sources/trials/",
    "about": "about/who-writes/",
    "get-help": "get-help/",
    "emergency": "get-help/emergency/",
    "search": "search/",
    "404": "404.html",
}
COMPONENTS = "about/building-blocks/"  # the page that shows every block; where there is one, it is a template too
if (ROOT / "site" / COMPONENTS).exists():
    TEMPLATES["components"] = COMPONENTS


class Pages(Mapping[str, BeautifulSoup]):
    """The pages of a site by address, each parsed when it is first asked for."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files
        self.parsed: dict[str, BeautifulSoup] = {}

    def __getitem__(self, address: str) -> BeautifulSoup:
        if address not in self.parsed:
            self.parsed[address] = BeautifulSoup(self.files[address].read_text(encoding="utf-8"), "lxml")
        return self.parsed[address]

    def __iter__(self) -> Iterator[str]:
        return iter(self.files)

    def __len__(self) -> int:
        return len(self.files)


@dataclass(frozen=True)
class Built:
    """A built site: its folder, the path below which it is served, and its pages by address."""

    folder: Path
    prefix: str
    pages: Pages = field(repr=False)

    @property
    def texts(self) -> dict[str, BeautifulSoup]:
        """All pages but the 404."""
        return {address: soup for address, soup in self.pages.items() if address != "404.html"}


@pytest.fixture(scope="session")
def site() -> Built:
    """The site as scripts/build left it."""
    return read_site(ROOT / "site", settings_of(ROOT / "mkdocs.yml").address)


@pytest.fixture(scope="session")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A copy of the site built with an address under a sub-path, a repository and a contact."""
    settings = {"repository": "https://github.com/example/prolo", "contact": "corrections@example.org"}
    return _built_once(tmp_path_factory, "addressed", ADDRESS, settings)


@pytest.fixture(scope="session")
def unaddressed(site: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site without an address: the site itself, or a copy where the project has one by now."""
    if not settings_of(ROOT / "mkdocs.yml").is_set:
        return site
    return _built_once(tmp_path_factory, "unaddressed", NOT_SET, {"repository": '""', "contact": ""})


@pytest.fixture(scope="session")
def start(site: Built) -> Iterator[str]:
    """The address at which the site is served, at a domain's root or where its own address says."""
    with served(site.folder, site.prefix) as address:
        yield address


@pytest.fixture(scope="session")
def below(site: Built) -> Iterator[str]:
    """The address at which the same site is served below a path that it knows nothing of."""
    with served(site.folder, "/prolo/") as address:
        yield address


@pytest.fixture(scope="session")
def addressed_start(addressed: Built) -> Iterator[str]:
    """The address at which the copy with an address is served."""
    with served(addressed.folder, addressed.prefix) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with sync_playwright() as playwright:
        started = start_browser(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def new_page(browser: Browser) -> NewPage:
    """How a test opens a page in a fresh profile, with the options of a Playwright context."""

    @contextmanager
    def opened(*, width: int = 1440, height: int = 800, **options: Any) -> Iterator[Page]:
        settings = {"reduced_motion": "reduce", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(15_000)
        try:
            yield context.new_page()
        finally:
            context.close()

    return opened


@pytest.fixture(scope="session")
def signed_pages() -> set[str]:
    """The addresses of pages with a record in data/reviews/."""
    reviews = load_library(ROOT).reviews.values()
    return {address_of(review.page) for review in reviews}


# Ends when every script that a page loads has arrived and had its turn; at once where scripts are off.
LOADED = """() => new Promise((end) => {
  const arrived = (name) => performance.getEntriesByName(new URL(name, document.baseURI).href)
    .some((one) => one.responseEnd > 0);
  const names = (document.documentElement.dataset.scripts || "").split(" ").filter(Boolean);
  const look = () => names.every(arrived) ? setTimeout(end, 20) : setTimeout(look, 10);
  if (matchMedia("(scripting: none)").matches) end(); else look();
})"""


def go(page: Page, address: str) -> None:
    """Open a page, and wait until its scripts have arrived and run."""
    page.goto(address)
    page.evaluate(LOADED)


# On a phone what stands far below is not laid out before a reader comes near; its boxes cannot be measured.
WHOLE = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""


def go_whole(page: Page, address: str) -> None:
    """Open a page as it is for one who has read it to its end: all of it laid out."""
    go(page, address)
    page.evaluate(WHOLE)


def has_focus(element: Locator) -> bool:
    """Whether the focus is on an element."""
    return bool(element.evaluate("one => document.activeElement === one"))


def tab_to(page: Page, selector: str, presses: int = 100) -> None:
    """Press Tab until the focus is on an element."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab never reaches {selector}")


def read_site(folder: Path, address: str) -> Built:
    """Read a built site; notices at addresses that moved or were withdrawn are no pages."""
    if not (folder / "index.html").exists():
        pytest.fail(f"{folder} holds no site; run scripts/build first")
    gone = {entry.strip("/") + "/" for entry, fate, _ in listed(ROOT, ADDRESSES) if fate}
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}
    named = {name.removesuffix("index.html"): path for name, path in paths.items()}
    kept = {name: path for name, path in named.items() if name not in gone and not for_other_sites(name)}
    return Built(folder, urlsplit(address).path or "/", Pages(kept))


def for_other_sites(name: str) -> bool:
    """Whether a file is an embed or a fragment, which tests/embeds looks at, and no page of the site."""
    return name.startswith("embed/") or (name.endswith(".html") and name != "404.html")


def run_build(root: Path, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the build of the tree at `root` with its own code and this Python."""
    return subprocess.run(
        [sys.executable, "-m", "plainwords.build", *map(str, arguments)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "scripts"), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def attribute(tag: Any, name: str) -> str:
    """Return an attribute as text, empty where it is missing."""
    return str(cast("Any", tag).get(name) or "")


def named(soup: BeautifulSoup, address: str) -> set[str]:
    """Every file that a page makes a browser load, below the site's root."""
    links = [attribute(one, "href") for one in soup.select("link[rel=stylesheet], link[rel=preload], link[rel=icon]")]
    links += [attribute(one, "src") for one in soup.select("[src]")]
    links += attribute(soup.html, "data-scripts").split()
    styles = "".join(one.get_text() for one in soup.select("style"))
    links += re.findall(r"url\([\"']?(?!data:)([^\"')]+)", styles)
    return {urlsplit(urljoin(HOST + address, link)).path.lstrip("/") for link in links}


def _built_once(factory: pytest.TempPathFactory, name: str, address: str, settings: dict[str, str]) -> Built:
    """Build a copy of the site once for all workers of this run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site/index.html").exists():
            _build(folder, address, settings)
    return read_site(folder / "site", address)


def _build(folder: Path, address: str, settings: dict[str, str]) -> None:
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG.format(root=ROOT, address=address, **settings), encoding="utf-8")
    done = run_build(ROOT, "--config", config, "--out", folder / "site")
    assert done.returncode == 0, done.stdout + done.stderr
