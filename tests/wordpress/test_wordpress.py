"""Addresses pasted by an author into a real WordPress, as readers see them on a telephone and on a wide screen.

`scripts/test --wordpress` runs this. Heights and pictures go into .cache/wordpress/.
"""

from __future__ import annotations

import json
import os
import socket
import ssl
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from plainwords.embeds.pins import load_pins
from plainwords.pictures import Handler, Server
from tests.embeds.conftest import height_of, inner
from tests.embeds.newcomer import MOST_SECONDS, PLACE, follow
from tests.site.conftest import ADDRESS, ROOT, addressed, browser, new_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.site.conftest import Built, NewPage

__all__ = ["addressed", "browser", "new_page"]
UP = Path(__file__).with_name("up.sh")
PAGES = {
    "page": "risks/",
    "evidence": "evidence/knee-osteoarthritis/",
    "answer": "faq/does-it-hurt/",
    "word": "glossary/dextrose/",
    "help": "get-help/",
    "emergency": "get-help/emergency/",
    "urgent": "get-help/urgent/",
    "clinic": "get-help/tell-the-clinic/",
    "frame": "embed/risks/",  # the frame's own address, which an author may well paste
    "fixed": next(f"embed/v/{one.date}/risks/" for one in reversed(load_pins(ROOT)) if one.pin.page == "risks/"),
}
WIDTHS = (360, 1280)
LOWEST, HIGHEST = 200, 1000  # between these WordPress shows a frame at the height that it asks for
OUT = ROOT / ".cache/wordpress"


class Moved(Handler):
    """Serves the site that was built for ADDRESS at an address of this machine, open to other websites."""

    here = ""

    def end_headers(self) -> None:
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def do_GET(self) -> None:  # noqa: N802  (the server's own name)
        path = Path(self.translate_path(self.path))
        file = path / "index.html" if path.is_dir() else path
        if file.suffix not in (".html", ".json") or not file.is_file():
            super().do_GET()
            return
        body = file.read_text(encoding="utf-8").replace(ADDRESS, self.here).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8" if file.suffix == ".html" else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def encrypted(folder: Path) -> ssl.SSLContext:
    """Make a certificate for this machine: WordPress turns a pasted address into a block only if it begins https."""
    files = folder / "certificate.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*files)
    return context


@pytest.fixture(scope="module")
def site_address(addressed: Built, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which WordPress and its readers reach the site: another host than WordPress's own."""
    prefix = urlsplit(ADDRESS).path
    server = Server(("127.0.0.1", 0), partial(Moved, directory=str(addressed.folder), prefix=prefix))
    context = encrypted(tmp_path_factory.mktemp("certificate"))
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    Moved.here = f"https://localhost:{server.server_port}{prefix}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield Moved.here
    server.shutdown()
    server.server_close()


@contextmanager
def wordpress(site_port: int) -> Iterator[dict[str, str]]:
    """Start WordPress and give the environment in which its commands run; end it afterwards."""
    with tempfile.TemporaryDirectory(prefix="wordpress-", ignore_cleanup_errors=True) as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        try:
            done = subprocess.run([UP, folder, str(port), str(site_port)], check=False)
            assert done.returncode == 0, "WordPress did not start"
            yield {
                **os.environ, "WP_FOLDER": f"{folder}/wordpress", "WP_SOCKET": f"{folder}/run/database.sock",
                "WP_ADDRESS": f"http://127.0.0.1:{port}", "SITE_PORT": str(site_port),
            }  # fmt: skip
        finally:
            subprocess.run([UP, "--stop", folder], check=False)


@pytest.fixture(scope="module")
def posts(site_address: str) -> Iterator[dict[tuple[str, str], str]]:
    """The addresses of the posts, by editor and kind of page."""
    with wordpress(urlsplit(site_address).port or 0) as environment:
        command = ["php", str(UP.with_name("posts.php")), *(site_address + page for page in PAGES.values())]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        kinds = {site_address + page: kind for kind, page in PAGES.items()}
        lines = [line.split() for line in done.stdout.splitlines() if line.startswith(("classic ", "block "))]
        yield {(editor, kinds[address]): post for editor, address, post in lines}


@pytest.fixture(scope="module")
def heights() -> Iterator[dict[str, int]]:
    """The heights that were seen, written down at the end."""
    seen: dict[str, int] = {}
    yield seen
    OUT.mkdir(parents=True, exist_ok=True)
    (OUT / "heights.json").write_text(json.dumps(seen, indent=1) + "\n", encoding="utf-8")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("editor", ["classic", "block"])
def test_a_pasted_address_becomes_the_text_at_its_own_height(
    posts: dict[tuple[str, str], str], heights: dict[str, int], new_page: NewPage, editor: str, kind: str, width: int
) -> None:
    with new_page(width=width, height=900, ignore_https_errors=True) as page:
        page.goto(posts[editor, kind])
        frame = page.locator("iframe.wp-embedded-content")
        frame.wait_for(state="visible")
        frame.scroll_into_view_if_needed()
        page.wait_for_timeout(600)
        embed = inner(page, "/embed/")
        given, needed = frame.bounding_box(), height_of(embed)
        assert given
        OUT.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=OUT / f"{kind}-{editor}-{width}.png", full_page=True)
        heights[f"{kind} {editor} {width}"] = round(given["height"])
        assert "allow-scripts" in str(frame.get_attribute("sandbox"))
        assert embed.locator(".pe-foot").is_visible()
        assert LOWEST <= given["height"] <= HIGHEST
        assert abs(given["height"] - min(max(needed, LOWEST), HIGHEST)) <= 1
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_readers_click_leads_to_the_full_page(
    posts: dict[tuple[str, str], str], site_address: str, new_page: NewPage
) -> None:
    with new_page(width=1280, ignore_https_errors=True) as page:
        page.goto(posts["classic", "answer"])
        page.locator("iframe.wp-embedded-content").wait_for(state="visible")
        inner(page, "/embed/").locator(".pe-source").click()
        page.wait_for_url(site_address + PAGES["answer"])


