"""`rounds bench`: replays dictated worlds against a real server and scores its reports.

The data, the replay and the scoring are not part of the project: they come from the folder that is named.
Each world gets a server, a worker and a database of its own; the speech model is shared.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nlp.judging import Judged, judged
from nlp.reliability import drawn, told

ROUNDS = (sys.executable, "-m", "api.cli")
READY_WITHIN_S = 120


def bench(bench_dir: Path, models: Path, out: Path, text_only: bool = False) -> int:
    """Prints accuracy, waits and peak memory per world; 0 when every dictation was filed or asked about."""
    worlds = sorted(p.parent for p in bench_dir.glob("*/world.json"))
    if not worlds or not (bench_dir / "drive.py").exists():
        print(f"No benchmark at {bench_dir}: name its folder, as in `make bench BENCH=DIR`.", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    failures, modes = 0, ("text",) if text_only else ("text", "recordings")
    for world in worlds:
        for mode in modes:
            print(f"\n=== {world.name}, from {mode}", flush=True)
            failures += replay(bench_dir, world, mode, models, out / f"{world.name}-{mode}.jsonl")
    for mode in modes:
        sum_up(worlds, mode, out)
    return 1 if failures else 0


def replay(bench_dir: Path, world: Path, mode: str, models: Path, predicted: Path) -> int:
    """One world through a server of its own; 1 when a dictation ended in another state than it may."""
    with (
        tempfile.TemporaryDirectory(prefix="rounds-bench-") as home,
        served(Path(home), world, models) as (url, token, pid),
    ):
        drive = [sys.executable, str(bench_dir / "drive.py"), str(world), "--out", str(predicted)]
        drive += ["--url", url, "--token", token, *(["--text"] if mode == "text" else [])]
        failed = subprocess.run(drive, check=False).returncode
        print(memory(pid), flush=True)
    gold = world / "dictations.jsonl"
    subprocess.run([sys.executable, str(bench_dir / "score.py"), str(gold), str(predicted)], check=True)
    if mode == "recordings":
        subprocess.run([sys.executable, str(bench_dir / "names.py"), str(world), str(predicted)], check=True)
    return int(failed != 0)


def sum_up(worlds: list[Path], mode: str, out: Path) -> None:
    """Over all worlds: how often the customer was wrong, or asked for; whether confidence means something."""
    values: list[Judged] = []
    count = wrong = asked = 0
    for world in worlds:
        predicted = {line["id"]: line["report"] for line in lines(out / f"{world.name}-{mode}.jsonl")}
        for dictation in lines(world / "dictations.jsonl"):
            report, gold = predicted.get(dictation["id"]) or {}, dictation["gold"]
            count += 1
            wrong += report.get("customer") not in (None, gold["customer"])
            asked += report.get("customer") is None and gold["customer"] is not None
            values += judged(report, gold) if report else ()
    print(f"\n=== all worlds, from {mode}: {count} visits")
    print(f"filed to a wrong customer: {wrong / count:.1%}; asked for the customer: {asked / count:.1%}")
    print(told(values))
    plot = out / f"calibration-{mode}.svg"
    plot.write_text(drawn(values, f"Confidence and what was right, from {mode}"), encoding="utf-8")
    print(plot, flush=True)


def lines(file: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())


@contextmanager
def served(home: Path, world: Path, models: Path) -> Iterator[tuple[str, str, int]]:
    """A server and worker on an empty database that knows this world: address, a rep's token, process id."""
    (home / "models").symlink_to(models.resolve())
    env = {**os.environ, "ROUNDS_HOME": str(home)}
    env.pop("ROUNDS_DATABASE__URL", None)
    subprocess.run([*ROUNDS, "import", world / "world.json"], env=env, check=True, stdout=subprocess.DEVNULL)
    rep = json.loads((world / "world.json").read_text(encoding="utf-8"))["reps"][0]["name"]
    token = subprocess.run(
        [*ROUNDS, "token", rep], env=env, check=True, capture_output=True, text=True
    ).stdout.strip()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = home / "server.log"
    with log.open("wb") as sink:
        server = subprocess.Popen(
            [*ROUNDS, "serve", "--port", str(port), "--no-https"], env=env, stdout=sink, stderr=sink
        )
    try:
        await_ready(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}", token, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def await_ready(url: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url + "/api/health", timeout=5):  # noqa: S310 - our own loopback address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise SystemExit(f"The server did not get ready:\n{log.read_text(errors='replace')[-4000:]}")


def memory(web: int) -> str:
    """Peak resident memory of the web process and its worker, from Linux' process table."""
    if not Path("/proc/self/status").exists():
        return "peak memory: only measured on Linux"
    lists = Path(f"/proc/{web}/task").glob("*/children")
    children = [child for found in lists for child in found.read_text(encoding="ascii").split()]
    peaks = [f"web {peak_mb(web)} MB"] + [f"worker {peak_mb(int(child))} MB" for child in children]
    return "peak memory: " + ", ".join(peaks)


def peak_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found.group(1)) // 1024 if found else 0
