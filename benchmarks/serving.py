"""Serves a folder as hosts of static sites do: over HTTP/2 with TLS, packed with gzip, to be kept for ten minutes."""

from __future__ import annotations

import asyncio
import gzip
import mimetypes
import socket
import tempfile
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    Application = Callable[[Any, Any, Any], Awaitable[None]]

PACKED = {".html", ".css", ".js", ".json", ".svg", ".xml"}
HOST = "127.0.0.1"


@contextmanager
def served(folder: Path, index: str = "index.html") -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives the address of its start.

    A folder's own address answers with its `index`. A browser must be told not to ask who made the certificate.
    """
    listening = socket.create_server((HOST, 0))
    address = f"https://{HOST}:{listening.getsockname()[1]}/"
    stopped = Event()
    with tempfile.TemporaryDirectory() as certificates:
        config = _config(listening, Path(certificates))
        running = serve(_application(folder, index), config, shutdown_trigger=lambda: asyncio.to_thread(stopped.wait))
        thread = Thread(target=asyncio.run, args=(running,), daemon=True)
        thread.start()
        try:
            yield address
        finally:
            stopped.set()
            thread.join()


def _config(listening: socket.socket, certificates: Path) -> Config:
    """Return the server's settings, with a certificate made for it in a folder."""
    made = trustme.CA().issue_cert(HOST)
    config = Config()
    config.loglevel = "WARNING"
    config.bind = [f"fd://{listening.detach()}"]
    config.certfile, config.keyfile = str(certificates / "certificate.pem"), str(certificates / "key.pem")
    made.cert_chain_pems[0].write_to_path(config.certfile)
    made.private_key_pem.write_to_path(config.keyfile)
    return config


def _application(folder: Path, index: str) -> Application:
    """Return what answers each request (https://asgi.readthedocs.io)."""

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        path = folder / scope["path"].strip("/")
        path = path / index if path.is_dir() else path
        status, headers, body = _answer(path)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer


async def _live(receive: Any, send: Any) -> None:
    """Tell the server that it may start and stop."""
    while (await receive())["type"] == "lifespan.startup":
        await send({"type": "lifespan.startup.complete"})
    await send({"type": "lifespan.shutdown.complete"})


def _answer(path: Path) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    found = path.is_file()
    body = path.read_bytes() if found else b""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    headers = [(b"content-type", kind.encode()), (b"cache-control", b"max-age=600")]
    headers.append((b"access-control-allow-origin", b"*"))  # letters of another host need it
    if path.suffix in PACKED:
        body = gzip.compress(body, 9, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", str(len(body)).encode()))
    return (HTTPStatus.OK if found else HTTPStatus.NOT_FOUND), headers, body
