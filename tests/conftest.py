"""Shared by all tests: with NO_SKIPPED_TESTS=1 a skipped test is a failure, so that CI hides nothing; and a
PostgreSQL database and an S3-compatible store, the one of compose.yaml."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import obstore
import psycopg
import pytest
from obstore.exceptions import GenericError
from obstore.store import S3Store
from xdist.scheduler.loadscope import LoadScopeScheduling

from storage.database import Database
from storage.settings import AudioSettings

SERVER = os.environ.get("ROUNDS_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
S3_READY_WITHIN_S = 60
BUCKET = "rounds"
TOGETHER = ("e2e", "nlp", "speech")
"""Rooms whose tests share what is dear to start."""
KEYS = {"AWS_ACCESS_KEY_ID": "rounds", "AWS_SECRET_ACCESS_KEY": "only-for-tests"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and os.environ.get("NO_SKIPPED_TESTS") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be: {report.longrepr}"
    return report


class ByRoom(LoadScopeScheduling):
    """One process runs all of a room whose tests share what is dear to start."""

    def _split_scope(self, nodeid: str) -> str:
        room = nodeid.split("/")[1]
        return room if room in TOGETHER else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByRoom:
    return ByRoom(config, log)


def free_ports(count: int) -> list[int]:
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@pytest.fixture(scope="session")
def new_database() -> Callable[[], AbstractContextManager[str]]:
    """Makes a PostgreSQL database, names its address and drops it at the end."""

    @contextmanager
    def made() -> Iterator[str]:
        try:
            control = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
        except psycopg.OperationalError as error:
            pytest.skip(f"no PostgreSQL at {SERVER}: {error}")
        name = f"rounds_{uuid4().hex[:12]}"
        with control:
            control.execute(f'CREATE DATABASE "{name}"')
            try:
                yield SERVER.rsplit("/", 1)[0] + f"/{name}"
            finally:
                control.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    return made


@pytest.fixture(scope="session")
def server(new_database: Callable[[], AbstractContextManager[str]]) -> Iterator[Database]:
    """With our tables; tests empty them in between."""
    with new_database() as url:
        database = Database(url)
        database.migrate()
        yield database
        database.close()


@pytest.fixture(scope="session")
def s3_endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A SeaweedFS of this run's own; it makes a bucket when it is first written to."""
    weed = Path(sys.executable).with_name("weed")
    if not weed.exists():
        pytest.skip("no SeaweedFS: PyPI has it for Linux and for Apple silicon")
    folder, ports = tmp_path_factory.mktemp("s3"), free_ports(8)
    actions = ["Admin", "Read", "Write", "List", "Tagging"]
    keys = {"accessKey": KEYS["AWS_ACCESS_KEY_ID"], "secretKey": KEYS["AWS_SECRET_ACCESS_KEY"]}
    known = {"identities": [{"name": "rounds", "credentials": [keys], "actions": actions}]}
    (folder / "keys.json").write_text(json.dumps(known), encoding="utf-8")
    command = [str(weed), "server", f"-dir={folder}", "-s3"]
    command += ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-s3.config={folder / 'keys.json'}"]
    command += ["-s3.port.iceberg=0", "-s3.port.lance=0", "-volume.max=0"]
    command += ["-master.volumeSizeLimitMB=64", "-master.telemetry=false"]
    names = [f"{part}.port{kind}" for part in ("s3", "filer", "master", "volume") for kind in ("", ".grpc")]
    command += [f"-{name}={port}" for name, port in zip(names, ports, strict=True)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    endpoint, until = f"http://127.0.0.1:{ports[0]}", time.monotonic() + S3_READY_WITHIN_S
    try:
        while not takes_bytes(endpoint):
            assert process.poll() is None, (folder / "log").read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < until, "the S3-compatible store does not answer"
        yield endpoint
    finally:
        process.kill()  # nothing in it is wanted any more, and its own end takes its time
        process.wait(timeout=30)


def takes_bytes(endpoint: str) -> bool:
    """It answers some seconds before it has room for anything."""
    keys = {name.lower(): value for name, value in KEYS.items()}
    once, plain = {"max_retries": 0}, {"allow_http": True}
    store = S3Store(BUCKET, endpoint=endpoint, client_options=plain, retry_config=once, **keys)
    try:
        obstore.put(store, "probe", b"?")
    except GenericError:
        return False
    return True


@pytest.fixture
def s3_audio(s3_endpoint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AudioSettings:
    """A folder of the test's own in the bucket that was made while it was waited for."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return AudioSettings(url=f"s3://{BUCKET}/{uuid4().hex}", endpoint=s3_endpoint, memo_limit_mb=2)
