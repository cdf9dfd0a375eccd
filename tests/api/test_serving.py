"""The served process: two addresses, an open line, uploads that break, little memory, a clean end."""

import hashlib
import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from .conftest import TOKENS, checkin
from .served import Served, served

WEB_LIMIT_MB = 250
HEAVY = ("torch", "spacy", "whisper", "av", "numpy")


@pytest.fixture(scope="module")
def home(seeded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("serving") / "home"
    shutil.copytree(seeded, home)
    return home


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[Served]:
    with served(home, "--no-worker") as server:
        yield server


@pytest.fixture(scope="module")
def tokens(home: Path) -> dict[str, str]:
    return dict(line.split() for line in (home / TOKENS).read_text(encoding="utf-8").splitlines())


def call(
    server: Served, token: str, method: str, path: str, body: object = None, kind: str = "application/json"
) -> tuple[int, dict[str, object]]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": kind, "Connection": "close"}
    line.request(method, path, data, headers)
    answer = line.getresponse()
    raw = answer.read()
    line.close()
    return answer.status, json.loads(raw) if raw else {}


@contextmanager
def open_line(server: Served, token: str, last: int | None = None) -> Iterator[http.client.HTTPResponse]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    headers = {"Authorization": f"Bearer {token}"} | (
        {"Last-Event-ID": str(last)} if last is not None else {}
    )
    line.request("GET", "/api/events", headers=headers)
    with closing(line), line.getresponse() as stream:
        yield stream


def next_event(stream: http.client.HTTPResponse) -> dict[str, str]:
    """The next event's lines; comments are passed over."""
    found: dict[str, str] = {}
    while line := stream.readline().decode():
        name, _, value = line.rstrip("\n").partition(": ")
        if name and not line.startswith(":"):
            found[name] = value
        elif not name and "data" in found:
            break
    return found


def test_https_is_trusted_through_the_authority(server: Served, home: Path) -> None:
    trusted = ssl.create_default_context(cafile=str(home / "tls" / "authority.pem"))
    url = f"https://localhost:{server.https_port}/trust/rounds.crt"
    with urllib.request.urlopen(url, context=trusted, timeout=30) as answer:
        assert answer.read() == (home / "tls" / "authority.pem").read_bytes()


def test_the_first_words_name_both_addresses(server: Served) -> None:
    said = server.said()
    assert f"http://localhost:{server.port}" in said
    assert f":{server.https_port}" in said
    assert "/trust" in said
    assert "Nobody is enrolled" not in said


def test_news_is_told_and_resumed(server: Served, tokens: dict[str, str]) -> None:
    with open_line(server, tokens["employee"]) as stream:
        assert stream.status == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        assert stream.readline().startswith(b"retry")
        assert call(server, tokens["rep"], "PUT", "/api/visits/live1", checkin())[0] == 201
        event = next_event(stream)
        assert (event["event"], json.loads(event["data"])["subject"]) == ("visit", "live1")
    with open_line(server, tokens["employee"], int(event["id"]) - 1) as again:
        assert next_event(again)["id"] == event["id"]


def test_the_line_of_a_shut_out_device_ends(server: Served, tokens: dict[str, str]) -> None:
    with open_line(server, tokens["other"]) as stream:
        stream.readline()
        body = {"name": "Otto Reyes", "role": "rep", "active": False}
        assert call(server, tokens["admin"], "PUT", "/api/people/other", body)[0] == 200
        assert next_event(stream)["event"] == "people"
        assert b"event" not in stream.read()


def send_and_cut(server: Served, head: str, data: bytes) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + data)
        line.shutdown(socket.SHUT_WR)
        while line.recv(65536):
            pass


def safe_bytes(server: Served, url: str, token: str) -> int:
    """What the server has, which learns of the cut a moment after we do."""
    safe, until = 0, time.monotonic() + 30
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
        while not safe and time.monotonic() < until:
            line.request("HEAD", url, headers={"Authorization": f"Bearer {token}"})
            answer = line.getresponse()
            answer.read()
            safe = int(answer.headers["Upload-Offset"])
    return safe


def finish(server: Served, url: str, token: str, sound: bytes, safe: int) -> dict[str, object]:
    """Send the rest; the receipt."""
    headers = {"Authorization": f"Bearer {token}", "Upload-Offset": str(safe), "Upload-Complete": "?1"}
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as line:
        line.request("PATCH", url, sound[safe:], headers)
        receipt: dict[str, object] = json.loads(line.getresponse().read())
    return receipt


