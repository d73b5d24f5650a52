"""A fork of a command has what a process of its own has, and ends as one does."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.architecture.source_tree import TOP
from tests.warm_commands import DEVNULL, PIPE, STDOUT, StartedProgram, run_program, start_program

PROBE = "tests.sandbox.program_probe"
PATIENCE = 30.0
ALONE = {"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP)}
# What Python does with these is in no fork as in a program with a fault handler, which has taken them over.
FAULTS = ("SIGILL", "SIGABRT", "SIGBUS", "SIGFPE", "SIGSEGV")
BEGUN = """
import asyncio, sys
from tests.warm_commands import start_program

async def main():
    made = await start_program("tests.sandbox.program_probe", "waits")
    await asyncio.Event().wait()

if __name__ == "__main__":
    asyncio.run(main())
"""


def process_of(
    *words: str, cwd: Path, env: dict[str, str], said: str | None = None, flags: tuple[str, ...] = ()
) -> CompletedProcess[str]:
    """What a process says to this."""
    given: dict[str, Any] = {"stdin": DEVNULL} if said is None else {"input": said}
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, *flags, "-m", PROBE, *words],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        **given,
    )


def told(ended: CompletedProcess[str]) -> tuple[int, str, list[str]]:
    """The whole of an end; a traceback without how Python came to run the module."""
    lines = [line for line in ended.stderr.splitlines() if "<frozen runpy>" not in line]
    return ended.returncode, ended.stdout, lines


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="nothing more"),
        pytest.param({"LANG": "C.UTF-8"}, id="a language"),
        pytest.param({"LC_ALL": "C"}, id="no language"),
        pytest.param({"LANG": "xx_XX.UTF-8"}, id="a language that the machine does not have"),
        pytest.param({"TZ": "Asia/Tokyo"}, id="a time zone"),
        pytest.param({"TMPDIR": str(TOP)}, id="a place for temporary files"),
        pytest.param({"PYTHONUNBUFFERED": "1"}, id="unbuffered"),
        pytest.param({"PYTHONFAULTHANDLER": "1"}, id="a fault handler"),
        pytest.param({"PYTHONPATH": f"{TOP}:/nowhere"}, id="more places for modules"),
    ],
)
def test_a_fork_is_given_what_a_process_is_given(more: dict[str, str], tmp_path: Path) -> None:
    words, env = ("seen", "code", "3", "--a", "b c", ""), ALONE | more
    process = process_of(*words, cwd=tmp_path, env=env, said="one\r\ntwo ä")
    fork = run_program(PROBE, *words, cwd=tmp_path, env=env, said="one\r\ntwo ä")

    assert (fork.returncode, fork.stderr) == (process.returncode, process.stderr) == (3, "")
    wanted, had = json.loads(process.stdout), json.loads(fork.stdout)
    if wanted["faults"]:
        for seen in (wanted, had):
            seen["signals"] = {name: what for name, what in seen["signals"].items() if name not in FAULTS}
    assert had == wanted


@pytest.mark.parametrize(
    "words",
    [
        pytest.param((), id="nothing"),
        pytest.param(("code", "0"), id="well"),
        pytest.param(("code", "300"), id="a code over 255"),
        pytest.param(("sentence",), id="a sentence"),
        pytest.param(("error",), id="an error"),
        pytest.param(("at the end",), id="what is left for the end"),
        pytest.param(("unwritten",), id="words that nobody can read"),
        pytest.param(("warned",), id="a warning"),
        *(pytest.param(("killed", str(int(one))), id=one.name) for one in signal.Signals if one.value < 16),
    ],
)
def test_a_fork_ends_as_a_process_does(words: tuple[str, ...], tmp_path: Path) -> None:
    process = process_of(*words, cwd=tmp_path, env=ALONE)
    fork = run_program(PROBE, *words, cwd=tmp_path, env=ALONE)

    assert told(fork) == told(process)


@pytest.mark.parametrize("words", [("warned",), ("left open",)])
def test_a_warning_is_an_error_if_the_command_line_says_so(words: tuple[str, ...], tmp_path: Path) -> None:
    process = process_of(*words, cwd=tmp_path, env=ALONE, flags=("-W", "error"))
    fork = run_program(PROBE, *words, cwd=tmp_path, env=ALONE, warned="error")

    had, wanted = told(fork), told(process)
    assert had[:2] == wanted[:2]
    assert (had[2][0], had[2][-1]) == (wanted[2][0], wanted[2][-1])


def test_a_fork_is_covered_only_if_its_environment_says_so(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    rules.write_text(f"[run]\ndata_file = {tmp_path}/data\nparallel = true\nsource = {TOP}/tests/sandbox\n")
    env = ALONE | {"COVERAGE_PROCESS_START": str(rules)}
    processes = [process_of("seen", cwd=tmp_path, env=one) for one in (ALONE, env)]
    measured = len(list(tmp_path.glob("data*")))
    forks = [run_program(PROBE, "seen", cwd=tmp_path, env=one) for one in (ALONE, env)]

    said = [[json.loads(one.stdout)["coverage"] for one in ended] for ended in (processes, forks)]
    assert said == [[False, True], [False, True]]
    assert (measured, len(list(tmp_path.glob("data*")))) == (1, 2)


def test_what_only_a_start_of_python_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="PYTHONHASHSEED"):
        run_program(PROBE, cwd=tmp_path, env=ALONE | {"PYTHONHASHSEED": "77"})


def test_one_that_does_not_end_is_killed(tmp_path: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run_program(PROBE, "waits", cwd=tmp_path, env=ALONE, timeout=0.2)


async def test_several_run_at_once_in_threads_beside_a_loop(tmp_path: Path) -> None:
    def one(number: int) -> int:
        return run_program(PROBE, "code", str(number), cwd=tmp_path, env=ALONE).returncode

    here = run_program(PROBE, "code", "9", cwd=tmp_path, env=ALONE)
    codes = await asyncio.gather(*(asyncio.to_thread(one, number) for number in range(20)))

    assert (here.returncode, codes) == (9, list(range(20)))


@asynccontextmanager
async def waiting(folder: Path, **more: Any) -> AsyncIterator[StartedProgram]:
    """A fork that is up."""
    made = await start_program(PROBE, "waits", cwd=folder, env=ALONE, stdout=PIPE, stderr=PIPE, **more)
    assert made.stdout is not None
    assert await asyncio.wait_for(made.stdout.readline(), PATIENCE) == b"up %d\n" % made.pid
    try:
        yield made
    finally:
        made.kill()
        await made.wait()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
async def test_a_signal_ends_a_fork_as_it_ends_a_process(sent: signal.Signals, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PROBE, "waits"), cwd=tmp_path, env=ALONE, stdout=PIPE, stderr=PIPE
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).startswith(b"up ")
    process.send_signal(sent)
    _, wanted = await process.communicate()
    async with waiting(tmp_path) as fork:
        assert fork.returncode is None
        fork.send_signal(sent)
        out, had = await asyncio.wait_for(fork.communicate(), PATIENCE)

    assert fork.returncode == process.returncode == -sent
    assert (out, had.splitlines()[-1:]) == (b"", wanted.splitlines()[-1:])


async def test_a_fork_ends_at_once_with_its_own_way_and_another_lives_on(tmp_path: Path) -> None:
    async with waiting(tmp_path) as first, waiting(tmp_path) as second:
        first.terminate()
        code = await asyncio.wait_for(first.wait(), PATIENCE)

        assert (code, second.returncode) == (-signal.SIGTERM, None)


async def test_the_streams_are_those_that_are_named(tmp_path: Path) -> None:
    with (tmp_path / "out").open("wb") as file:
        made = await start_program(
            PROBE, "seen", "error", cwd=tmp_path, env=ALONE, stdin=PIPE, stdout=file, stderr=STDOUT
        )
    out, err = await asyncio.wait_for(made.communicate(b"typed"), PATIENCE)

    lines = (tmp_path / "out").read_text().splitlines()
    assert (out, err, made.returncode) == (b"", b"", 1)
    assert "ValueError: wrong" in lines
    (seen,) = [json.loads(line) for line in lines if line.startswith("{")]
    assert seen["read"] == "typed"
    assert seen["open"] == {"0": "p", "1": "-", "2": "-"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent has died")
async def test_a_command_ends_with_the_tests_that_were_killed(tmp_path: Path) -> None:
    script = tmp_path / "begun.py"
    script.write_text(BEGUN)
    env = {**os.environ, "PYTHONPATH": str(TOP)}
    tests = await asyncio.create_subprocess_exec(sys.executable, script, cwd=TOP, env=env, stdout=PIPE)
    assert tests.stdout is not None
    line = await asyncio.wait_for(tests.stdout.readline(), PATIENCE)
    command = os.pidfd_open(int(line.split()[1]))
    over = asyncio.Event()
    asyncio.get_running_loop().add_reader(command, over.set)
    assert not over.is_set()
    tests.send_signal(signal.SIGKILL)

    await asyncio.wait_for(tests.wait(), PATIENCE)
    await asyncio.wait_for(over.wait(), PATIENCE)
    asyncio.get_running_loop().remove_reader(command)
    os.close(command)
    await tests.stdout.read()
