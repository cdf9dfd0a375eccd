"""Reps in bad coverage: they check in and record, their uploads are cut, and they send again until the server
says that it has everything."""

import hashlib
import http.client
import io
import json
import math
import random
import threading
import uuid
import wave
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from speech.decoding import decode

SPEECH = Path(__file__).resolve().parents[1] / "speech" / "fixtures" / "chrome-live.webm"
SPOKEN_S = 2.5
PHONES = 6
CUT = 0.3
"""Share of uploads that are cut."""
AT = "2026-03-10T14:05:00-04:00"
HERE = {"lat": 47.66, "lon": -122.38, "accuracy_m": 15, "age_s": 1}


class Refused(Exception):
    """The server said no; the phone tries again."""


class Reps:
    """All phones of a run; `receipts` holds the visit of each memo that was acknowledged."""

    def __init__(self, port: int, token: str, seed: int, counts: Counter[str]) -> None:
        self.port, self.token, self.seed, self.counts = port, token, seed, counts
        self.receipts: dict[str, str] = {}
        self._lock = threading.Lock()
        self._pause = threading.Event()

    def send_all(self, memos: int) -> None:
        """Comes back when every memo is acknowledged."""
        todo, first = iter(range(memos)), len(self.receipts)
        phones = [threading.Thread(target=self._phone, args=(todo, first + seed)) for seed in range(PHONES)]
        for phone in phones:
            phone.start()
        for phone in phones:
            phone.join()

    def _phone(self, todo: Iterator[int], seed: int) -> None:
        chance = random.Random(self.seed * 100_000 + seed)
        while True:
            with self._lock:
                number = next(todo, None)
            if number is None:
                return
            self._send(chance, str(uuid.UUID(int=chance.getrandbits(128), version=4)))

    def _send(self, chance: random.Random, visit: str) -> None:
        """A check-in and a recording, again and again until both are acknowledged."""
        memo, data = str(uuid.UUID(int=chance.getrandbits(128), version=4)), recording(chance)
        check_in = json.dumps({"at": AT, "position": HERE}).encode()
        checked_in = False
        while True:
            try:
                if not checked_in:
                    self._call(f"/api/visits/{visit}", check_in, "application/json", None)
                    checked_in = True
                cut = chance.randrange(len(data)) if chance.random() < CUT else None
                receipt = self._call(f"/api/visits/{visit}/memos/{memo}?at={AT}", data, "audio/wav", cut)
                if receipt["sha256"] != hashlib.sha256(data).hexdigest():
                    self.counts["wrong receipts"] += 1
                self.receipts[memo] = visit
                return
            except (OSError, http.client.HTTPException, Refused):
                self.counts["sent again"] += 1
                self._pause.wait(0.2)

    def _call(self, path: str, body: bytes, content_type: str, cut: int | None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.putrequest("PUT", path)
            connection.putheader("Authorization", f"Bearer {self.token}")
            connection.putheader("Content-Type", content_type)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            connection.send(body[:cut])
            if cut is not None:
                self.counts["uploads cut"] += 1
                raise ConnectionAbortedError
            answer = connection.getresponse()
            content = answer.read()
            if answer.status not in (200, 201):
                self.counts[f"answered {answer.status}"] += 1
                raise Refused
            return json.loads(content)
        finally:
            connection.close()


def recording(chance: random.Random) -> bytes:
    """A few seconds of speech; a chunk that players skip makes each one different."""
    return SPOKEN + b"junk" + (64).to_bytes(4, "little") + chance.randbytes(64)


def spoken(length_s: float) -> bytes:
    """The same words again and again."""
    samples = np.resize(decode(SPEECH.read_bytes()).samples, math.floor(length_s * 16_000))
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes((samples * 32_000).astype("<i2").tobytes())
    return file.getvalue()


SPOKEN = spoken(SPOKEN_S)
