"""The Go vulnerability database over HTTP, as a mirror inside a company serves it."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from analyzers.parsers.problem import Unreadable
from bot.advisories import open_database
from bot.errors import Misconfigured

ENTRY = {
    "id": "GO-1",
    "affected": [
        {
            "package": {"name": "example.com/a"},
            "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.0"}]}],
        }
    ],
}
INDEX = [{"path": "example.com/a", "vulns": [{"id": "GO-1", "fixed": "1.2.0"}]}]
FILES = {
    "/db/index/modules.json.gz": gzip.compress(json.dumps(INDEX).encode()),
    "/db/ID/GO-1.json.gz": gzip.compress(json.dumps(ENTRY).encode()),
}


class Mirror(ThreadingHTTPServer):
    """Serves files by path and keeps what it was asked for. None breaks the connection off."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.files: Mapping[str, bytes | None] = FILES
        self.asked: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/db"


class Answer(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path not in self.server.files:
            self.send_error(404)
            return
        content = self.server.files[self.path]
        self.send_response(200)
        self.send_header("Content-Length", str(len(content) if content is not None else 99))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    with Mirror() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def test_compressed_files_are_asked_for_once(mirror: Mirror) -> None:
    database = open_database(mirror.address)
    for _ in range(2):
        assert [each.id for each in database.advisories_for("example.com/a", "v1.0.0")] == ["GO-1"]
        assert database.advisories_for("example.com/a", "v1.2.0") == ()
    assert mirror.asked == ["/db/index/modules.json.gz", "/db/ID/GO-1.json.gz"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        pytest.param({"/db/index/modules.json.gz": b"<html>"}, OSError, id="not compressed"),
        pytest.param(
            {"/db/ID/GO-1.json.gz": FILES["/db/ID/GO-1.json.gz"][:-9]}, OSError, id="compressed in part"
        ),
        pytest.param({"/db/ID/GO-1.json.gz": None}, OSError, id="broken off"),
        pytest.param({"/db/index/modules.json.gz": gzip.compress(b"{]")}, Unreadable, id="no JSON"),
    ],
)
def test_what_is_broken_is_said(
    mirror: Mirror, changed: Mapping[str, bytes | None], error: type[Exception]
) -> None:
    mirror.files = {**FILES, **changed}
    with pytest.raises(error):
        open_database(mirror.address).advisories_for("example.com/a", "v1.0.0")


def test_an_address_without_a_database_is_said(mirror: Mirror) -> None:
    with pytest.raises(Unreadable, match="no index"):
        open_database(f"{mirror.address}/elsewhere").advisories_for("example.com/a", "v1.0.0")


def test_nobody_there_is_said(mirror: Mirror) -> None:
    address = mirror.address
    mirror.server_close()
    with pytest.raises(OSError, match=r"refused|reset"):
        open_database(address).advisories_for("example.com/a", "v1.0.0")


def test_a_folder(tmp_path: Path) -> None:
    for name, content in {"index/modules.json": INDEX, "ID/GO-1.json": ENTRY}.items():
        (tmp_path / "my db" / name).parent.mkdir(parents=True)
        (tmp_path / "my db" / name).write_text(json.dumps(content))
    database = open_database(f"file://{tmp_path}/my%20db")
    assert [each.fixed for each in database.advisories_for("example.com/a", "v1.1.9")] == ["1.2.0"]


@pytest.mark.parametrize("address", ["", "vuln.go.dev", "ftp://vuln.go.dev", "file:///nowhere", "https://"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Misconfigured, match="GOVULNDB"):
        open_database(address)
