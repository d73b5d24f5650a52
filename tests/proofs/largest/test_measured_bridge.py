"""The measure itself: what it computes is nobody's stretch."""

import threading
import time
from pathlib import Path

import pytest

from tests.proofs.largest.measured_bridge import LOOP, SAID, MeasuredLoop


def test_a_long_stretch_of_a_thread_is_noted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    loop = MeasuredLoop()

    def thread() -> None:
        loop.call_soon_threadsafe(_nothing)
        begun = time.thread_time()
        while time.thread_time() - begun < LOOP * 1.5:
            pass
        for _ in range(5):
            loop.call_soon_threadsafe(_nothing)

    worker = threading.Thread(target=thread, name="worker")
    worker.start()
    worker.join()
    loop.close()

    assert [line.split("\t")[1] for line in Path(SAID).read_text().splitlines()] == ["worker"]


def _nothing() -> None:
    """What a thread hands to the loop."""
