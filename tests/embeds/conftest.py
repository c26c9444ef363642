"""What the tests of embeds share: the built site's embeds, hosts that show them, a browser."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from plainwords.pictures import Handler, Server
from tests.site.conftest import addressed, browser, new_page, site, unaddressed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Frame, Page

    from tests.site.conftest import Built, NewPage

__all__ = ["addressed", "browser", "new_page", "site", "unaddressed"]
BELOW = "/prolo/"


@dataclass
class Host:
    """A clinic's website: its pages by path, the headers that it sends, and its address."""

    address: str
    pages: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def page(self, body: str, **headers: str) -> str:
        """Make a page with a body and return its address; `csp` is its content security policy."""
        path = f"/{len(self.pages)}"
        head = (
            '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        )
        self.pages[path] = f"{head}<title>Example Clinic</title><body>{body}"
        self.headers[path] = headers.get("csp", "")
        return self.address + path


@pytest.fixture
def host() -> Iterator[Host]:
    """A clinic's website on a host of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = made.pages.get(self.path, "").encode()
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            if made.headers.get(self.path):
                self.send_header("Content-Security-Policy", made.headers[self.path])
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Host(f"http://localhost:{server.server_port}")  # not the embeds' own host, as in real life
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


class Open(Handler):
    """Serves the site as GitHub Pages does: every file may be read from other websites."""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()


@contextmanager
def open_to_all(folder: Path, prefix: str) -> Iterator[str]:
    """Serve a folder below a prefix, open to other websites; gives the address of its start."""
    server = Server(("127.0.0.1", 0), partial(Open, directory=str(folder), prefix=prefix))
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{prefix}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def below(site: Built) -> Iterator[str]:
    """The address at which the site's embeds are served, below a path."""
    with open_to_all(site.folder, BELOW) as address:
        yield address


@pytest.fixture(scope="session")
def root(site: Built) -> Iterator[str]:
    """The address at which the site's embeds are served, at a domain's root."""
    with open_to_all(site.folder, "/") as address:
        yield address


@contextmanager
def shown(new_page: NewPage, address: str, **options: Any) -> Iterator[Page]:
    """Open a clinic's page and wait for all frames in it."""
    with new_page(**options) as page:
        page.goto(address, wait_until="load")
        page.wait_for_timeout(250)
        yield page


def inner(page: Page, part: str = "/embed/") -> Frame:
    """Return the first frame whose address holds a part; a frame that loads late is waited for."""
    for _ in range(50):
        found = next((frame for frame in page.frames if part in frame.url), None)
        if found:
            return found
        page.wait_for_timeout(100)
    raise AssertionError(f"no frame holds {part}")


def height_of(frame: Frame) -> int:
    """Return the height of the text inside a frame."""
    return int(frame.evaluate("Math.ceil(document.querySelector('.pe').getBoundingClientRect().height)"))
