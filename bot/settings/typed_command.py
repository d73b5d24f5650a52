"""The words that start this program here, for sentences that tell somebody to.

Our texts call it `fanvue-bridge`. A checkout has no such program on PATH: `./run` says how it was typed.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

NAME: Final = "fanvue-bridge"
TYPED: Final = "BRIDGE_COMMAND"  # set by `./run`


def typed_command() -> str:
    """What a person here types before a command: `./run`, `fanvue-bridge`, or the path of one."""
    if typed := os.environ.get(TYPED):
        return typed
    if shutil.which(NAME):
        return NAME
    started = Path(sys.argv[0])
    return f"{sys.executable} -m bot" if started.name == "__main__.py" else str(started)


def as_typed(text: str) -> str:
    """The same text with commands as they can be typed here."""
    return text.replace(f"{NAME} ", f"{typed_command()} ")
