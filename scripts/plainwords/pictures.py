"""Pictures of the built site in a real browser, to look at; and the small server that the browser reads from."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any, Literal

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parents[2]
PAGES = (
    "",
    "risks/",
    "evidence/knee-osteoarthritis/",
    "evidence/low-back-pain/",
    "faq/",
    "faq/does-it-hurt/",
    "glossary/dextrose/",
    "sources/rabago2013-knee/",
    "get-help/",
    "about/who-writes/",
)
WIDTHS = (360, 768, 1440)
PAPER = 720  # CSS pixels between the margins of a sheet of A4, about
SWITCHES = (
    "--no-sandbox",  # the browser shows nothing but our own files
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder below `prefix` as a plain host does: 404.html where nothing is, and no log."""

    def __init__(self, *arguments: Any, prefix: str, **options: Any) -> None:
        self.prefix = prefix
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        inside = path.startswith(self.prefix)
        return super().translate_path("/" + path.removeprefix(self.prefix)) if inside else os.devnull + "/none"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        lost = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not lost.exists():
            super().send_error(code, message, explain)
            return
        body = lost.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server that does not mind a browser that hangs up."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serve a folder on a free port of this machine, below `prefix`; gives the address of its start."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder), prefix=prefix))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def start_browser(playwright: Playwright) -> Browser:
    """Start the Chromium that HEADLESS_SHELL or CHROMIUM names in the environment, or else Playwright's own."""
    name = os.environ.get("HEADLESS_SHELL") or os.environ.get("CHROMIUM")
    return playwright.chromium.launch(executable_path=name, args=list(SWITCHES))


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures; exit status 0, 1 (no site, or no such page) or 2 (wrong usage)."""
    options = _options(arguments)
    lost = [page for page in options.pages if not (options.site / page / "index.html").exists()]
    if lost:
        names = ", ".join(f'"{page}"' for page in lost)
        sys.stderr.write(f"pictures: no page {names} in {options.site}; run scripts/build, or mend the address\n")
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    with served(options.site) as start, sync_playwright() as playwright:
        browser = start_browser(playwright)
        for path in _take(browser, start, options.pages, options.out):
            sys.stdout.write(f"pictures: {path}\n")
        browser.close()
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/pictures",
        description="Take pictures of whole pages: three widths in light and dark, and print.",
    )
    parser.add_argument(
        "pages", nargs="*", default=list(PAGES), metavar="ADDRESS", help="for instance risks/; home is ''"
    )
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the folder of a built site")
    parser.add_argument("--out", type=Path, default=ROOT / ".cache/pictures", help="where the pictures go")
    return parser.parse_args(arguments)


def _take(browser: Browser, start: str, pages: Sequence[str], out: Path) -> Iterator[Path]:
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        for width in WIDTHS:
            page = browser.new_page(
                viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
            )
            for address in pages:
                yield _picture(page, start + address, out / f"{_name(address)}-{width}-{scheme}.png")
            page.close()
    page = browser.new_page(viewport={"width": PAPER, "height": 1000}, color_scheme="light")
    page.emulate_media(media="print")
    for address in pages:
        yield _picture(page, start + address, out / f"{_name(address)}-print.png")
    page.close()


def _picture(page: Page, address: str, path: Path) -> Path:
    """Take a picture of a page as it looks from the second visit on: on a slow line the first has no typeface yet."""
    page.goto(address)
    page.reload()
    page.screenshot(path=path, full_page=True)
    return path


def _name(address: str) -> str:
    return address.strip("/").replace("/", "-") or "home"


if __name__ == "__main__":
    raise SystemExit(main())
