"""A program that says what it was started with, and ends as it is told to."""

import atexit
import faulthandler
import json
import locale
import os
import signal
import socket
import stat
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path
from typing import Any


def seen() -> dict[str, Any]:
    """All that a process is given."""
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return {
        "name": __name__,
        "module": __spec__.name if __spec__ else None,
        "main": sys.modules["__main__"].__dict__ is globals(),
        "argv": sys.argv,
        "original words": sys.orig_argv,
        "environment": dict(os.environ),
        "folder": str(Path.cwd()),
        "temporary": tempfile.gettempdir(),
        "path": sys.path,
        "zone": time.tzname,
        "locale": locale.setlocale(locale.LC_CTYPE),
        "open": {one: kind(one) for one in range(256) if kind(one)},
        "streams": [
            (one.encoding, one.errors, one.newlines, one.line_buffering, one.write_through)  # type: ignore[union-attr]
            for one in streams
        ],
        "buffers": [type(one.buffer).__name__ for one in streams],
        "same": [one is kept for one, kept in zip(streams, _kept(), strict=True)],
        "signals": {number.name: str(signal.getsignal(number)) for number in signal.Signals},
        "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
        "group": os.getpgrp(),
        "session": os.getsid(0),
        "mask": _mask(),
        "faults": faulthandler.is_enabled(),
        "coverage": "coverage" in sys.modules and sys.modules["coverage"].Coverage.current() is not None,
        "warned": sys.warnoptions,
        "threads": [one.name for one in threading.enumerate()],
        "read": sys.stdin.read(),
    }


def _kept() -> tuple[Any, ...]:
    return (sys.__stdin__, sys.__stdout__, sys.__stderr__)


def kind(number: int) -> str:
    """What is open under this number; "" for nothing."""
    try:
        return stat.filemode(os.fstat(number).st_mode)[0]
    except OSError:
        return ""


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def end(words: list[str]) -> None:
    """As they say."""
    match words:
        case ["code", number, *_]:
            sys.exit(int(number))
        case ["sentence"]:
            sys.exit("This is why.")
        case ["error"]:
            raise ValueError("wrong")
        case ["killed", number]:
            os.kill(os.getpid(), int(number))
        case ["at the end"]:
            atexit.register(print, "last")
            threading.Thread(target=print, args=("first",)).start()
        case ["unwritten"]:
            print("said to nobody")
            os.close(1)
        case ["warned"]:
            warnings.warn("late", stacklevel=1)
        case ["left open"]:
            circle: list[object] = [socket.socket()]
            circle.append(circle)
        case ["waits"]:
            # What a shell starts in the background, or with nohup, ignores them otherwise.
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
            signal.signal(signal.SIGINT, signal.default_int_handler)
            print("up", os.getpid(), flush=True)
            signal.pause()


if __name__ == "__main__":
    if sys.argv[1:2] == ["seen"]:
        print(json.dumps(seen()))
        end(sys.argv[2:])
    end(sys.argv[1:])
