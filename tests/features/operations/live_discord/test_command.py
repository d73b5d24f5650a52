"""The command, as a person starts it in a terminal: questions, the report, Ctrl+C."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.cli import main
from bot.sandbox import patience
from tests.architecture.source_tree import TOP
from tests.features.operations.live_discord.live_discord_scenario import LiveDiscordScenario
from tests.warm_commands import PIPE, StartedProgram, start_program

pytestmark = pytest.mark.asyncio(loop_scope="package")

WAITS = "This waits five minutes"


@dataclass
class TypedCommand:
    """The process, and a person who reads and types."""

    process: StartedProgram
    read: list[str] = field(default_factory=list)

    async def line(self, words: str) -> str:
        """The next line with these words, once it is there."""
        assert self.process.stderr is not None
        async with asyncio.timeout(patience.SECONDS):
            while True:
                line = (await self.process.stderr.readline()).decode()
                assert line, self.read
                self.read.append(line)
                if words in line:
                    return line

    def types(self, *lines: str) -> None:
        """Type these."""
        assert self.process.stdin is not None
        self.process.stdin.write("".join(f"{one}\n" for one in lines).encode())

    def leaves(self) -> None:
        """Close the terminal."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    async def end(self) -> tuple[int, str]:
        """Its exit code, and what it printed in the end."""
        async with asyncio.timeout(patience.SECONDS):
            out, rest = await self.process.communicate()
        self.read.append(rest.decode())
        assert self.process.returncode is not None
        return self.process.returncode, out.decode()


@asynccontextmanager
async def started(tried: LiveDiscordScenario, *options: str, **changes: str) -> AsyncIterator[TypedCommand]:
    """`fanvue-bridge doctor --live-discord`; it does not outlive the test."""
    env = str(tried.env_file(**changes))
    process = await start_program(
        *("bot", "doctor", "--live-discord", "--env-file", env),
        *options,
        cwd=tried.folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TOP)},
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
    )
    try:
        yield TypedCommand(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_whole_evening_in_a_terminal(tried: LiveDiscordScenario) -> None:
    report = tried.folder / "discord.json"

    async with started(tried, "--report", str(report)) as command:
        command.types("y", "what?", "y")  # whatever else is typed, it asks again
        await command.line(WAITS)
        await tried.press()
        command.types("y", "", "y", "yes", "n", "n", "u", "y", "1")
        code, said = await command.end()

    known = json.loads(report.read_text())["questions"]
    assert (code, tried.forums()) == (3, [])
    assert "Answered: 16 of 17 questions." in said
    assert (known["age"]["answer"], known["boxed"]["answer"]) == ("nothing of it", "")
    assert report.with_suffix(".md").read_text().startswith("# What Discord really does\n")
    assert "Traceback" not in "".join(command.read)


async def test_ctrl_c_removes_what_was_made(tried: LiveDiscordScenario) -> None:
    async with started(tried) as command:
        command.types("y", "y")
        await command.line(WAITS)
        there = len(tried.forums())
        command.process.send_signal(signal.SIGINT)
        code, said = await command.end()

    assert (there, code, tried.forums()) == (1, 130, [])
    assert said == "Stopped. What was found is kept; the same command goes on.\n"
    assert "Traceback" not in "".join(command.read)


async def test_ctrl_c_at_a_question_ends_it_at_once(tried: LiveDiscordScenario) -> None:
    async with started(tried) as command:
        await command.line("Stage 1 makes")
        command.process.send_signal(signal.SIGINT)
        code, _ = await command.end()

    assert (code, tried.forums()) == (130, [])


async def test_one_that_was_killed_is_tidied_up_by_the_next(tried: LiveDiscordScenario) -> None:
    async with started(tried) as killed:
        killed.types("y", "y")
        await killed.line(WAITS)
        killed.process.kill()
        await killed.end()
    left = len(tried.forums())

    async with started(tried) as command:
        await command.line("An earlier check was ended before it could remove its test forum.")
        await command.line("Removed: 1.")
        removed = tried.forums()

    assert (left, removed) == (1, [])


async def test_without_a_person_it_says_so(tried: LiveDiscordScenario) -> None:
    async with started(tried) as command:
        command.leaves()
        code, said = await command.end()

    assert (code, tried.forums()) == (69, [])
    assert "run it in a terminal" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--live-discord", "--live"), "leave --live and --creator away"),
        (("--live-discord", "--creator", "@luna"), "leave --live and --creator away"),
        (("--live-discord", "--json"), "--report FILE writes the JSON"),
        (("--live-discord", "--report", "/nowhere/at/all.json"), "no file in a folder that is there"),
        (("--server", "77"), "--server goes with --live-discord"),
    ],
)
async def test_wrong_use_is_one_line(
    capsys: pytest.CaptureFixture[str], options: Sequence[str], words: str
) -> None:
    code = main.main(["doctor", *options])

    said = capsys.readouterr().err
    assert (code, said.count("\n")) == (2, 1)
    assert words in said


async def test_a_folder_that_cannot_be_written_ends_it(tried: LiveDiscordScenario) -> None:
    async with started(tried, STATE_DIR="/dev/null") as command:
        code, said = await command.end()

    assert (code, said) == (69, "STATE_DIR cannot be written (Not a directory).\n")


async def test_settings_that_are_missing_end_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code = main.main(["doctor", "--live-discord", "--env-file", str(tmp_path / "none.env")])

    assert code == 78
    assert "DISCORD_TOKEN" in capsys.readouterr().out
