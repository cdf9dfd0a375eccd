"""One server and one browser for all tests of the path; skipped with the reason where there is none."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from browsing import BUILT, ROOT, Server, chromium, launch, models, serving, spoken_wav
from populated import populated


@pytest.fixture(scope="session")
def executable() -> str:
    found = chromium()
    if found is None:
        pytest.skip("no Chromium was found: install the package chromium, or name it in ROUNDS_TEST_CHROMIUM")
    if not BUILT.is_file():
        pytest.skip("the web app is not built: make setup")
    return found


@pytest.fixture(scope="session")
def server(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("home")
    kept = models()
    kept.mkdir(parents=True, exist_ok=True)
    (home / "models").symlink_to(kept, target_is_directory=True)
    shutil.copytree(BUILT.parent, home / "web")
    Server(home, "").run("setup-models")
    Server(home, "").run("import", str(ROOT / "demo" / "world.json"))
    with serving(home) as running:
        yield running


@pytest.fixture(scope="session")
def company(executable: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The web of a company in the middle of a day; nothing that is sent to it is heard."""
    with populated(tmp_path_factory.mktemp("populated")) as running:
        yield running


@pytest.fixture
def web(server: Server) -> Iterator[Callable[[str], None]]:
    """Publishes another version of the app: the service worker with so many words more."""
    worker = server.home / "web" / "sw.js"
    before = worker.read_text()

    def publish(words: str) -> None:
        worker.write_text(f"{before}\n{words}\n")

    yield publish
    worker.write_text(before)


@pytest.fixture(scope="session")
def playwright_() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(
    playwright_: Playwright, executable: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    opened = launch(playwright_, executable, spoken_wav(tmp_path_factory.mktemp("microphone")))
    yield opened
    opened.close()
