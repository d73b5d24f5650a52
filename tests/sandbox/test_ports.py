"""The ports that a demo gives its bridge stay free while the bridge is down."""

import asyncio
import json
import socket
import sys
from asyncio.subprocess import PIPE
from contextlib import ExitStack

from bot.sandbox.free_ports import free_port


def test_no_client_of_the_machine_is_ever_given_a_port_that_was_chosen_for_the_bridge() -> None:
    chosen = {free_port() for _ in range(300)}
    with ExitStack() as stack:
        given = set()
        for _ in range(300):
            client = stack.enter_context(socket.socket())
            client.bind(("127.0.0.1", 0))  # as a client that connects: the kernel chooses
            given.add(client.getsockname()[1])
    assert not chosen & given
    assert max(chosen) < min(given) or min(chosen) > max(given)


def test_a_port_that_somebody_listens_on_is_not_given() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port()))
        taken.listen()
        assert taken.getsockname()[1] not in {free_port() for _ in range(2000)}


async def test_no_two_programs_are_given_the_same_port_also_while_nobody_listens_on_it() -> None:
    chosen = "print([free_port() for _ in range(400)], flush=True)"
    script = f"from bot.sandbox.free_ports import free_port; {chosen}; input()"
    programs = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", script, stdin=PIPE, stdout=PIPE)
        for _ in range(8)
    ]
    given: list[int] = []
    for program in programs:
        assert program.stdout is not None
        given += json.loads(await program.stdout.readline())
    for program in programs:
        await program.communicate(b"\n")

    assert len(set(given)) == len(given) == 8 * 400
