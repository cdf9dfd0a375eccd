"""A server that is told to stop lets what is under way come to its end, for a while, and loses nothing."""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

from .conftest import TOKENS, checkin
from .served import Served, served
from .test_serving import call, finish, open_line, safe_bytes

MEMO = "/api/visits/v1/memos/m1"
SOUND = os.urandom(400_000)
SUM = hashlib.sha256(SOUND).hexdigest()
SENT = 250_000
"""What has arrived when the server is told to stop; less than is written to the store at once."""
STREAMS = 20
ENDS_WITHIN_S = 15
IMPATIENT = ("-c", "import api.serving, api.cli; api.serving.DRAIN_S = 1; api.cli.main()")
"""The server as it is, but for how long it waits for slow phones."""


@pytest.fixture
def home(seeded: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeded, tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def token(home: Path) -> str:
    return dict(line.split() for line in (home / TOKENS).read_text(encoding="utf-8").splitlines())["rep"]


@contextmanager
def slow_phone(server: Served, token: str) -> Iterator[socket.socket]:
    """In the middle of an upload."""
    assert call(server, token, "PUT", "/api/visits/v1", checkin())[0] == 201
    head = (
        f"PUT {MEMO} HTTP/1.1\nHost: x\nContent-Type: audio/webm\nExpect: 100-continue\n"
        f"Authorization: Bearer {token}\nContent-Length: {len(SOUND)}\n\n"
    )
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head.replace("\n", "\r\n").encode())
        assert line.recv(1024).startswith(b"HTTP/1.1 100")  # it reads the body
        line.sendall(SOUND[:SENT])
        yield line


def tell_to_stop(server: Served) -> None:
    """Comes back when it takes no new connection."""
    server.process.send_signal(signal.SIGTERM)
    with suppress(ConnectionRefusedError, ConnectionResetError):
        while True:
            socket.create_connection(("127.0.0.1", server.port), timeout=5).close()


def test_an_upload_under_way_is_answered(home: Path, token: str) -> None:
    with served(home, "--no-worker", "--no-https") as server, slow_phone(server, token) as line:
        tell_to_stop(server)
        line.sendall(SOUND[SENT:])
        with closing(http.client.HTTPResponse(line)) as answer:
            answer.begin()
            assert (answer.status, json.loads(answer.read())["sha256"]) == (201, SUM)
        assert server.process.wait(timeout=ENDS_WITHIN_S) == 0
        assert "Traceback" not in server.said()


def test_an_upload_that_takes_too_long_goes_on_later(home: Path, token: str) -> None:
    with (
        served(home, "--no-worker", "--no-https", program=IMPATIENT) as server,
        slow_phone(server, token) as line,
        ExitStack() as streams,
    ):
        for _ in range(STREAMS):
            assert streams.enter_context(open_line(server, token)).readline()
        tell_to_stop(server)
        with closing(http.client.HTTPResponse(line)) as answer:
            answer.begin()
            assert answer.status == 503
            assert f"The first {SENT} bytes are kept" in json.loads(answer.read())["detail"]
        assert server.process.wait(timeout=ENDS_WITHIN_S) == 0
        assert "Traceback" not in server.said()
    with served(home, "--no-worker", "--no-https") as server:
        safe = safe_bytes(server, f"{MEMO}/upload", token)
        assert safe == SENT
        receipt = finish(server, f"{MEMO}/upload?type=audio/webm", token, SOUND, safe)
        assert receipt["sha256"] == SUM
