"""The ports that a demo gives its bridge stay free while the bridge is down."""

import socket
from contextlib import ExitStack

from bot.sandbox.program import free_port


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
