"""The short version of the chaos run: on every change, on SQLite."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost() -> None:
    chaos = Path(__file__).parent / "chaos.py"
    run = subprocess.run(
        [sys.executable, str(chaos), "--database", "sqlite", "--memos", "12", "--heard", "0"],
        capture_output=True,
        text=True,
        timeout=800,
    )
    assert run.returncode == 0, run.stdout + run.stderr
