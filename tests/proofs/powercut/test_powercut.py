"""Fifty power cuts: FULL keeps what was acknowledged, NORMAL does not."""

from pathlib import Path

import pytest

from tests.proofs.powercut.disk_recording import compiler, record
from tests.proofs.powercut.power_cut_run import compare, cut_often, replay
from tests.proofs.powercut.writer_process import ACKNOWLEDGED, DATABASE

needs_compiler = pytest.mark.skipif(
    compiler() is None, reason="the recorder is C for 64-bit Linux: needs gcc"
)


@needs_compiler
async def test_no_acknowledged_row_is_lost_and_no_start_is_taken_for_a_restore(tmp_path: Path) -> None:
    found = await cut_often(tmp_path / "full", "full", facts=240, cuts=50, seed=1)

    assert (found.cuts, found.lost, found.corrupt, found.first) == (50, 0, 0, "")
    assert found.acknowledged > 100


@needs_compiler
async def test_the_same_test_shows_what_normal_loses(tmp_path: Path) -> None:
    found = await cut_often(tmp_path / "normal", "normal", facts=240, cuts=50, seed=1)

    assert found.lost > 0


@needs_compiler
async def test_the_same_test_shows_a_sync_that_is_missing(tmp_path: Path) -> None:
    ops = record(tmp_path / "full", "tests.proofs.powercut.writer_process", "full", "240")
    log = {op.file for op in ops if op.kind == "C" and op.data.endswith(b"-wal")}
    names = [op for op in ops if op.kind != "D"]
    content = [op for op in ops if op.kind != "S" or op.file not in log]

    without_names = await replay(names, tmp_path / "names", cuts=50, seed=1)
    without_log = await replay(content, tmp_path / "log", cuts=50, seed=1)

    assert without_names.lost > 0
    assert without_log.lost > 0


@needs_compiler
def test_the_record_has_all_that_happens_to_the_files(tmp_path: Path) -> None:
    ops = record(tmp_path / "full", "tests.proofs.powercut.writer_process", "full", "240")

    compare(ops, tmp_path / "full" / "files")  # raises when a file differs from its record
    made = {op.data.decode(): op.file for op in reversed(ops) if op.kind == "C"}
    checkpointed = [op for op in ops if op.kind == "W" and op.file == made[DATABASE]]
    assert {DATABASE, f"{DATABASE}-wal", f"{DATABASE}-journal", ACKNOWLEDGED} <= made.keys()
    assert len(checkpointed) > 100
    assert {op.kind for op in ops} == set("CWTSURD")
