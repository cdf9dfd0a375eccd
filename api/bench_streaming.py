"""`make bench-streaming`: how long a rep waits after 'stop', for a memo that was sent while it was spoken.

A long and a short memo, made by joining clean recordings of a dictated world, go to a running server in real
time and in parts, as the phone sends them; the long one also at once, which is the wait without listening
ahead. The transcripts of both ways are compared.
"""

import base64
import hashlib
import http.client
import io
import json
import sys
import tempfile
import time
import urllib.parse
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import msgspec
import numpy as np
from rapidfuzz.distance import Levenshtein

from api.bench import memory, served
from speech.decoding import decode
from speech.sound import SAMPLE_RATE, Samples

LONG_S, SHORT_S, SHORT_RUNS = 180, 20, 3
PAUSE_S = 0.6
"""Between two joined recordings."""
BITS = 48_000
"""Of opus a second, and the bytes of a part, as the web app has them."""
PART_BYTES = 24 * 1024
GIVE_UP_S = 600.0


class Run(msgspec.Struct, frozen=True, kw_only=True):
    wait_s: float
    """From 'stop' to the report."""
    transcript: dict[str, Any]


class Phone:
    """A rep at one place with one connection to the server."""

    def __init__(self, url: str, token: str, check_in: dict[str, Any]) -> None:
        host = urllib.parse.urlsplit(url).netloc
        self._line = http.client.HTTPConnection(host, timeout=60)
        self._token, self._check_in = token, check_in

    def speak(self, sound: bytes, length_s: float, *, live: bool) -> Run:
        """Live: each part goes when that much has been spoken. Else all goes at the end."""
        visit, memo = str(uuid.uuid4()), str(uuid.uuid4())
        self._ask("PUT", f"/api/visits/{visit}", json.dumps(self._check_in).encode(), {})
        path = f"/api/visits/{visit}/memos/{memo}/upload?type=audio/webm"
        began, offset = time.monotonic(), 0
        while live and offset + PART_BYTES < len(sound):
            spoken_at = began + length_s * (offset + PART_BYTES) / len(sound)
            time.sleep(max(0.0, spoken_at - time.monotonic()))
            self._part(path, sound, offset, offset + PART_BYTES)
            offset += PART_BYTES
        if live:
            time.sleep(max(0.0, began + length_s - time.monotonic()))
        stopped = time.monotonic()
        self._part(path, sound, offset, len(sound))
        seen = self._filed(visit)
        return Run(wait_s=time.monotonic() - stopped, transcript=seen["transcript"])

    def _part(self, path: str, sound: bytes, start: int, end: int) -> None:
        body = sound[start:end]
        headers = {
            "Upload-Offset": str(start),
            "Upload-Complete": "?1" if end == len(sound) else "?0",
            "Content-Type": "application/partial-upload",
            "Content-Digest": digest(body),
        }
        if end == len(sound):
            headers |= {"Upload-Length": str(len(sound)), "Repr-Digest": digest(sound)}
        self._ask("PATCH", path, body, headers)

    def _filed(self, visit: str) -> dict[str, Any]:
        until = time.monotonic() + GIVE_UP_S
        while time.monotonic() < until:
            seen: dict[str, Any] = json.loads(self._ask("GET", f"/api/visits/{visit}", b"", {}))
            if seen["state"] not in ("open", "processing"):
                return seen
            time.sleep(0.05)
        raise SystemExit("no report came")

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> bytes:
        kind = {"Content-Type": "application/json"} if body else {}
        self._line.request(method, path, body, {"Authorization": f"Bearer {self._token}", **kind, **headers})
        answer = self._line.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path}: {answer.status} {content.decode(errors='replace')}")
        return content


def digest(data: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(data).digest()).decode()}:"


def joined(world: Path, length_s: float) -> Samples:
    """Clean recordings of the world one after the other, cut to that length."""
    told = [json.loads(line) for line in (world / "dictations.jsonl").read_text("utf-8").splitlines()]
    pause = np.zeros(round(PAUSE_S * SAMPLE_RATE), np.float32)
    pieces: list[Samples] = []
    for each in told:
        if (
            each.get("recording", {}).get("condition") == "clean"
            and sum(map(len, pieces)) < length_s * SAMPLE_RATE
        ):
            pieces += [decode((world / each["audio"]).read_bytes()).samples, pause]
    return np.concatenate(pieces)[: round(length_s * SAMPLE_RATE)]


def webm(samples: Samples) -> bytes:
    """As a browser records it: opus, and nothing at the end that a beginning would need."""
    file, rate = io.BytesIO(), 48_000
    live = {"live": "1", "cluster_time_limit": "1000"}
    with av.open(file, "w", format="webm", options=live) as output:
        stream = output.add_stream("libopus", rate=rate, layout="mono")
        stream.bit_rate = BITS
        frame = av.AudioFrame.from_ndarray(samples[None], format="flt", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate, frame_size=960)
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            output.mux(stream.encode(part))
        output.mux(stream.encode(None))
    return file.getvalue()


def main(bench: Path, models: Path, long_s: float = LONG_S) -> int:
    """With the first of the worlds; 1 when the goal is missed."""
    world = min(bench.glob("*/world.json")).parent
    short, long = (webm(joined(world, length)) for length in (SHORT_S, long_s))
    dictation = (world / "dictations.jsonl").read_text("utf-8").splitlines()[0]
    where = json.loads(dictation)["checkin"]
    position = {**{name: where[name] for name in ("lat", "lon", "accuracy_m")}, "age_s": 0}
    with (
        tempfile.TemporaryDirectory(prefix="rounds-bench-") as home,
        served(Path(home), world, models) as (url, token, pid),
    ):
        phone = Phone(url, token, {"at": where["at"], "position": position})
        phone.speak(short, SHORT_S, live=False)  # the worker has loaded its models then
        shorts = [phone.speak(short, SHORT_S, live=True) for _ in range(SHORT_RUNS)]
        spoken = phone.speak(long, long_s, live=True)
        late = phone.speak(long, long_s, live=False)
        print(memory(pid))
    return told(shorts, spoken, late, long_s)


def told(shorts: Sequence[Run], spoken: Run, late: Run, long_s: float) -> int:
    short_s = sorted(run.wait_s for run in shorts)[len(shorts) // 2]
    words, whole = (run.transcript["text"].split() for run in (spoken, late))
    other = Levenshtein.distance(words, whole)
    good = spoken.wait_s <= short_s + 1 and spoken.wait_s < 5
    print(f"stop to report, {SHORT_S} s, sent while talking, median of {len(shorts)}: {short_s:.2f} s")
    print(f"stop to report, {long_s:.0f} s, sent while talking: {spoken.wait_s:.2f} s")
    print(f"stop to report, {long_s:.0f} s, sent at the end: {late.wait_s:.2f} s")
    print(f"words that are heard otherwise in one and in the other: {other} of {len(whole)}")
    print(f"goal (at most the short one's wait + 1 s, under 5 s): {'reached' if good else 'missed'}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *map(float, sys.argv[3:4])))
