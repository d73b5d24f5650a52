"""Ports for bridges: nobody else on this machine is given one of them."""

import random
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_LOWEST, _USUAL, _HIGHEST = 10_000, 32_768, 65_000
_SLICE = 64
_left: Iterator[int] = iter(())


def free_port() -> int:
    """A port that nobody listens on, that no outgoing connection is ever given, and no other caller.

    The kernel hands out its own range to every client on the machine: a port from there can be taken
    before the bridge listens, or while it is down between a kill and the next start. Other programs that
    look for such ports, like the tests' other workers, keep to slices of their own.
    """
    global _left  # noqa: PLW0603 - what is left of this process's slice
    while True:
        for port in _left:
            if _nobody_listens(port):
                return port
        _left = iter(_slice())


def _slice() -> range:
    """A part of the range that no other process has, and this one not yet."""
    low, high = _range()
    slices = list(range(low, high - _SLICE, _SLICE))
    random.SystemRandom().shuffle(slices)
    for lowest in slices:
        if _reserved(lowest):
            return range(lowest, lowest + _SLICE)
    raise OSError("every port of this machine that is not the kernel's own is reserved")


def _reserved(lowest: int) -> bool:
    """A socket with a name of its own, which ends with the process: it can never be left behind."""
    if not sys.platform.startswith("linux"):
        return True  # there are no such names; it is a matter of luck, as it is everywhere else
    name = socket.socket(socket.AF_UNIX)
    try:
        name.bind(f"\0fanvue-bridge-ports-{lowest}")
    except OSError:
        name.close()
        return False
    name.detach()  # open as long as this process lives
    return True


def _nobody_listens(port: int) -> bool:
    with socket.socket() as probe, suppress(OSError):
        probe.bind(("127.0.0.1", port))
        return True
    return False


def _range() -> tuple[int, int]:
    lowest = _lowest_of_the_kernel()
    return (_LOWEST, lowest) if lowest > _LOWEST else (lowest, _HIGHEST)


def _lowest_of_the_kernel() -> int:
    try:
        return int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return _USUAL  # not Linux, or no /proc