# ---- An author, by hand


def copy_address(page: Page, site_address: str) -> None:
    """Do what the page for clinics says, up to the address in the clipboard, within the time of a newcomer."""
    page.goto(site_address + PLACE)
    copied = follow(page, "Risks and side effects", "WordPress")
    assert copied.code == site_address + PAGES["page"]
    assert copied.seconds < MOST_SECONDS


def begin_post(page: Page, start: str) -> None:
    """Log in as an author, begin a post and put the cursor on its first empty line."""
    page.goto(f"{start}/wp-login.php")
    page.fill("#user_login", "author")
    page.fill("#user_pass", "author")
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    page.goto(f"{start}/wp-admin/post-new.php")
    with suppress(PlaywrightTimeout):  # WordPress greets an author once
        page.locator(".components-guide, .components-modal__frame").get_by_label("Close").click(timeout=8000)
    page.get_by_role("textbox", name="Add title").click()
    page.keyboard.type("From the page for clinics")
    page.keyboard.press("Enter")


def publish(page: Page) -> str:
    """Publish the post and return its address."""
    page.get_by_role("button", name="Publish", exact=True).first.click()
    panel = page.locator(".editor-post-publish-panel")
    panel.get_by_role("button", name="Publish", exact=True).click()
    view = panel.get_by_role("link", name="View Post", exact=True)
    view.wait_for()
    return str(view.get_attribute("href"))


@pytest.mark.parametrize("by", ["pasted on an empty line", "pasted after /embed"])
def test_an_author_who_does_what_the_page_for_clinics_says_shows_the_text(
    posts: dict[tuple[str, str], str], site_address: str, new_page: NewPage, by: str
) -> None:
    start = posts["classic", "page"].partition("/?")[0]
    allowed = ["clipboard-read", "clipboard-write"]
    with new_page(width=1280, height=900, ignore_https_errors=True, permissions=allowed) as page:
        copy_address(page, site_address)
        begin_post(page, start)
        if "/embed" in by:
            page.keyboard.type("/embed", delay=50)
            page.get_by_role("option", name="Embed", exact=True).wait_for()
            page.keyboard.press("Enter")
            page.get_by_placeholder("Enter URL to embed here").wait_for()
        page.keyboard.press("ControlOrMeta+V")
        if "/embed" in by:
            page.keyboard.press("Enter")
        inner(page).locator(".pe-message").wait_for()
        page.screenshot(path=OUT / f"author-{'slash' if '/embed' in by else 'paste'}.png")
        page.goto(publish(page))
        page.locator("iframe.wp-embedded-content").wait_for(state="visible")
        inner(page).locator(".pe-message").wait_for()