def test_an_upload_in_one_piece_that_breaks_goes_on_too(
    server: Served, tokens: dict[str, str], home: Path
) -> None:
    sound, url = os.urandom(5_000_000), "/api/visits/broken/memos/b1"
    assert call(server, tokens["rep"], "PUT", "/api/visits/broken", checkin())[0] == 201
    head = (
        f"PUT {url} HTTP/1.1\nHost: x\nContent-Type: audio/webm\n"
        f"Authorization: Bearer {tokens['rep']}\nContent-Length: {len(sound)}\n\n"
    )
    send_and_cut(server, head, sound[:3_000_000])
    safe = safe_bytes(server, f"{url}/upload", tokens["rep"])
    assert safe == 3_000_000
    assert call(server, tokens["rep"], "GET", "/api/visits/broken")[1]["memos"] == []
    receipt = finish(server, f"{url}/upload?type=audio/webm", tokens["rep"], sound, safe)
    assert receipt["sha256"] == hashlib.sha256(sound).hexdigest()
    assert not list((home / "audio" / "parts").rglob("*b1/*"))


def test_an_upload_goes_on_where_it_broke(server: Served, tokens: dict[str, str]) -> None:
    sound, url = os.urandom(3_000_000), "/api/visits/resumed/memos/r1/upload?type=audio/webm"
    assert call(server, tokens["rep"], "PUT", "/api/visits/resumed", checkin())[0] == 201
    head = (
        f"PATCH {url} HTTP/1.1\nHost: x\nAuthorization: Bearer {tokens['rep']}\n"
        f"Upload-Offset: 0\nUpload-Complete: ?1\nContent-Length: {len(sound)}\n\n"
    )
    send_and_cut(server, head, sound[:1_234_567])
    safe = safe_bytes(server, url, tokens["rep"])
    assert safe == 1_234_567
    receipt = finish(server, url, tokens["rep"], sound, safe)
    assert receipt["sha256"] == hashlib.sha256(sound).hexdigest()


def test_a_refusal_reaches_a_phone_that_is_still_sending(server: Served, tokens: dict[str, str]) -> None:
    sent = b"x" * 240_000_000
    assert call(server, tokens["rep"], "PUT", "/api/visits/huge", checkin())[0] == 201
    status, problem = call(server, tokens["rep"], "PUT", "/api/visits/huge/memos/h1", sent, "audio/webm")
    assert (status, problem["code"]) == (413, "memo_too_large")
    assert "The first 200000000 bytes are kept" in str(problem["detail"])
    assert safe_bytes(server, "/api/visits/huge/memos/h1/upload", tokens["rep"]) == 200_000_000
    check_memory(server)


def test_a_long_recording_is_never_whole_in_memory(
    server: Served, tokens: dict[str, str], home: Path
) -> None:
    assert call(server, tokens["rep"], "PUT", "/api/visits/long", checkin())[0] == 201
    sent = b"x" * 150_000_000
    status, receipt = call(server, tokens["rep"], "PUT", "/api/visits/long/memos/l1", sent, "audio/webm")
    assert (status, receipt["bytes"]) == (201, len(sent))
    check_memory(server)


def check_memory(server: Served) -> None:
    state = Path(f"/proc/{server.process.pid}/status")
    if state.exists():
        (peak,) = [
            line for line in state.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM")
        ]
        assert int(peak.split()[1]) < WEB_LIMIT_MB * 1000


def test_it_ends_cleanly_while_somebody_listens(seeded: Path, tmp_path: Path) -> None:
    shutil.copytree(seeded, tmp_path / "home")
    tokens = dict(line.split() for line in (seeded / TOKENS).read_text(encoding="utf-8").splitlines())
    with served(tmp_path / "home", "--no-worker", "--no-https") as server:
        with open_line(server, tokens["employee"]) as stream:
            stream.readline()
            server.process.terminate()
            stream.read()
        assert server.process.wait(timeout=15) == 0
        assert "Traceback" not in server.said()


def test_an_empty_company_prints_the_way_in(tmp_path: Path) -> None:
    with served(tmp_path, "--no-worker") as server:
        assert "Nobody is enrolled yet" in server.said()
        assert "/enrol#" in server.said()
        assert "█" in server.said()
        code = server.said().partition("/enrol#")[2].split()[0]
        status, enrolled = call(server, "", "POST", "/api/enrol", {"code": code})
        assert status == 201
        assert enrolled["employee"]["role"] == "admin"  # type: ignore[index]
    with served(tmp_path, "--no-worker", "--no-https") as server:
        assert "/enrol#" not in server.said()


def test_the_web_process_loads_no_model() -> None:
    program = f"import api.cli, api.serving, sys; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_taken_port_is_told_at_once(server: Served, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "api.cli", "serve", "--port", str(server.port), "--no-https"]
    ended = subprocess.run(
        command, env={**os.environ, "ROUNDS_HOME": str(tmp_path)}, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("rounds: cannot listen on 127.0.0.1 port")
    assert "--port" in ended.stderr
