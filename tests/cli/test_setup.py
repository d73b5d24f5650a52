"""The setup at a terminal, and `run` without settings, which opens it."""

import asyncio
import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.setup_terminal import SetupTerminal
from tests.architecture.source_tree import TOP
from tests.cli.test_cli import alone, call
from tests.newcomer.desk import ORDER, NewcomerDesk, desk
from tests.newcomer.first_evening import SAME_PYTHON
from tests.warm_commands import PIPE, start_program

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/[\w-]{43}/")


class ScriptedPerson:
    """Types what stands in the script, line by line, and reads everything."""

    def __init__(self, *lines: str) -> None:
        self._lines: Iterator[str] = iter(lines)
        self.read: list[str] = []
        self.hidden: list[str] = []

    def ask(self, prompt: str) -> str:
        """A prompt whose answer is seen."""
        self.read.append(prompt)
        try:
            return next(self._lines)
        except StopIteration:
            raise EOFError from None

    def ask_secret(self, prompt: str) -> str:
        """One whose answer is not."""
        typed = self.ask(prompt)
        self.hidden.append(typed)
        return typed

    @property
    def text(self) -> str:
        """All that was shown."""
        return "\n".join(self.read)


def played(made: NewcomerDesk, person: ScriptedPerson) -> bool:
    """One sitting at the terminal; in a thread of its own, as the stand-ins need the loop."""
    with asyncio.Runner() as runner:
        setup = made.setup()
        runner.run(setup.begin())
        terminal = SetupTerminal(setup, runner, person.ask, person.ask_secret, person.read.append)
        return terminal.carry_out()


async def test_all_questions_are_asked_with_their_steps_and_the_bridge_starts(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        right = made.right
        asked = [name for name in ORDER[:6] if name != "LISTEN"]  # its port is free
        made.more["LISTEN"] = right["LISTEN"]
        person = ScriptedPerson(*(right[name] for name in asked), "")

        starts = await asyncio.to_thread(played, made, person)

    assert starts
    assert "Open https://discord.com/developers/applications" in person.text
    assert f"add {right['PUBLIC_URL']}/oauth/discord/callback and save" in person.text
    assert "You can start now." in person.text
    assert "scope=bot+applications.commands" in person.text
    assert [secret for secret in person.hidden if secret in person.text] == []
    assert len(person.hidden) == 3


async def test_a_wrong_answer_is_asked_for_again_and_ctrl_d_leaves_what_is_kept(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.more["LISTEN"] = made.right["LISTEN"]
        person = ScriptedPerson("bridge.example.org", made.public)

        with pytest.raises(EOFError):
            await asyncio.to_thread(played, made, person)
        kept = made.kept()

    assert "✗ https:// is missing.\n    → Add it at the start: https://" in person.text
    assert f"PUBLIC_URL={made.public}\n" in kept


async def test_a_single_value_is_changed_by_its_number(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.more["LISTEN"] = made.right["LISTEN"]
        asked = [name for name in ORDER[:6] if name != "LISTEN"]
        first = ScriptedPerson(*(made.right[name] for name in asked), "q")
        finished = await asyncio.to_thread(played, made, first)
        second = ScriptedPerson(
            "9" * 5_000, "\u0663", "7", "whsec_fresh", "q"
        )  # the first two are no numbers
        await asyncio.to_thread(played, made, second)
        kept = made.kept()

    assert not finished
    assert "FANVUE_WEBHOOK_SECRETS=whsec_fresh\n" in kept
    assert "whsec_fresh" not in second.text


async def test_run_without_settings_opens_the_setup_at_a_terminal_and_only_there(tmp_path: Path) -> None:
    without = call("run", cwd=tmp_path)
    near, far = pty.openpty()
    process = await start_program("bot", "run", cwd=tmp_path, env=alone(), stdin=far, stdout=far, stderr=far)
    os.close(far)
    shown = ""
    while not ADDRESS.search(shown):
        shown += os.read(near, 4096).decode()
    process.send_signal(signal.SIGINT)
    code = await asyncio.wait_for(process.wait(), 120)
    os.close(near)

    assert without.returncode == 78
    assert "DISCORD_TOKEN is missing" in without.stderr
    assert without.stderr.splitlines()[-1].startswith("`fanvue-bridge setup`")
    assert "open this address in your browser" in shown
    assert code == 130
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - one look at one folder


async def test_enter_brings_the_questions_into_the_terminal_and_ctrl_d_ends_them(tmp_path: Path) -> None:
    near, far = pty.openpty()
    process = await start_program(
        "bot", "setup", cwd=tmp_path, env=alone(), stdin=far, stdout=far, stderr=far
    )
    os.close(far)
    shown = until_shown(near, "Press Enter")
    os.write(near, b"\n")
    shown += until_shown(near, "Public address: ")
    os.write(near, b"bridge.example.org\n")
    shown += until_shown(near, "at the start: https://bridge.example.org")
    os.write(near, b"\x04")
    code = await asyncio.wait_for(process.wait(), 120)
    os.close(near)

    assert "Each answer is tried at once and kept." in shown
    assert "Add it at the start: https://bridge.example.org" in shown
    assert code == 78
    assert list(tmp_path.iterdir()) == []  # noqa: ASYNC240 - one look at one folder


def test_end_of_input_saves_nothing_and_names_the_command_that_was_typed(tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    command = (str(TOP / "run"), "setup", "--terminal")
    done = subprocess.run(  # noqa: S603 - the checkout's own front door
        (*command, "--env-file", str(env_file)),
        env=alone(**SAME_PYTHON),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 78
    assert "Your answers" not in done.stdout + done.stderr
    assert "No answer was saved." in done.stderr
    assert done.stderr.splitlines()[-1] == f"Continue with: {' '.join(command)} --env-file {env_file}"
    assert not env_file.exists()


async def test_end_of_input_says_where_the_answers_before_it_are(tmp_path: Path) -> None:
    async with desk(tmp_path) as made:
        made.more["LISTEN"] = made.right["LISTEN"]
        process = await start_program(
            "bot", "setup", "--terminal", cwd=tmp_path, env=alone(**made.environ), stdin=PIPE, stderr=PIPE
        )
        _, said = await process.communicate(f"{made.public}\n".encode())
        kept = made.kept()

    assert f"PUBLIC_URL={made.public}\n" in kept
    assert process.returncode == 78
    assert said.decode().splitlines()[-2:] == [
        "Setup is not finished: there is nothing more to read here. Your answers so far are in .env.",
        "Continue with: fanvue-bridge setup --terminal",
    ]


def test_without_the_program_on_path_its_own_path_is_named(tmp_path: Path) -> None:
    done = subprocess.run(  # a start of its own: it is about how it was started
        (sys.executable, "-m", "bot", "setup", "--terminal"),
        cwd=tmp_path,
        env=alone(PATH=os.defpath),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr.splitlines()[-1] == f"Continue with: {sys.executable} -m bot setup --terminal"


def until_shown(near: int, *words: str) -> str:
    """What the terminal shows until one of these stands there."""
    shown = ""
    while not any(word in shown for word in words):
        shown += os.read(near, 4096).decode()
    return shown


async def test_settings_that_are_wrong_are_named_and_not_asked_for(tmp_path: Path) -> None:
    near, far = pty.openpty()
    environment = alone(LOG_LEVEL="LOUD")
    process = await start_program("bot", "run", cwd=tmp_path, env=environment, stdin=far, stderr=far)
    code = await asyncio.wait_for(process.wait(), 120)
    os.close(far)
    shown = os.read(near, 65_536).decode()
    os.close(near)

    assert code == 78
    assert "LOG_LEVEL must be" in shown
