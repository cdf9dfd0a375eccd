"""A real server with a worker and the real Whisper weights, and a real Chromium that speaks into it.

Shared by the tests and by screenshots.py.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ROUNDS = Path(sys.executable).with_name("rounds")
BUILT = ROOT / "mobile-web" / "dist" / "index.html"
SPOKEN = HERE / "fixtures" / "clean.webm"
READY_S = 90.0
"""A first start makes the database and loads what it needs."""
DOORSTEP = {"latitude": 47.58222, "longitude": -122.38656, "accuracy": 10}
"""In front of Admiral Roast, where the dictation was spoken; its rep in world.json is Andrei Munteanu."""
ADMIN = "Ada Lindqvist"
QUIET = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str | None:
    """The browser named by ROUNDS_TEST_CHROMIUM, or the system's."""
    names = (os.environ.get("ROUNDS_TEST_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


TOKENS: dict[tuple["Server", str], str] = {}


@dataclass(frozen=True)
class Server:
    """A running `rounds serve`, with the folder of its state."""

    home: Path
    url: str
    process: subprocess.Popen[bytes] | None = None

    def stop(self) -> None:
        """Down, until another one is started on its port."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGTERM)
            self.process.wait(timeout=30)

    def run(self, *command: str) -> str:
        return subprocess.run(
            [ROUNDS, *command], env=surroundings(self.home), check=True, capture_output=True, text=True
        ).stdout

    def token(self, name: str) -> str:
        """A person's bearer token; making one takes seconds, so it is made once."""
        if (self, name) not in TOKENS:
            TOKENS[self, name] = self.run("token", name).strip()
        return TOKENS[self, name]

    def asked(self, path: str, name: str, method: str = "GET") -> Any:
        """What the server answers to that person."""
        headers = {"Authorization": f"Bearer {self.token(name)}"}
        request = urllib.request.Request(f"{self.url}/api{path}", headers=headers, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    def invite(self, name: str, role: str | None = None) -> str:
        """A one-time code."""
        told = self.run("invite", name, *(("--role", role) if role else ()))
        found = re.search(r"/enrol#([\w-]+)", told)
        assert found, told
        return found[1]


def surroundings(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROUNDS_")}
    web = {"ROUNDS_SERVER__WEB_APP": str(home / "web")} if (home / "web").is_dir() else {}
    return {**kept, **web, "ROUNDS_HOME": str(home)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ready(url: str, alone: bool) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/api/health", timeout=2) as answer:
            return alone or bool(json.loads(answer.read())["worker"] == "running")
    except OSError:
        return False


@contextmanager
def serving(home: Path, port: int | None = None, *, alone: bool = False) -> Iterator[Server]:
    """Starts web and worker on a free port, or a given one; both end with the block. `alone`: no worker."""
    port = port or free_port()
    command = [ROUNDS, "serve", "--port", str(port), "--no-https", *(["--no-worker"] if alone else [])]
    with (home / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            command, env=surroundings(home), stdout=log, stderr=log, start_new_session=True
        )
    server = Server(home, f"http://localhost:{port}", process)
    try:
        until = time.monotonic() + READY_S
        while not ready(server.url, alone):
            told = (home / "serve.log").read_text(errors="replace")
            assert process.poll() is None, told
            assert time.monotonic() < until, told
            time.sleep(0.2)
        yield server
    finally:
        server.stop()


def spoken_wav(folder: Path) -> Path:
    """The dictation as the fake microphone takes it: 48 kHz mono PCM."""
    target = folder / "spoken.wav"
    resampler = av.AudioResampler(format="s16", layout="mono", rate=48_000)
    with av.open(str(SPOKEN)) as source, wave.open(str(target), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(48_000)
        for frame in source.decode(audio=0):
            for part in resampler.resample(frame):
                out.writeframes(part.to_ndarray().tobytes())
    return target


def launch(playwright: Playwright, executable: str, microphone: Path) -> Browser:
    """Chromium whose microphone plays the file once, from the moment it is opened."""
    fake = (
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}%noloop",
    )
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(executable_path=executable, args=[*QUIET, *fake, *root])


def phone(playwright: Playwright, browser: Browser, server: Server) -> BrowserContext:
    """An emulated Pixel 7 that stands in front of a customer."""
    return browser.new_context(
        **playwright.devices["Pixel 7"],
        base_url=server.url,
        geolocation=DOORSTEP,
        permissions=["geolocation", "microphone"],
    )


def code_for(server: Server, name: str) -> str:
    """A one-time code for somebody whom the company knows, from the API by an administrator."""
    if (server, ADMIN) not in TOKENS:
        server.invite(ADMIN, "admin")
    person = next(
        it["employee"]["id"] for it in server.asked("/people", ADMIN) if it["employee"]["name"] == name
    )
    return str(server.asked(f"/people/{person}/invitations", ADMIN, "POST")["code"])


def enrol_again(context: BrowserContext, server: Server, name: str) -> Page:
    """Another phone of that person."""
    return opened(context, server, code_for(server, name))


def enrol(context: BrowserContext, server: Server, name: str, role: str | None = None) -> Page:
    """Opens the link that was sent to a new person and starts."""
    return opened(context, server, server.invite(name, role))


def opened(context: BrowserContext, server: Server, code: str) -> Page:
    page = context.new_page()
    page.goto(f"{server.url}/enrol#{code}")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("navigation").wait_for()
    return page


def models() -> Path:
    """The folder with the weights: that of the checkout when it is set up, else one that lasts over runs."""
    return Path(os.environ.get("ROUNDS_HOME", ROOT / "var")) / "models"
